import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openAllCollections } from '../../../src/collections.ts';
import type { CollectionDefinition, Storage } from '../../../src/storage/contract.ts';
import { run } from '../cli/run-admin.ts';

const page = readFileSync(join(import.meta.dirname, '../../../config/operations.md'), 'utf8');

/** Rows about the data themselves, which the list of what is kept leaves out. */
const ABOUT_DATA = ['storage_state', 'storage_tasks'];

/** Collection and shard key, as the page's table says. */
const written = new Map(
  [...page.matchAll(/^\| ((?:`[a-z_]+`(?:, )?)+) \| `_id`, (ranged|hashed) \|/gm)].flatMap(
    ([, names = '', key = '']) =>
      [...names.matchAll(/`([a-z_]+)`/g)].map(([, name = '']) => [name, key] as const),
  ),
);

/** The same, as the definitions say. */
const declared = new Map<string, string>();
const recorder = {
  collection: ({ name, bucketed, spread = bucketed ? 'bucket' : 'hash' }: CollectionDefinition<unknown>) => {
    declared.set(name, spread === 'bucket' ? 'ranged' : 'hashed');
  },
} as unknown as Storage;
openAllCollections(recorder);

describe('the page on running it', () => {
  it('gives every collection the shard key that the program declares', () => {
    expect(declared.size).toBeGreaterThan(15);
    expect(new Map([...written].filter(([name]) => !ABOUT_DATA.includes(name)))).toEqual(declared);
  });

  it('names no command that does not exist', async () => {
    const commands = [...page.matchAll(/npm run admin -- ((?:[a-z]+ ?)+)/g)].map(([, command = '']) =>
      command.trim(),
    );
    expect(commands.length).toBeGreaterThan(4);
    for (const command of commands) {
      expect(await run([...command.split(' '), '--help'], {}), command).toMatchObject({
        code: 0,
        out: expect.stringContaining(`Usage: admin ${command}`),
      });
    }
  });
});
