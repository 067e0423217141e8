import { describe, expect, it } from 'vitest';
import { createCrew } from '../../../src/start/crew.ts';
import { createLog } from '../../../src/telemetry/log.ts';
import { type FakeWorker, fakeWorker } from './fake-worker.ts';

/** A crew whose pauses last until the test ends them. */
function openCrew() {
  const started: FakeWorker[] = [];
  const admitted = new Set<unknown>();
  const pauses: { readonly milliseconds: number; end(): void }[] = [];
  const written: string[] = [];
  const crew = createCrew({
    log: createLog({ level: 'info', destination: { write: (line: string) => void written.push(line) } }),
    reception: {
      admit: (worker) => void admitted.add(worker),
      dismiss: (worker) => void admitted.delete(worker),
    },
    start() {
      const worker = fakeWorker();
      started.push(worker);
      return worker;
    },
    pause: (milliseconds) => new Promise((resolve) => pauses.push({ milliseconds, end: resolve })),
  });
  return { crew, started, admitted, pauses, reasons: () => written.map((line) => JSON.parse(line).reason) };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

/** Keeps one place whose workers end as soon as they are started, until the crew has had enough. */
async function keepEnding({ crew, started, pauses }: ReturnType<typeof openCrew>) {
  let refused: unknown;
  const kept = crew.keep([1]).catch((error) => {
    refused = error;
  });
  for (let turn = 0; turn < 8 && !refused; turn += 1) {
    started.at(-1)?.end('EMFILE');
    await settled();
    pauses[turn]?.end();
    await settled();
  }
  crew.disband();
  started.at(-1)?.end(0);
  await kept;
  return refused;
}

describe('a crew of workers', () => {
  it('starts nobody once it is disbanded, not even after a pause that had begun', async () => {
    const { crew, started, pauses } = openCrew();
    crew.start(0);
    const kept = crew.keep([0]);
    started[0]?.end('SIGKILL');
    await settled();
    expect(pauses).toHaveLength(1);
    expect(crew.disband()).toEqual([]);
    pauses[0]?.end();
    await kept;
    expect(started).toHaveLength(1);
  });

  it('gives up when one worker after the other ends at once and no other serves', async () => {
    const open = openCrew();
    open.crew.start(1);
    expect(await keepEnding(open)).toMatchObject({
      name: 'CannotStart',
      message: 'No worker stays alive: giving up.',
    });
    expect(open.reasons()).toEqual(Array(5).fill('EMFILE'));
    expect(open.pauses.map(({ milliseconds }) => milliseconds)).toEqual([250, 500, 1000, 2000]);
  });

  it('goes on trying while another worker serves', async () => {
    const open = openCrew();
    open.crew.start(0);
    open.started[0]?.serve();
    open.crew.start(1);
    expect(await keepEnding(open)).toBeUndefined();
    expect(open.pauses).toHaveLength(8);
  });

  it('sends connections to those that serve, and ends with its stop those that do not yet', async () => {
    const { crew, started, admitted } = openCrew();
    for (const place of [0, 1, 2]) crew.start(place);
    const [serving, starting, ended] = started;
    serving?.serve();
    ended?.serve();
    await settled();
    ended?.end(1);
    await settled();
    expect(admitted).toEqual(new Set([serving]));
    expect(crew.disband()).toEqual([serving]);
    expect([serving, starting].map((worker) => worker?.killed())).toEqual([false, true]);
  });
});
