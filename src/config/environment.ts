import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { ConfigurationProblem } from './configuration-error.ts';
import { nearestName } from './nearest-name.ts';
import { type Setting, settingByVariable } from './settings.ts';

const PREFIX = 'MOTCUA_';
const FILE = '_FILE';

/** The environment as `process.env` gives it. */
export type Environment = Readonly<Record<string, string | undefined>>;

type Reading = { readonly value: unknown } | { readonly problem: string };

/** What one variable names: a setting, directly or by a file. */
function lookup(variable: string): { setting: Setting; fromFile: boolean } | undefined {
  const direct = settingByVariable.get(variable);
  if (direct) return { setting: direct, fromFile: false };
  const byFile = variable.endsWith(FILE) && settingByVariable.get(variable.slice(0, -FILE.length));
  return byFile ? { setting: byFile, fromFile: true } : undefined;
}

function fileText(path: string): Reading {
  try {
    return { value: readFileSync(path, 'utf8').trim() };
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : '';
    return { problem: `names the file ${JSON.stringify(path)}, which cannot be read${reason}` };
  }
}

function read(text: string, setting: Setting, fromFile: boolean): Reading {
  if (text === '') return { problem: 'is empty: give a value or remove it' };
  const reading = fromFile ? fileText(text) : { value: text };
  if ('problem' in reading) return reading;
  if (reading.value === '') return { problem: 'names an empty file' };
  if (!setting.structured) return reading;
  try {
    return { value: parse(String(reading.value)) };
  } catch {
    return { problem: 'must be YAML or JSON text' };
  }
}

function unknown(variable: string): ConfigurationProblem {
  const guess = nearestName(variable, settingByVariable.keys());
  return { path: '', variable, rule: `is not a known variable${guess ? `; did you mean ${guess}?` : ''}` };
}

/** The path as nested maps around a value. */
const nested = (path: string, value: unknown): unknown =>
  path.split('.').reduceRight<unknown>((inner, key) => ({ [key]: inner }), value);

/** Reads every `MOTCUA_` variable. `layers` are nested values to be laid over the files. */
export function readEnvironment(env: Environment): { layers: unknown[]; problems: ConfigurationProblem[] } {
  const layers: unknown[] = [];
  const problems: ConfigurationProblem[] = [];
  const givenBy = new Map<string, string>();
  for (const [variable, text] of Object.entries(env).sort()) {
    if (!variable.startsWith(PREFIX) || text === undefined) continue;
    const found = lookup(variable);
    if (!found) {
      problems.push(unknown(variable));
      continue;
    }
    const { path } = found.setting;
    const other = givenBy.get(path);
    givenBy.set(path, variable);
    const reading = other
      ? { problem: `is also given by ${other}` }
      : read(text, found.setting, found.fromFile);
    if ('problem' in reading) problems.push({ path, variable, rule: reading.problem });
    else layers.push(nested(path, reading.value));
  }
  return { layers, problems };
}
