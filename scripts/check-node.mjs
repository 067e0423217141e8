// Runs before everything else and on every Node, so it keeps to the syntax of old ones.
var needed = 24;
var found = process.versions.node;

if (Number(found.split('.')[0]) < needed) {
  console.error(
    'Node ' +
      needed +
      ' or newer is needed, but ' +
      process.execPath +
      ' is Node ' +
      found +
      ': on Linux and Windows run "npm ci" and start through npm, which then brings its own; elsewhere install Node ' +
      needed +
      ' from nodejs.org.',
  );
  process.exit(1);
}
