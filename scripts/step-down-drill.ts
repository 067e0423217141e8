/**
 * Holds two instances on a real replica set to what they said, while its primary steps down and is killed:
 * `node scripts/step-down-drill.ts --help`. The exit code is 0 where nothing was contradicted, 1 where something
 * was, 2 where the drill cannot be run.
 */
import { parseArgs } from 'node:util';
import type { StepDownDrillOptions } from '../test/support/step-down-drill.ts';

const HELP = `Usage: node scripts/step-down-drill.ts [--seconds 60] [--seed 1] [--mongod /path/to/mongod]

Starts a MongoDB replica set of three members and two instances of the provider on it, signs people in, and in
turns lets the primary step down and kills it with SIGKILL. Afterwards it says whether any answer contradicted an
earlier one: a code redeemed twice, a token honoured after its end, an acknowledged token lost.

  --seconds  how long people sign in (60)
  --seed     what happens by chance happens again with the same seed (a random one)
  --mongod   the server to use (the mongod on the PATH)`;

class CannotRun extends Error {
  override readonly name = 'CannotRun';
}

async function readOptions(): Promise<StepDownDrillOptions | undefined> {
  const { values } = parseArgs({
    options: {
      help: { type: 'boolean', default: false },
      seconds: { type: 'string', default: '60' },
      seed: { type: 'string', default: String(Math.floor(Math.random() * 2 ** 31)) },
      mongod: { type: 'string' },
    },
  });
  if (values.help) return undefined;
  const seconds = Number(values.seconds);
  const seed = Number(values.seed);
  if (!Number.isInteger(seconds) || seconds < 1)
    throw new CannotRun('--seconds takes a whole number from 1.');
  if (!Number.isInteger(seed)) throw new CannotRun('--seed takes a whole number.');
  const { mongodOnPath } = await import('../test/support/mongo-server-mongod.ts');
  const mongod = values.mongod ?? mongodOnPath();
  if (mongod === undefined) {
    throw new CannotRun(
      'This drill needs a mongod (MongoDB 7 or newer): install one so that it is on the PATH, or name it with --mongod.',
    );
  }
  return { seconds, seed, mongod };
}

async function main(): Promise<number> {
  const options = await readOptions();
  if (options === undefined) {
    console.log(HELP);
    return 0;
  }
  // Loaded only here: what cannot be run is refused at once.
  const { stepDownDrill } = await import('../test/support/step-down-drill.ts');
  const { counts, violations } = await stepDownDrill(options);
  console.table(counts);
  for (const violation of violations) console.log(violation);
  const judged = violations.length === 0 ? 'nothing was contradicted' : `${violations.length} contradictions`;
  console.log(`Verdict: ${judged} (seed ${options.seed}).`);
  return violations.length === 0 ? 0 : 1;
}

try {
  process.exitCode = await main();
} catch (error) {
  // A TypeError with a code is what `parseArgs` says of an option that it does not know.
  const told = error instanceof TypeError && 'code' in error;
  const expected = told || (error instanceof Error && ['CannotRun', 'NoReplicaSet'].includes(error.name));
  console.error(expected ? error.message : error);
  process.exitCode = expected ? 2 : 1;
}
