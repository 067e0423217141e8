import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openTestStorage } from '../../support/storage.ts';
import { aRelyingParty } from '../relying-party/a-relying-party.ts';
import { adminContext, runAdmin } from './run-admin.ts';

const NUMBER = '098091000001';

describe('consent withdraw', () => {
  let opened: Awaited<ReturnType<typeof openTestStorage>>;
  let asked: [string, string][];
  const args = (...more: string[]) => ['consent', 'withdraw', ...more];
  const withdrawConsent = (outcome: 'withdrawn' | 'nothing_stood' | 'unknown_person') => ({
    withdrawConsent: async (number: string, client: string) => {
      asked.push([number, client]);
      return outcome;
    },
  });

  beforeEach(async () => {
    opened = await openTestStorage();
    asked = [];
    await adminContext(opened.storage).registry.add(aRelyingParty({ client_id: 'cong-mau' }));
  });
  afterEach(() => opened.close());

  it('takes no personal number as an argument', async () => {
    const { code, err } = await runAdmin(opened.storage, args('--client', 'cong-mau', NUMBER));
    expect(code).toBe(2);
    expect(err).toContain('too many arguments');
    expect(asked).toEqual([]);
  });

  it('knows no unknown portal', async () => {
    const { code } = await runAdmin(opened.storage, args('--client', 'cong-la'), { input: NUMBER });
    expect(code).toBe(2);
    expect(asked).toEqual([]);
  });

  it('refuses what is no personal number, and withdraws nothing', async () => {
    const { code, err } = await runAdmin(opened.storage, args('--client', 'cong-mau'), { input: '12 34' });
    expect(code).toBe(2);
    expect(err).toContain('exactly 12 digits');
    expect(asked).toEqual([]);
  });

  it('says that nobody has the number', async () => {
    const options = { input: NUMBER, context: withdrawConsent('unknown_person') };
    const { code, err } = await runAdmin(opened.storage, args('--client', 'cong-mau'), options);
    expect(code).toBe(2);
    expect(err).toContain('nobody has this personal number');
    expect(err).not.toContain(NUMBER);
  });

  it('reads the number from standard input, as people write it', async () => {
    const options = { input: '098 091 000 001\n', context: withdrawConsent('withdrawn') };
    const { code, out } = await runAdmin(opened.storage, args('--client', 'cong-mau', '--json'), options);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toEqual({ client_id: 'cong-mau', withdrawn: true });
    expect(asked).toEqual([[NUMBER, 'cong-mau']]);
  });

  it('asks for the number in a terminal', async () => {
    const options = { keys: [`${NUMBER}\r`], context: withdrawConsent('nothing_stood') };
    const { code, out } = await runAdmin(opened.storage, args('--client', 'cong-mau'), options);
    expect(code).toBe(0);
    expect(out).toContain('nothing to withdraw');
    expect(asked).toEqual([[NUMBER, 'cong-mau']]);
  });
});
