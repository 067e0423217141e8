import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';

const openIn = (pid: number) => new Set(readdirSync(`/proc/${pid}/fd`).map(Number));

const prlimit = (pid: number, ...args: readonly string[]): string =>
  execFileSync('prlimit', ['--pid', String(pid), ...args], { encoding: 'utf8' }).trim();

/** A process that cannot open files and connections as it likes. */
export interface Narrowed {
  /** How many more it can open now. */
  room(): number;
  /** Lets it open as many as before. */
  widen(): void;
}

/** Leaves a running process room for so many file descriptors more. On Linux alone. */
export function narrow(pid: number, more: number): Narrowed {
  const before = prlimit(pid, '--nofile', '--output=SOFT', '--noheadings', '--raw');
  const freeUnder = (limit: number): number => {
    const open = openIn(pid);
    return Array.from({ length: limit }, (_, number) => number).filter((number) => !open.has(number)).length;
  };
  let limit = more;
  while (freeUnder(limit) < more) limit += 1;
  prlimit(pid, `--nofile=${limit}:`);
  return { room: () => freeUnder(limit), widen: () => void prlimit(pid, `--nofile=${before}:`) };
}
