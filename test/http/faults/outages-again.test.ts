import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { person } from '../../support/citizen.ts';
import { mongoServer } from '../../support/mongo.ts';
import { register, type TestRelyingParty } from '../../support/relying-parties.ts';
import { bearer, obtainTokens } from '../protocol/flow.ts';
import { ask } from '../surface/wire.ts';
import { startWired, type Wired } from './wired.ts';

const OUTAGES = 12;
/** Longer than any return takes, in milliseconds. */
const HEALED = 25_000;
/** For so long all is well between two outages: the driver's watch is at rest then, as it is nearly always. */
const QUIET = 700;

describe.skipIf(!mongoServer())('a provider under load whose connections end again and again', () => {
  let wired: Wired;
  let rp: TestRelyingParty;
  beforeAll(async () => {
    wired = await startWired();
    rp = await register(wired.provider, { secretBasic: true });
  }, 60_000);
  afterAll(() => wired.close());

  it('comes back every time', { timeout: 240_000 }, async () => {
    const { tokens } = await obtainTokens(wired.provider, rp, person('level-1'));
    let answered = 0;
    let over = false;
    const load = Array.from({ length: 8 }, async () => {
      while (!over) {
        const { status } = await ask(wired.provider, '/userinfo', { headers: bearer(tokens.access_token) });
        if (status === 200) answered += 1;
        else expect(status).toBe(503);
      }
    });
    try {
      for (let outage = 1; outage <= OUTAGES; outage += 1) {
        await new Promise((resolve) => setTimeout(resolve, QUIET));
        if (outage % 2 === 0) await wired.proxy.refuse();
        else wired.proxy.cut();
        await wired.proxy.heal();
        const before = answered;
        await expect
          .poll(() => answered, { timeout: HEALED, interval: 20, message: `after outage ${outage}` })
          .toBeGreaterThan(before + 20);
      }
    } finally {
      over = true;
      await Promise.all(load);
    }
  });
});
