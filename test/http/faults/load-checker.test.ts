import { afterEach, describe, expect, it } from 'vitest';
import type { Collection, Storage } from '../../../src/storage/contract.ts';
import { startLoad, type Verdict } from '../../support/load-checker.ts';
import { createLedger, type Life } from '../../support/load-ledger.ts';
import { startProvider, type TestProvider } from '../../support/provider.ts';
import { register } from '../../support/relying-parties.ts';

const SEED = 20_261_121;
const MANY = [{ attempts: 1_000_000, seconds: 60 }];

/** The storage, but for one method of some collections, which does something else. */
const spoiled = (
  real: Storage,
  names: readonly string[],
  method: keyof Collection<unknown>,
  instead: (...args: never[]) => unknown,
): Storage => ({
  ...real,
  collection: (definition) => {
    const rows = real.collection(definition);
    return names.includes(definition.name) ? { ...rows, [method]: instead } : rows;
  },
});

describe('the checker of a provider under load', { timeout: 60_000 }, () => {
  let provider: TestProvider | undefined;
  afterEach(() => provider?.close());

  async function verdictOn(storage: (real: Storage) => Storage, enough: number): Promise<Verdict> {
    provider = await startProvider({
      storage,
      config: { throttle: { password_account: MANY, password_address: MANY, client_address: MANY } },
    });
    const load = await startLoad({
      issuer: provider.issuer,
      relyingParty: await register(provider, { secretBasic: true }),
      env: { MOTCUA_STORAGE_URL: provider.services.config.storage.url },
      seed: SEED,
    });
    await expect.poll(() => load.signIns(), { timeout: 40_000 }).toBeGreaterThan(enough);
    return load.finish();
  }

  it('finds a code that two requests redeem', async () => {
    const { violations } = await verdictOn(
      (real) => spoiled(real, ['authorization_codes'], 'consume', async () => true),
      20,
    );
    expect(violations.join('\n')).toMatch(/^code \d+ was redeemed 2 times; before that/m);
  });

  it('finds tokens that are honoured after their end', async () => {
    const { violations } = await verdictOn(
      (real) => spoiled(real, ['grants', 'refresh_tokens', 'access_tokens'], 'remove', async () => true),
      20,
    );
    expect(violations.join('\n')).toMatch(/token \d+ was honoured after its end; before that/);
  });

  it('finds acknowledged tokens that are gone', async () => {
    let put = 0;
    const forgetful = (real: Storage): Storage => {
      const rows = real.collection.bind(real);
      return {
        ...real,
        collection: (definition) => {
          const kept = rows(definition);
          if (definition.name !== 'refresh_tokens') return kept;
          return {
            ...kept,
            async put(...args) {
              put += 1;
              if (put % 3 > 0) await kept.put(...args);
            },
          };
        },
      };
    };
    const { violations } = await verdictOn(forgetful, 20);
    // A refresh token that is gone is missed itself, or when it is revoked: it takes no access token along.
    expect(violations.join('\n')).toMatch(
      /refresh token \d+ was refused, and nothing had ended it|access token \d+ was honoured after its end/,
    );
  });

  it('has nothing to say against one that is sound, and has seen every kind of thing', async () => {
    const { counts, violations } = await verdictOn((real) => real, 40);
    expect(violations).toEqual([]);
    expect(Object.keys(counts)).toEqual(
      expect.arrayContaining([
        'access token ended: dead',
        'access token standing: alive',
        'code: refused',
        'code: tokens',
        'consent: withdrawn',
        'refresh token ended: dead',
        'refresh token standing: alive',
      ]),
    );
  });

  describe('concludes nothing', () => {
    const answers = (life: Life) => async () => life;

    it('from an end that was not acknowledged', async () => {
      const ledger = createLedger();
      const token = ledger.granted('x', 'access token');
      expect(await ledger.ending([token], async () => false)).toBe(false);
      await ledger.probe(token, answers('alive'));
      await ledger.probe(token, answers('dead'));
      expect(ledger.violations).toEqual([]);
    });

    it('from an answer that was under way when the end began', async () => {
      const ledger = createLedger();
      const token = ledger.granted('x', 'access token');
      let answer: (life: Life) => void = () => undefined;
      const probe = ledger.probe(token, () => new Promise((resolve) => (answer = resolve)));
      await ledger.ending([token], async () => true);
      answer('alive');
      await probe;
      expect(ledger.violations).toEqual([]);
    });

    it('from no answer', async () => {
      const ledger = createLedger();
      const token = ledger.granted('x', 'access token');
      await ledger.probe(token, answers('unknown'));
      await ledger.ending([token], async () => true);
      await ledger.probe(token, answers('unknown'));
      expect(ledger.violations).toEqual([]);
    });
  });
});
