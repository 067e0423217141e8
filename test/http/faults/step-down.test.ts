import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { person } from '../../support/citizen.ts';
import { mongoServer } from '../../support/mongo.ts';
import { advance } from '../../support/provider.ts';
import { register, type TestRelyingParty } from '../../support/relying-parties.ts';
import type { Command } from '../../support/wire-frames.ts';
import { type OneFault, withOption } from '../../support/wire-proxy.ts';
import { type Journey, walkThrough } from './struck-journey.ts';
import { startWired, type Wired } from './wired.ts';

const WRITES = ['insert', 'update', 'findAndModify', 'delete'];
const isWrite = ({ name }: Command) => WRITES.includes(name);

describe.skipIf(!mongoServer())('a journey during which the database', { timeout: 240_000 }, () => {
  let wired: Wired;
  let rp: TestRelyingParty;
  beforeAll(async () => {
    // The driver looks for a primary again after half a second at the earliest; here that would be minutes in all.
    wired = await startWired((uri) => withOption(uri, 'minHeartbeatFrequencyMS', '10'));
    rp = await register(wired.provider, { secretBasic: true });
    await walk();
  }, 60_000);
  beforeEach(() => advance(31));
  afterEach(() => wired.proxy.heal());
  afterAll(async () => {
    vi.useRealTimers();
    await wired.close();
  });

  const walk = (): Promise<Journey> => walkThrough(wired.provider, rp, person('all-documents'));

  /** The commands of a journey that nothing happens to. */
  async function undisturbed(): Promise<Command[]> {
    const { commands } = wired.proxy;
    const before = commands.length;
    expect(await walk()).toEqual({ again: 0, anew: 0 });
    advance(31);
    return commands.slice(before);
  }

  /** The first command that matches meets the fault; the journey is walked to its end. */
  async function struckAt(matches: (command: Command) => boolean, fault: OneFault) {
    const armed = wired.proxy.once(matches, fault);
    const journey = await walk();
    await wired.proxy.heal();
    advance(31);
    return { journey, struck: armed.struck() };
  }

  it.each([
    ['steps down (NotWritablePrimary)', 'NotWritablePrimary'],
    ['loses its answer', 'swallow'],
  ] as const)('%s at any kind of write is told to try again, and then complete', async (_, fault) => {
    const nameOf = ({ name, collection }: Command) => `${name} ${collection}`;
    const kinds = new Set((await undisturbed()).filter(isWrite).map(nameOf));
    expect(kinds.size).toBeGreaterThan(10);
    let again = 0;
    let met = 0;
    for (const kind of kinds) {
      const { journey, struck } = await struckAt((command) => nameOf(command) === kind, fault);
      again += journey.again;
      // Whether a row is inserted or updated may depend on what an earlier journey left.
      if (struck) met += 1;
    }
    expect(met).toBeGreaterThan(kinds.size * 0.8);
    expect(again).toBeGreaterThan(kinds.size / 2);
  });

  it.each([
    ['steps down', 'NotWritablePrimary'],
    ['shuts down', 'ShutdownInProgress'],
    ['breaks off in the middle of the answer', 'truncate'],
  ] as const)('%s at the first command of each kind is complete', async (_, fault) => {
    const kinds = new Set((await undisturbed()).map(({ name }) => name));
    expect([...kinds]).toEqual(expect.arrayContaining(['find', 'insert', 'update', 'delete']));
    for (const kind of kinds) {
      const { struck } = await struckAt(({ name }) => name === kind, fault);
      expect(struck?.name).toBe(kind);
    }
  });
});
