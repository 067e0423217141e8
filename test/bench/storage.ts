import { z } from 'zod';
import type { Collection, CollectionDefinition } from '../../src/storage/contract.ts';
import { openTestStorage } from '../support/storage.ts';

/**
 * What group commit is worth on this disk: rows a second with one write under way (a transaction for each) and
 * with 64 (a transaction for each turn of the event loop). Rates are this machine's; only ratios carry over.
 * Run: node test/bench/storage.ts (about ten seconds)
 */
const ROUNDS = 5;
const ROUND_MILLISECONDS = 600;
const CROWD = 64;

const tokenSchema = z.object({ grant: z.string(), subject: z.string(), scope: z.string() });
type Token = z.infer<typeof tokenSchema>;

const definition = (name: string, sealed: boolean): CollectionDefinition<Token> => ({
  name,
  sealed,
  schema: tokenSchema,
  indexes: { grant: (token) => token.grant, subject: (token) => token.subject },
});

let serial = 0;

const insertOne = (collection: Collection<Token>): Promise<void> => {
  serial += 1;
  const grant = `grant-${serial % 1000}`;
  return collection.insert(`token-${serial}`, { grant, subject: `subject-${serial % 300}`, scope: 'openid' });
};

/** Calls a second with `lanes` of them under way at any time. */
const rate = async (lanes: number, call: () => Promise<unknown>): Promise<number> => {
  const start = performance.now();
  let calls = 0;
  const lane = async (): Promise<void> => {
    while (performance.now() - start < ROUND_MILLISECONDS) {
      await call();
      calls += 1;
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return (calls * 1000) / (performance.now() - start);
};

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

/** Rounds of both kinds by turns, so that a slow moment of the machine falls on both. */
const compare = async (collection: Collection<Token>) => {
  const single: number[] = [];
  const grouped: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    single.push(await rate(1, () => insertOne(collection)));
    grouped.push(await rate(CROWD, () => insertOne(collection)));
  }
  return { single: median(single), grouped: median(grouped) };
};

const { storage, close } = await openTestStorage();
try {
  for (const sealed of [false, true]) {
    serial = 0;
    const collection = storage.collection(definition(sealed ? 'sealed_tokens' : 'tokens', sealed));
    const { single, grouped } = await compare(collection);
    const reads = await rate(1, () => collection.get(`token-${1 + Math.floor(Math.random() * serial)}`));
    console.log(
      [
        sealed ? 'sealed:' : 'plain: ',
        `one transaction per write ${single.toFixed(0)}/s,`,
        `group commit ${grouped.toFixed(0)}/s,`,
        `ratio ${(grouped / single).toFixed(1)};`,
        `reads ${reads.toFixed(0)}/s`,
      ].join(' '),
    );
  }
} finally {
  await close();
}
