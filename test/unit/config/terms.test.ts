import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { ConfigurationError } from '../../../src/config/configuration-error.ts';
import { loadConfig } from '../../../src/config/load-config.ts';

const folder = mkdtempSync(join(tmpdir(), 'motcua-terms-'));
afterAll(() => rmSync(folder, { recursive: true }));
const directory = join(import.meta.dirname, '../../../config');
const load = (env: Record<string, string>) => loadConfig({ env, directory });
const problemsOf = (env: Record<string, string>): string[] => {
  try {
    load(env);
    return [];
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    return error.problems.map(({ path, rule }) => `${path} ${rule}`);
  }
};

describe('terms of use of a province’s own', () => {
  it('want both languages and the day', () => {
    expect(problemsOf({ MOTCUA_TERMS_VI: 'Điều khoản' })).toEqual([
      'terms.version is required',
      'terms.en is required',
    ]);
    expect(problemsOf({ MOTCUA_TERMS_VERSION: '2027-01-01' })).toHaveLength(2);
    expect(problemsOf({ MOTCUA_TERMS_VERSION: 'v2', MOTCUA_TERMS_VI: 'a', MOTCUA_TERMS_EN: 'b' })).toEqual([
      'terms.version must be a day, as in 2026-11-21',
    ]);
  });

  it('are read from files', () => {
    writeFileSync(join(folder, 'vi.txt'), '# Điều khoản\n\nMột\n');
    writeFileSync(join(folder, 'en.txt'), '# Terms\n\nOne\n');
    const { terms } = load({
      MOTCUA_TERMS_VERSION: '2027-01-01',
      MOTCUA_TERMS_VI_FILE: join(folder, 'vi.txt'),
      MOTCUA_TERMS_EN_FILE: join(folder, 'en.txt'),
    });
    expect(terms).toEqual({ version: '2027-01-01', vi: '# Điều khoản\n\nMột', en: '# Terms\n\nOne' });
  });

  it('stand for nothing where none are given', () => {
    expect(load({}).terms).toEqual({});
  });
});

describe('the days of a notice', () => {
  it('are a list of whole days of at least one', () => {
    expect(problemsOf({ MOTCUA_NOTICES_EXPIRY_DAYS: '30,0' })).toHaveLength(1);
    expect(load({ MOTCUA_NOTICES_EXPIRY_DAYS: '60,30,7' }).notices.expiry_days).toEqual([60, 30, 7]);
  });
});
