import { describe, expect, it } from 'vitest';
import type { Device } from '../../../src/authentication/devices.ts';
import { createSignInNotice } from '../../../src/oidc/sign-in-notice.ts';
import type { Letter } from '../../../src/outbox/letter.ts';
import { aRelyingParty } from '../relying-party/a-relying-party.ts';

const now = Date.parse('2026-11-21T05:00:00Z');
const device = (given: Partial<Device>): Device => ({
  id: 'this',
  name: 'Điện thoại Android',
  first: now - 1000,
  last: now,
  by: 'code',
  ...given,
});

describe('the notice of a sign-in', () => {
  const written = async (wanted: boolean, known: readonly Device[]): Promise<Letter[]> => {
    const letters: Letter[] = [];
    const read: string[] = [];
    const tell = createSignInNotice({
      clock: { now: () => now },
      devices: {
        list: async () => {
          read.push('devices');
          return [...known];
        },
      },
      letters: {
        async write(_, letter) {
          letters.push(letter);
          return true;
        },
      },
      preferences: {
        get: async () => ({
          notices: { papers: true, sign_ins: wanted, consents: true },
          language: 'vi',
        }),
      },
      registry: { get: async () => aRelyingParty() },
    });
    await tell({ subject: 'somebody', clientId: 'cong-so-mau', device: 'this' });
    if (!wanted) expect(read).toEqual([]);
    return letters;
  };

  it('is not written to who did not ask for it, and costs nothing more', async () => {
    expect(await written(false, [device({})])).toEqual([]);
  });

  it('is not written of a device that this sign-in made known: that has its own letter', async () => {
    expect(await written(true, [device({ first: now })])).toEqual([]);
  });

  it.each([
    ['that is known', [device({})]],
    ['that was the very first', [device({ first: now, by: 'first' })]],
  ])('names a device %s', async (_name, known) => {
    expect(await written(true, known)).toMatchObject([
      { kind: 'sign_in', values: { at: now, device: { vi: 'Điện thoại Android' } } },
    ]);
  });

  it('names no device where none is known', async () => {
    const [letter] = await written(true, [device({ id: 'another' })]);
    expect(letter?.values).not.toHaveProperty('device');
  });
});
