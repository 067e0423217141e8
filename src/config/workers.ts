import type { ConfigurationProblem } from './configuration-error.ts';
import type { Config, Settings } from './schema.ts';
import { described } from './settings.ts';
import { sqliteFileOf } from './sqlite-address.ts';
import { valueAt } from './values.ts';

/** Whether the data lie in a file of this machine, which one process alone writes. */
export const embedded = (url: unknown): boolean => sqliteFileOf(String(url)) !== undefined;

/** Several processes on one SQLite file would only wait for each other. `values` are as they were given. */
export function workersProblems(values: unknown): ConfigurationProblem[] {
  const workers = valueAt(values, 'workers');
  if (!embedded(valueAt(values, 'storage.url')) || !(Number(workers) > 1)) return [];
  const rule = 'must be 1 or auto on SQLite: one process alone writes its file, and several need MongoDB';
  return [{ path: 'workers', rule, ...described('workers', workers) }];
}

/**
 * What `auto` comes to on a machine of so many cores. On MongoDB there is a process for each core. On SQLite there is
 * one, and its hashing threads use the other cores. Hashing threads that are counted are shared out among the
 * processes; each has at least one.
 */
export function withWorkers(settings: Settings, cores: number): Config {
  const single = embedded(settings.storage.url);
  const workers = settings.workers === 'auto' ? (single ? 1 : cores) : settings.workers;
  const wanted = settings.passwords.workers;
  const threads = wanted === 'auto' ? (single ? cores - 1 : workers) : wanted;
  const each = Math.max(1, Math.floor(threads / workers));
  return { ...settings, workers, passwords: { ...settings.passwords, workers: each } };
}
