import { readFile } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { DAY, systemClock } from '../../../src/clock/clock.ts';
import type { NewLetter } from '../../../src/outbox/letter.ts';
import { createOutbox, type Outbox } from '../../../src/outbox/outbox.ts';
import { advance } from '../../support/provider.ts';
import { openTestStorage, type TestStorage } from '../../support/storage.ts';
import { issuer } from '../../unit/outbox/sample-letters.ts';

const letter = (): NewLetter => ({
  kind: 'document_expiring',
  values: { document: { vi: 'Giấy phép lái xe' }, expires: '2026-12-20' },
  to: { address: 'bich.ngoc@congdan.example', name: 'Nguyễn Thị Bích Ngọc' },
  language: 'vi',
  expiresAt: Date.now() + DAY,
});

describe('a letter with a name', () => {
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

  it('is put in by one of those who try at once', async () => {
    const other = createOutbox({ storage: opened.storage, clock: systemClock, issuer });
    const taken = await Promise.all(
      [outbox, other, outbox, other].map((one) => one.enqueueOnce('a', letter())),
    );
    expect(taken.filter(Boolean)).toHaveLength(1);
    expect(await outbox.claimDue(5)).toHaveLength(1);
  });

  it('is not put in again when it waits, was tried in vain, or has left', async () => {
    expect(await outbox.isFree('a')).toBe(true);
    expect(await outbox.enqueueOnce('a', letter())).toBe(true);
    expect(await outbox.isFree('a')).toBe(false);
    const [first] = await outbox.claimDue(1);
    if (first === undefined) throw new Error('nothing waits');
    await outbox.postpone(first, Date.now(), 'busy');
    expect(await outbox.enqueueOnce('a', letter())).toBe(false);
    const [second] = await outbox.claimDue(1);
    if (second === undefined) throw new Error('nothing waits');
    await outbox.forget(second);
    expect(await outbox.enqueueOnce('a', letter())).toBe(false);
    expect(await outbox.isFree('a')).toBe(false);
    advance(3600);
    expect(await outbox.claimDue(5)).toEqual([]);
    expect(await outbox.enqueueOnce('b', letter())).toBe(true);
  });

  it('is put in again once its end has come', async () => {
    await outbox.enqueueOnce('a', letter());
    const [claimed] = await outbox.claimDue(1);
    if (claimed === undefined) throw new Error('nothing waits');
    await outbox.forget(claimed);
    advance(DAY / 1000 + 1);
    expect(await outbox.isFree('a')).toBe(true);
    expect(await outbox.enqueueOnce('a', letter())).toBe(true);
  });

  it('that has left is not taken for sent by whose claim was over before', async () => {
    await outbox.enqueueOnce('a', letter());
    const [late] = await outbox.claimDue(1);
    if (late === undefined) throw new Error('nothing waits');
    advance(121);
    expect(await outbox.claimDue(1)).toHaveLength(1);
    await outbox.forget(late);
    advance(121);
    expect(await outbox.claimDue(1)).toHaveLength(1);
  });

  it('tells nobody who reads the file what it is about', async () => {
    await outbox.enqueueOnce('expiring somebody doc:health_insurance', letter());
    const files = await Promise.all(
      [opened.file, `${opened.file}-wal`].map((file) => readFile(file, 'latin1').catch(() => '')),
    );
    expect(files.join('').length).toBeGreaterThan(1000);
    expect(files.join('')).not.toContain('health_insurance');
  });
});
