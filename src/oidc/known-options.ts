/** Paths whose keys are names of ours, not options of the library's. */
const OPEN = new Set([
  'claims',
  'discovery',
  'jwks',
  'cookies.keys',
  'extraClientMetadata',
  'interactions.policy',
]);

const isPlain = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;

/**
 * Options that the library does not know, by path. It ignores them silently, so a name that an upgrade drops,
 * or a slip of the pen, would switch a protection off unseen.
 */
export function unknownOptions(given: object, known: object, path: readonly string[] = []): string[] {
  return Object.entries(given).flatMap(([name, value]) => {
    const here = [...path, name];
    if (!Object.hasOwn(known, name)) return [here.join('.')];
    const expected = (known as Record<string, unknown>)[name];
    if (OPEN.has(here.join('.')) || !isPlain(value) || !isPlain(expected)) return [];
    return unknownOptions(value, expected, here);
  });
}
