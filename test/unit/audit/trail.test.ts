import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type AuditEvent,
  type AuditTrail,
  auditEvents,
  auditHash,
  createAuditTrail,
} from '../../../src/audit/trail.ts';
import { AlreadyExists, type Storage } from '../../../src/storage/contract.ts';
import { openTestStorage, type TestStorage } from '../../support/storage.ts';

/** Whether the events are whole chains: nothing altered, left out, added or put in another order. */
function unbroken(events: readonly AuditEvent[]): boolean {
  const chains = Map.groupBy(events, ({ instance }) => instance);
  return [...chains.values()].every((chain) =>
    chain.every(
      (event, index) =>
        event.sequence === index &&
        event.previous === (chain[index - 1]?.hash ?? '') &&
        event.hash === auditHash(event),
    ),
  );
}

let opened: TestStorage;
let trail: AuditTrail;
const clock = { now: () => Date.parse('2026-11-21T03:00:00Z') };
beforeEach(async () => {
  opened = await openTestStorage();
  trail = createAuditTrail({ storage: opened.storage, clock, chains: 1 });
});
afterEach(() => opened.close());

async function written(): Promise<AuditEvent[]> {
  const rows = await opened.storage.collection(auditEvents).range('at', 0, clock.now() + 1);
  return rows.map(({ doc }) => doc);
}

const recordAll = (to: AuditTrail) =>
  Promise.all([
    to.record({ kind: 'sign_in.refused', detail: { method: 'password' } }),
    to.record({ kind: 'sign_in.proved', subject: 'somebody', detail: { method: 'password' } }),
    to.record({
      kind: 'consent.given',
      subject: 'somebody',
      relying_party: 'cong-so-mau',
      detail: { granted: ['openid'], refused: [] },
    }),
    to.record({ kind: 'documents.released', subject: 'somebody', relying_party: 'cong-so-mau' }),
  ]);

describe('the chain of events', () => {
  type Tampering = [what: string, with_: (events: AuditEvent[]) => AuditEvent[]];
  const changed = (index: number, change: Partial<AuditEvent>) => (events: AuditEvent[]) =>
    events.map((event, at) => (at === index ? { ...event, ...change } : event));

  it.each<Tampering>([
    ['an altered kind', changed(1, { kind: 'sign_in.refused' })],
    ['another subject', changed(1, { subject: 'another' })],
    ['a subject taken out', (events) => events.map(({ subject: _, ...event }) => event)],
    ['another relying party', changed(2, { relying_party: 'cong-khac' })],
    ['an altered detail', changed(2, { detail: { granted: ['openid', 'profile'], refused: [] } })],
    ['another time', changed(0, { at: clock.now() - 1 })],
    ['an event left out at the start', (events) => events.slice(1)],
    ['an event left out in the middle', (events) => events.toSpliced(1, 1)],
    ['two events in another order', ([a, b, ...rest]) => [b, a, ...rest] as AuditEvent[]],
    [
      'an altered event with a hash of its own',
      (events) =>
        changed(1, { subject: 'another' })(events).map((event) => ({ ...event, hash: auditHash(event) })),
    ],
  ])('shows %s', async (_, tamper) => {
    await recordAll(trail);
    const events = await written();
    expect(unbroken(events)).toBe(true);
    expect(unbroken(tamper(events))).toBe(false);
  });

  it('keeps the order of calls made at once', async () => {
    await recordAll(trail);
    expect((await written()).map(({ kind }) => kind)).toEqual([
      'sign_in.refused',
      'sign_in.proved',
      'consent.given',
      'documents.released',
    ]);
  });

  it('is another for each start, so that two instances never write one', async () => {
    await recordAll(trail);
    await recordAll(createAuditTrail({ storage: opened.storage, clock, chains: 1 }));
    const events = await written();
    expect(new Set(events.map(({ instance }) => instance)).size).toBe(2);
    expect(unbroken(events)).toBe(true);
  });

  it('takes the detail as it was when the event was recorded', async () => {
    const granted = ['openid'];
    const recording = trail.record({ kind: 'consent.given', detail: { granted } });
    granted.push('profile');
    await recording;
    expect((await written())[0]?.detail).toEqual({ granted: ['openid'] });
  });
});

