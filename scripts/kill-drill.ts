/**
 * Kills server processes at random moments while people sign in, for as long as is wanted, and holds them to what
 * they said: `node scripts/kill-drill.ts --help`. The exit code is 1 where something was contradicted.
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';

const HELP = `Usage: node scripts/kill-drill.ts [--seconds 300] [--storage mongodb://…/empty] [--instances 2] [--seed 1]

  --seconds    how long servers are killed (300)
  --storage    an empty database (a fresh SQLite file, which is removed afterwards)
  --instances  server processes; SQLite takes one (1, with MongoDB 2)
  --seed       what happens by chance happens again with the same seed (a random one)`;

const { values } = parseArgs({
  options: {
    help: { type: 'boolean', default: false },
    seconds: { type: 'string', default: '300' },
    storage: { type: 'string' },
    instances: { type: 'string' },
    seed: { type: 'string', default: String(Math.floor(Math.random() * 2 ** 31)) },
  },
});

async function run(): Promise<number> {
  // Loaded only here, so that the help is there at once.
  const { killDrill } = await import('../test/support/kill-drill.ts');
  const { temporaryFolder } = await import('../test/support/storage.ts');
  const folder = await temporaryFolder();
  const storageUrl = values.storage ?? `sqlite:${join(folder.folder, 'motcua.db')}`;
  const instances = Number(values.instances ?? (storageUrl.startsWith('sqlite:') ? 1 : 2));
  const seed = Number(values.seed);
  console.log(`seed ${seed}`);
  try {
    const milliseconds = Number(values.seconds) * 1000;
    const verdict = await killDrill({ storageUrl, instances, milliseconds, seed, log: console.log });
    console.table(verdict.counts);
    for (const violation of verdict.violations) console.log(violation);
    console.log(
      `Verdict: ${verdict.kills} kills, ${verdict.violations.length} contradictions (seed ${seed}).`,
    );
    return verdict.violations.length === 0 ? 0 : 1;
  } finally {
    await folder.remove();
  }
}

if (values.help) console.log(HELP);
else process.exitCode = await run();
