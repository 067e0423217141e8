import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createKeyring } from '../../../src/keys/keyring.ts';
import { createTokenBuckets } from '../../../src/oidc/token-bucket.ts';
import { bucketOf } from '../../../src/storage/bucket.ts';

const text = (bytes: number): string => randomBytes(bytes).toString('base64url');
const bucketsUnder = (root: string) =>
  createTokenBuckets(createKeyring({ root, storage: [text(32)] }).keyedHash('token-bucket'));

const buckets = bucketsUnder(text(32));
const person = fc
  .uint8Array({ minLength: 16, maxLength: 16 })
  .map((bytes) => Buffer.from(bytes).toString('base64url'));
const random = fc
  .uint8Array({ minLength: 32, maxLength: 32 })
  .map((bytes) => Buffer.from(bytes).toString('base64url'));
const issued = (subject: string, count: number): string[] =>
  Array.from({ length: count }, () => buckets.issue(subject, text(32)));

describe('the bucket in a token', () => {
  it('is found neither with another key nor in a value whose rest was changed', () => {
    const others = bucketsUnder(text(32));
    const subject = text(16);
    const values = issued(subject, 200);
    const found = (of: (value: string) => string) =>
      values.filter((value) => of(value) === bucketOf(subject));
    expect(found(others.of).length).toBeLessThan(3);
    expect(found((value) => buckets.of(`${value}A`)).length).toBeLessThan(3);
    expect(found(buckets.of)).toHaveLength(200);
  });

  it("is found in every value, which is made of a bearer token's characters and keeps its randomness", () => {
    fc.assert(
      fc.property(person, random, (subject, rest) => {
        const value = buckets.issue(subject, rest);
        expect(buckets.of(value)).toBe(bucketOf(subject));
        expect(value.slice(3)).toBe(rest);
        expect(value).toMatch(/^[A-Za-z0-9_-]{46}$/);
      }),
    );
  });

  it('is some bucket for any text that was never issued', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (value) => {
        expect(buckets.of(value)).toMatch(/^[A-Za-z0-9_-]{0,3}$/);
      }),
    );
  });

  it('does not show that two values are for one person', () => {
    const [somebody, another] = [text(16), text(16)];
    const equal = (left: string[], right: string[]): number =>
      left.filter((value, at) => bucketOf(value) === bucketOf(right[at] ?? '')).length;
    // By chance 0.02 of 5000 pairs.
    expect(equal(issued(somebody, 5000), issued(somebody, 5000))).toBeLessThan(4);
    expect(equal(issued(somebody, 5000), issued(another, 5000))).toBeLessThan(4);
  });

  it('is as even as chance, bit by bit, also for a person whose bucket is all alike', () => {
    const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
    for (const subject of ['AAAAAAAAAAAAAAAAAAAAAA', text(16)]) {
      const values = issued(subject, 4000);
      for (let bit = 0; bit < 18; bit += 1) {
        const set = values.filter(
          (value) => (ALPHABET.indexOf(value.charAt(Math.floor(bit / 6))) >> (bit % 6)) & 1,
        );
        // Seven standard deviations around the half.
        expect(Math.abs(set.length - 2000), `bit ${bit}`).toBeLessThan(222);
      }
    }
  });
});
