import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { z } from 'zod';
import { ConfigurationError, type ConfigurationProblem } from './configuration-error.ts';
import { type Environment, readEnvironment } from './environment.ts';
import { nearestName } from './nearest-name.ts';
import { productionProblems } from './production.ts';
import { type Config, configSchema, PROFILES, type Settings } from './schema.ts';
import { described, settings } from './settings.ts';
import { deepFreeze, isMap, overlay, valueAt } from './values.ts';
import { withWorkers, workersProblems } from './workers.ts';

type Partially<T> = T extends readonly unknown[]
  ? T
  : T extends object
    ? { readonly [K in keyof T]?: Partially<T[K]> }
    : T;

export interface ConfigSources {
  /** `process.env`, or what a test stands in for it. */
  readonly env: Environment;
  /** The folder of default.yaml and the profiles. */
  readonly directory: string;
  /** Laid over everything else: for tests and commands. */
  readonly overrides?: Partially<Settings>;
  /** What `auto` counts by; the cores that this process may use, unless a test says otherwise. */
  readonly cores?: number;
}

/**
 * Reads, joins and checks the settings; the result is frozen throughout. The profile is `MOTCUA_PROFILE`, by default
 * `development`. Throws `ConfigurationError` with all problems at once.
 */
export function loadConfig({ env, directory, overrides = {}, cores }: ConfigSources): Config {
  const environment = readEnvironment(env);
  const problems = [...environment.problems];
  const given = [...environment.layers, overrides].reduce(overlay, {});
  const profile = valueAt(given, 'profile') ?? 'development';
  const chosen = overlay(
    PROFILES.some((name) => name === profile) ? yamlFile(directory, `${profile}.yaml`, problems) : {},
    given,
  );
  const values = withLocalIssuer(
    [yamlFile(directory, 'default.yaml', problems), chosen, { profile }].reduce(overlay, {}),
    profile === 'development' && valueAt(chosen, 'issuer') === undefined,
  );
  const checked = configSchema.safeParse(values);
  if (!checked.success) problems.push(...checked.error.issues.flatMap((issue) => fromIssue(issue, values)));
  if (profile === 'production') problems.push(...productionProblems(values));
  problems.push(...workersProblems(values));
  if (problems.length > 0 || !checked.success) throw new ConfigurationError(oncePerPath(problems));
  return deepFreeze(withWorkers(checked.data, cores ?? availableParallelism()));
}

function yamlFile(directory: string, name: string, problems: ConfigurationProblem[]): unknown {
  try {
    const values: unknown = parse(readFileSync(join(directory, name), 'utf8')) ?? {};
    if (isMap(values)) return values;
    problems.push({ path: '', rule: `file ${name} must be a map of settings` });
    return {};
  } catch (error) {
    const [reason] = String(error instanceof Error ? error.message : error).split('\n');
    problems.push({ path: '', rule: `file ${name} cannot be read: ${reason}` });
    return {};
  }
}

/** In development the issuer follows the port, unless somebody chose it. */
function withLocalIssuer(values: unknown, follows: boolean): unknown {
  const port = Number(valueAt(values, 'port'));
  const usable = follows && Number.isInteger(port) && port > 0 && port < 65536;
  return usable ? overlay(values, { issuer: new URL(`http://localhost:${port}`).origin }) : values;
}

function fromIssue(issue: z.core.$ZodIssue, values: unknown): ConfigurationProblem[] {
  const path = issue.path.map(String).join('.');
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => unknownKey(path === '' ? key : `${path}.${key}`));
  }
  const value = valueAt(values, path);
  // An entry of a list that came as one text has no value of its own to be missing.
  const listed = typeof valueAt(values, path.replace(/\.\d+$/, '')) === 'string';
  const rule = value === undefined && !listed ? 'is required' : issue.message;
  return [{ path, rule, ...described(path, value) }];
}

function unknownKey(path: string): ConfigurationProblem {
  const guess = nearestName(
    path,
    settings().map((setting) => setting.path),
  );
  return { path, rule: `is not a known setting${guess ? `; did you mean ${guess}?` : ''}` };
}

/** The first problem of a path explains it; what follows from it is left out. */
const oncePerPath = (problems: readonly ConfigurationProblem[]): ConfigurationProblem[] =>
  problems.filter(
    ({ path }, index) => path === '' || problems.findIndex((other) => other.path === path) === index,
  );
