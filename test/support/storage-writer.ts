import { writeSync } from 'node:fs';
import { systemClock } from '../../src/clock/clock.ts';
import { createBodyCipher } from '../../src/keys/body-cipher.ts';
import { openSqliteStorage } from '../../src/storage/sqlite/sqlite-storage.ts';
import { acknowledgements, codes, counts } from './storage-load.ts';

/**
 * A process that writes until it is killed, or `rounds` times: `storage-writer.ts <file> <key> <name> [rounds]`.
 * Each acknowledged write is a line on standard output, given to the kernel before the next write begins.
 */
const [file = '', key = '', name = '', rounds = 'Infinity'] = process.argv.slice(2);
const cipher = createBodyCipher([Buffer.from(key, 'hex')]);
const storage = await openSqliteStorage({ file, cipher, clock: systemClock });
const codeRows = storage.collection(codes);
const countRows = storage.collection(counts);

const say = (line: string): void => {
  writeSync(1, `${line}\n`);
};

const work = async (round: number, lane: number): Promise<void> => {
  const id = `${name}-${round}-${lane}`;
  await codeRows.insert(id, { owner: name, text: id });
  say(acknowledgements.inserted(id));
  if (lane % 2 === 0 && (await codeRows.consume(id, systemClock.now()))) say(acknowledgements.consumed(id));
  say(acknowledgements.counted(await countRows.increment('all', name, 1)));
};

for (let round = 0; round < Number(rounds); round += 1) {
  await Promise.all(Array.from({ length: 8 }, (_, lane) => work(round, lane)));
}
await storage.close();
