import { z } from 'zod';
import type { ConfigurationProblem } from './configuration-error.ts';
import { configSchema } from './schema.ts';

/** One setting and the environment variable that sets it. */
export interface Setting {
  /** Path in the YAML files, dotted. */
  readonly path: string;
  readonly variable: string;
  /** Never shown, in no message and no log. */
  readonly secret: boolean;
  /** A list of maps: from the environment it is given as YAML or JSON text. */
  readonly structured: boolean;
}

/** Names that operators rely on and that do not follow from the path. */
const ALIASES: Readonly<Record<string, string>> = { 'demo.portal_port': 'MOTCUA_PORTAL_PORT' };

const isSecret = (schema: z.core.$ZodType): boolean => z.globalRegistry.get(schema)?.secret === true;
const plainVariable = (path: string): string => `MOTCUA_${path.toUpperCase().replaceAll('.', '_')}`;

function leaves(schema: z.ZodObject, above: readonly string[]): Setting[] {
  return Object.entries(schema.shape).flatMap(([key, child]) => {
    const names = [...above, key];
    if (child instanceof z.ZodObject) return leaves(child, names);
    const path = names.join('.');
    const variable = ALIASES[path] ?? plainVariable(path);
    return [{ path, variable, secret: isSecret(child), structured: child instanceof z.ZodArray }];
  });
}

const all: readonly Setting[] = leaves(configSchema, []);

/** Every setting, in the order of the schema. */
export const settings = (): readonly Setting[] => all;

/** The setting at a path, or the one that a path inside a list belongs to. */
const settingAt = (path: string): Setting | undefined =>
  all.find((setting) => path === setting.path || path.startsWith(`${setting.path}.`));

/** Every accepted variable, without `_FILE` forms. */
export const settingByVariable: ReadonlyMap<string, Setting> = new Map(
  all.flatMap((setting) => [
    [plainVariable(setting.path), setting],
    [setting.variable, setting],
  ]),
);

/** What may be told about the value at a path: its variable, and the value itself unless it is a secret. */
export function described(path: string, value: unknown): Pick<ConfigurationProblem, 'received' | 'variable'> {
  const setting = settingAt(path);
  if (!setting) return {};
  const hidden = setting.secret || value === undefined;
  return { ...(hidden ? {} : { received: shortened(value) }), variable: setting.variable };
}

const shortened = (value: unknown): string => {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
};
