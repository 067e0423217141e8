import { openAdminContext } from '../../src/wiring.ts';
import { person } from './citizen.ts';
import { createLoadClient } from './load-client.ts';
import { createLane, type Lane } from './load-lane.ts';
import { createLedger, type Ledger } from './load-ledger.ts';
import type { TestRelyingParty } from './relying-parties.ts';
import { seededRandom } from './seeded-random.ts';

/** Signs people in at a provider and holds each of its answers to what it said before. */
export interface Load {
  /** Sign-ins that came to a code so far. */
  signIns(): number;
  /** Ends the load, asks about everything once more, and says what was seen. */
  finish(): Promise<Verdict>;
}

export interface Verdict {
  readonly violations: readonly string[];
  /** How often each thing was seen, by name. */
  readonly counts: Readonly<Record<string, number>>;
}

export interface LoadOptions {
  readonly issuer: string;
  readonly relyingParty: TestRelyingParty;
  /** Of the provider's processes: the administrator works on the same storage. */
  readonly env: Readonly<Record<string, string>>;
  readonly seed: number;
  readonly log?: (violation: string) => void;
}

/** People who sign in side by side; level 1 needs no code that works only once. */
const PEOPLE = ['level-1', 'officer', 'mother', 'guardian', 'all-documents', 'expired-card'];
/** A provider that has nobody to ask is asked again after this long. */
const PAUSE_MS = 50;
/** All of it has to be answered once the faults are over. */
const SETTLE_MS = 60_000;

/** Starts the load. */
export async function startLoad({ env, issuer, log, relyingParty, seed }: LoadOptions): Promise<Load> {
  const ledgers = PEOPLE.map(() => createLedger(log));
  const unexpected: string[] = [];
  const client = createLoadClient(issuer, relyingParty, (sentence) => unexpected.push(sentence));
  const admin = await openAdminContext({ ...env });
  let stopped = false;
  const lanes = ledgers.map((ledger, index) =>
    createLane(
      {
        client,
        issuer,
        ledger,
        relyingParty,
        random: seededRandom(seed * PEOPLE.length + index),
        async withdraw({ subject: { personal_number } }) {
          const outcome = await admin.withdrawConsent(personal_number, relyingParty.clientId);
          ledger.count(`consent: ${outcome}`);
          return outcome !== 'unknown_person';
        },
      },
      person(PEOPLE[index] ?? ''),
    ),
  );
  const working = lanes.map(async (lane) => {
    while (!stopped) await lane.cycle().catch(() => pause());
  });
  return {
    signIns: () => total(ledgers).get('sign-ins') ?? 0,
    async finish() {
      stopped = true;
      await Promise.all(working);
      const settled = await Promise.all(lanes.map(settle));
      await admin.close();
      const open = settled.includes(false) ? ['not everything was answered once the faults were over'] : [];
      return {
        violations: [...ledgers.flatMap(({ violations }) => violations), ...unexpected, ...open],
        counts: Object.fromEntries([...total(ledgers)].toSorted()),
      };
    },
  };
}

function total(ledgers: readonly Ledger[]): Map<string, number> {
  const sum = new Map<string, number>();
  for (const [what, times] of ledgers.flatMap(({ counts }) => [...counts])) {
    sum.set(what, (sum.get(what) ?? 0) + times);
  }
  return sum;
}

const pause = () => new Promise((resolve) => setTimeout(resolve, PAUSE_MS));

async function settle(lane: Lane): Promise<boolean> {
  for (const deadline = performance.now() + SETTLE_MS; performance.now() < deadline; await pause()) {
    if (await lane.settle()) return true;
  }
  return false;
}
