import { SECOND } from '../clock/clock.ts';

const SIGNALS = ['SIGTERM', 'SIGINT'] as const;

/** Runs `stop` when the process is asked to end; being asked again does not hurry it. */
export function onStop(stop: (signal: string) => Promise<void>): void {
  let stopping = false;
  for (const signal of SIGNALS) {
    process.on(signal, () => {
      if (stopping) return;
      stopping = true;
      void stop(signal);
    });
  }
}

/** For a process that somebody else tells when to end. A terminal sends its signals to the workers as well. */
export function ignoreSignals(): void {
  for (const signal of SIGNALS) process.on(signal, () => undefined);
}

/** Ends the process with code 1 if it has not ended well by then. */
export function exitAfter(seconds: number): void {
  setTimeout(() => process.exit(1), seconds * SECOND).unref();
}