describe('an event that cannot be written', () => {
  type Insert = ReturnType<typeof events>['insert'];
  const events = () => opened.storage.collection(auditEvents);
  /** A trail on a storage whose inserts go through `insert`. */
  const trailThrough = (insert: Insert): AuditTrail =>
    createAuditTrail({
      chains: 1,
      storage: { ...opened.storage, collection: () => ({ ...events(), insert }) } as unknown as Storage,
      clock,
    });
  const proved = (to: AuditTrail) => to.record({ kind: 'sign_in.proved', subject: 'somebody' });
  const chains = (kept: readonly AuditEvent[]) => new Set(kept.map(({ instance }) => instance)).size;

  it('is a fault for its caller, and no gap for those after it', async () => {
    let failing = false;
    const own = trailThrough((...row) =>
      failing ? Promise.reject(new Error('the disk is full')) : events().insert(...row),
    );
    await recordAll(own);
    failing = true;
    await expect(proved(own)).rejects.toThrow('disk is full');
    failing = false;
    await recordAll(own);
    const kept = await written();
    expect(kept).toHaveLength(8);
    expect(unbroken(kept)).toBe(true);
    expect(chains(kept)).toBe(1);
  });

  it('is a fault for nobody else, and no gap, while others are under way', async () => {
    let inserts = 0;
    const own = trailThrough(async (...row) => {
      inserts += 1;
      if (inserts === 2) throw new Error('the disk is full');
      await events().insert(...row);
    });
    const outcomes = await Promise.allSettled(Array.from({ length: 6 }, () => proved(own)));
    expect(outcomes.map(({ status }) => status)).toEqual([
      'fulfilled',
      'rejected',
      ...Array(4).fill('fulfilled'),
    ]);
    const kept = await written();
    expect(kept).toHaveLength(5);
    expect(unbroken(kept)).toBe(true);
    expect(chains(kept)).toBe(1);
  });

  it('but was, leaves its chain whole and begins another', async () => {
    let inserts = 0;
    const own = trailThrough(async (...row) => {
      inserts += 1;
      await events().insert(...row);
      if (inserts === 2) throw new Error('no answer came');
    });
    const outcomes = await Promise.allSettled(Array.from({ length: 5 }, () => proved(own)));
    expect(outcomes.map(({ status }) => status)).toEqual([
      'fulfilled',
      'rejected',
      ...Array(3).fill('fulfilled'),
    ]);
    const kept = await written();
    expect(kept).toHaveLength(5);
    expect(unbroken(kept)).toBe(true);
    expect(chains(kept)).toBe(2);
  });

  it('is not tried without end where every name is taken', async () => {
    const taken = new AlreadyExists('audit_events', 'any');
    await expect(proved(trailThrough(() => Promise.reject(taken)))).rejects.toBe(taken);
  });
});

it('an event is written only once the one before it is durable', async () => {
  let under = 0;
  let most = 0;
  const rows = opened.storage.collection(auditEvents);
  const slow = {
    ...opened.storage,
    collection: () => ({
      ...rows,
      insert: async (...row: Parameters<typeof rows.insert>) => {
        under += 1;
        most = Math.max(most, under);
        await rows.insert(...row);
        under -= 1;
      },
    }),
  } as unknown as Storage;
  await recordAll(createAuditTrail({ storage: slow, clock, chains: 1 }));
  expect(most).toBe(1);
  expect(await written()).toHaveLength(4);
});

describe('several chains', () => {
  it('take events side by side, so that one that hangs holds up no other', async () => {
    const { storage } = opened;
    const never = new Promise<void>(() => undefined);
    let calls = 0;
    const hanging = {
      collection: (definition: typeof auditEvents) => {
        const events = storage.collection(definition);
        return {
          ...events,
          insert: (...args: Parameters<typeof events.insert>) => {
            calls += 1;
            return calls === 1 ? never : events.insert(...args);
          },
        };
      },
    } as unknown as Storage;
    const wide = createAuditTrail({ storage: hanging, clock });
    void wide.record({ kind: 'sign_in.refused' });
    await recordAll(wide);
    expect(await written()).toHaveLength(4);
    expect(unbroken(await written())).toBe(true);
  });

  it('are begun only where the others are busy, and never more than allowed', async () => {
    const chainsOf = (events: readonly AuditEvent[]) => new Set(events.map(({ instance }) => instance)).size;
    const wide = createAuditTrail({ storage: opened.storage, clock, chains: 3 });
    await wide.record({ kind: 'sign_in.refused' });
    await wide.record({ kind: 'sign_in.refused' });
    expect(chainsOf(await written())).toBe(1);
    await Promise.all([recordAll(wide), recordAll(wide), recordAll(wide)]);
    expect(chainsOf(await written())).toBe(3);
    expect(unbroken(await written())).toBe(true);
  });
});
