import { z } from 'zod';
import type { CollectionDefinition } from '../../src/storage/contract.ts';

const codeSchema = z.object({ owner: z.string(), text: z.string() });

/** What a writing process writes: single-use rows, sealed, and one counter for each process. */
export const codes: CollectionDefinition<z.infer<typeof codeSchema>> = {
  name: 'codes',
  schema: codeSchema,
  sealed: true,
  indexes: { owner: (code) => code.owner },
};

export const counts: CollectionDefinition<Record<string, number>> = {
  name: 'counts',
  schema: z.record(z.string(), z.number()),
};

/** The lines by which a writing process says what was acknowledged to it. */
export const acknowledgements = {
  inserted: (id: string): string => `inserted ${id}`,
  consumed: (id: string): string => `consumed ${id}`,
  counted: (sum: number): string => `counted ${sum}`,
};

export interface Acknowledged {
  readonly inserted: readonly string[];
  readonly consumed: readonly string[];
  /** The highest sum that was acknowledged. */
  readonly counted: number;
}

const told = (lines: readonly string[], verb: string): string[] =>
  lines.flatMap((line) => (line.startsWith(`${verb} `) ? line.slice(verb.length + 1) : []));

/** Reads the lines back; a last one that was cut off was not acknowledged. */
export const readAcknowledged = (output: string): Acknowledged => {
  const lines = output.split('\n').slice(0, -1);
  return {
    inserted: told(lines, 'inserted'),
    consumed: told(lines, 'consumed'),
    counted: Math.max(0, ...told(lines, 'counted').map(Number)),
  };
};
