import { layoutOf } from './layout.ts';
import type { Terminal } from './terminal.ts';

/** Shows how far a long task is: a bar that is drawn again on a terminal, otherwise a line every few seconds. */
export interface Progress {
  show(label: string, done: number, total: number): void;
  /** Leaves the last state where it is; the next output begins on a line of its own. */
  end(): void;
}

const REDRAW_MS = 100;
const LINE_MS = 5_000;
const BAR = 24;
/** Until then the speed is a guess. */
const SPEED_MS = 2_000;

const grouped = (count: number): string => count.toLocaleString('en');

const duration = (milliseconds: number): string => {
  const seconds = Math.ceil(milliseconds / 1_000);
  if (seconds < 90) return `${seconds} s`;
  const minutes = Math.ceil(seconds / 60);
  return minutes < 90 ? `${minutes} min` : `${Math.ceil(minutes / 60)} h`;
};

/** `now` is a clock that only goes forward, in milliseconds. */
export function createProgress(terminal: Terminal, now: () => number = () => performance.now()): Progress {
  const { err } = terminal;
  const drawn = err.isTTY === true;
  const begun = now();
  let shown = drawn ? Number.NEGATIVE_INFINITY : begun;
  let [open, pending, first]: [boolean, string | undefined, number | undefined] = [
    false,
    undefined,
    undefined,
  ];

  const text = (label: string, done: number, total: number): string => {
    const share = total > 0 ? Math.min(done / total, 1) : 1;
    const bar = drawn ? `[${'#'.repeat(Math.floor(share * BAR)).padEnd(BAR, '-')}] ` : '';
    const elapsed = now() - begun;
    first ??= done;
    const fresh = done - first;
    const left =
      elapsed > SPEED_MS && fresh > 0 && done < total
        ? `, about ${duration((elapsed / fresh) * (total - done))} left`
        : '';
    return `${bar}${Math.floor(share * 100)} %  ${label}: ${grouped(done)} of ${grouped(Math.max(done, total))}${left}`;
  };
  const write = (line: string): void => {
    // A line longer than the terminal is wide would not be drawn over, but below.
    err.write(drawn ? `\r\u001b[2K${line.slice(0, layoutOf(err, terminal).width - 1)}` : `${line}\n`);
    open = drawn;
    pending = undefined;
    shown = now();
  };
  return {
    show(label, done, total) {
      pending = text(label, done, total);
      if (now() - shown >= (drawn ? REDRAW_MS : LINE_MS)) write(pending);
    },
    end() {
      if (drawn && pending !== undefined) write(pending);
      if (open) err.write('\n');
      open = false;
    },
  };
}

/** The progress of a task over several collections, the rows of all of them counted together. */
export function createRowProgress(progress: Progress, rows: number) {
  const done = new Map<string, number>();
  return (collection: string, count: number): void => {
    done.set(collection, count);
    const sum = [...done.values()].reduce((all, part) => all + part, 0);
    progress.show(collection, Math.min(sum, rows), rows);
  };
}
