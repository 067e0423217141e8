import { readFile } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { DAY, MINUTE, systemClock } from '../../../src/clock/clock.ts';
import type { NewLetter } from '../../../src/outbox/letter.ts';
import { createOutbox, type Outbox, outboxRows } from '../../../src/outbox/outbox.ts';
import { advance } from '../../support/provider.ts';
import { openTestStorage, type TestStorage } from '../../support/storage.ts';
import { issuer } from '../../unit/outbox/sample-letters.ts';

let opened: TestStorage;
let outbox: Outbox;
beforeEach(async () => {
  opened = await openTestStorage();
  outbox = createOutbox({ storage: opened.storage, clock: systemClock, issuer });
});
afterEach(async () => {
  vi.useRealTimers();
  await opened.close();
});

const to = { address: 'bich.ngoc@congdan.example', name: 'Nguyễn Thị Bích Ngọc' };
const addressed = (expiresIn = DAY) => ({ to, language: 'vi' as const, expiresAt: Date.now() + expiresIn });
const letter = (expiresIn = DAY): NewLetter => ({
  ...addressed(expiresIn),
  kind: 'code',
  values: { code: '482913', purpose: 'recovery' },
});
const count = () => opened.storage.collection(outboxRows).count();

describe('the outbox', () => {
  const withLink = (link: string): NewLetter => ({
    ...addressed(),
    kind: 'activation_link',
    values: { link },
  });
  const withDevice = (vi: string): NewLetter => ({
    ...addressed(),
    kind: 'password_changed',
    values: { at: 0, device: { vi } },
  });
  it.each<[string, NewLetter]>([
    [
      'a line end in the address',
      { ...letter(), to: { ...to, address: 'a@b.example\r\nRCPT TO:<x@y.example>' } },
    ],
    ['a quoted local part', { ...letter(), to: { ...to, address: '"x@evil.example y"@ok.example' } }],
    ['a line end in the name', { ...letter(), to: { ...to, name: 'Ngọc\r\nBcc: x@y.example' } }],
    ['a personal number in the name', { ...letter(), to: { ...to, name: '097 201 000 123' } }],
    ['a personal number in what it says', withDevice('Máy của 097201000123')],
    ['a line end in what it says', withDevice('Máy\nSubject: x')],
    [
      'a code that could be a number',
      { ...addressed(), kind: 'code', values: { code: '0972010001230', purpose: 'recovery' } },
    ],
    ['a link to elsewhere', withLink('https://id.tinhmau.example.evil.example/x')],
    ['a link with a user', withLink('https://id.tinhmau.example@evil.example/x')],
    ['a link to the issuer over http', withLink('http://id.tinhmau.example/x')],
    ['a link that runs', withLink('javascript:alert(1)//https://id.tinhmau.example')],
  ])('takes no letter with %s', async (_what, refused) => {
    await expect(outbox.enqueue(refused)).rejects.toThrow();
    expect(await count()).toBe(0);
  });

  it('keeps a letter sealed: nothing of it is in the file', async () => {
    await outbox.enqueue({ ...letter(), subject: 'abc' });
    const [row] = await opened.storage.collection(outboxRows).scan();
    expect(row?.doc).toMatchObject({ to, letter: { kind: 'code' }, failures: 0 });
    const files = await Promise.all(
      [opened.file, `${opened.file}-wal`].map((file) => readFile(file, 'latin1').catch(() => '')),
    );
    expect(files.join('').length).toBeGreaterThan(1000);
    for (const word of ['bich.ngoc', '482913', 'recovery']) expect(files.join('')).not.toContain(word);
  });

  it('gives a letter to one claimer, however many ask at once', async () => {
    for (let n = 0; n < 5; n += 1) await outbox.enqueue(letter());
    const other = createOutbox({ storage: opened.storage, clock: systemClock, issuer });
    const claims = await Promise.all([outbox, other, outbox, other].map((one) => one.claimDue(5)));
    const ids = claims.flat().map(({ id }) => id);
    expect(ids).toHaveLength(5);
    expect(new Set(ids).size).toBe(5);
    expect(await outbox.claimDue(5)).toEqual([]);
  });

  it('gives a letter whose claimer died to another, as the same letter', async () => {
    await outbox.enqueue(letter());
    const [first] = await outbox.claimDue(1);
    advance(90);
    expect(await outbox.claimDue(1)).toEqual([]);
    advance(31);
    const [second] = await outbox.claimDue(1);
    expect(first?.row.messageId).toMatch(/^<[0-9a-f]{36}@id\.tinhmau\.example>$/);
    expect(second?.row).toMatchObject({ messageId: first?.row.messageId, at: first?.row.at });
  });

  it('lets a claimer whose claim is over change nothing', async () => {
    await outbox.enqueue(letter());
    const [late] = await outbox.claimDue(1);
    advance(121);
    const [holder] = await outbox.claimDue(1);
    if (late === undefined || holder === undefined) throw new Error('both had the claim');
    await outbox.postpone(late, Date.now(), 'busy');
    expect(await outbox.claimDue(1)).toEqual([]);
    await outbox.postpone(holder, Date.now(), 'busy');
    expect(await outbox.claimDue(1)).toMatchObject([{ row: { failures: 1, cause: 'busy' } }]);
  });

  it('forgets a letter when its purpose has ended, sent or not', async () => {
    await outbox.enqueue(letter(10 * MINUTE));
    advance(601);
    expect(await outbox.claimDue(1)).toEqual([]);
    expect(await count()).toBe(0);
  });
});
