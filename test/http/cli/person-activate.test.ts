import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { auditEvents } from '../../../src/audit/trail.ts';
import { openBrowser, person, signIn } from '../../support/citizen.ts';
import { startProvider, type TestProvider } from '../../support/provider.ts';
import { register, type TestRelyingParty } from '../../support/relying-parties.ts';
import { temporaryFolder } from '../../support/storage.ts';
import { begin, claimsOf } from '../../support/visits.ts';
import {
  chooseAll,
  idOf,
  later,
  lettersOf,
  mailedToken,
  mui,
  numberOf,
  renewed,
} from '../ceremony/ceremony.ts';
import { peopleOf, runPerson } from './people.ts';

const an = person('level-1');

let provider: TestProvider;
let rp: TestRelyingParty;
let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let began: number;
beforeAll(async () => {
  provider = await startProvider();
  rp = await register(provider);
});
afterAll(async () => {
  vi.useRealTimers();
  await provider.close();
});
beforeEach(async () => {
  folder = await temporaryFolder();
  began = Date.now();
});
afterEach(() => folder.remove());

const letterFile = () => join(folder.folder, 'thu.html');
const about = (who: typeof an, ...args: string[]) => runPerson(provider, numberOf(who), args);
const subjectOf = async (who: typeof an) => provider.services.directory.get(await idOf(provider, who));
const standing = async (who: typeof an) =>
  provider.services.identificationLetters.standing(await idOf(provider, who));
const events = async (kind: string) =>
  (await provider.services.storage.collection(auditEvents).range('at', began, Date.now() + 1))
    .map(({ doc }) => doc)
    .filter((event) => event.kind === kind);
const sent = async () => (await lettersOf(provider)).filter(({ date }) => date >= began);
const codeIn = (html: string): string => /([2-9A-HJ-NP-Z]{4}-){2}[2-9A-HJ-NP-Z]{4}/.exec(html)?.[0] ?? '';

describe('person activate', () => {
  it('sends nothing to whom it has nothing to send', async () => {
    const active = await about(an, 'activate');
    expect(active).toMatchObject({ code: 2, out: '' });
    expect(active.err).toContain('active already');
    const closed = await about(person('deceased'), 'activate', '--letter', letterFile());
    expect(closed.err).toContain('closed');
    const id = await idOf(provider, mui);
    const { directory } = provider.services;
    await directory.update(id, ({ email: _, ...rest }) => rest);
    const addressless = await about(mui, 'activate', '--letter', letterFile());
    await directory.update(id, () => mui.subject);
    expect(addressless.err).toContain('person contact --email');
    expect(await readdir(folder.folder)).toEqual([]);
    expect(await standing(mui)).toBeUndefined();
    expect(await sent()).toEqual([]);
  });

  it('writes over nothing, and issues no code for a letter that cannot be written', async () => {
    await writeFile(letterFile(), 'mine');
    await mkdir(join(folder.folder, 'sub'));
    for (const file of [letterFile(), join(folder.folder, 'sub'), join(folder.folder, 'none', 'thu.html')]) {
      const refused = await about(mui, 'activate', '--letter', file);
      expect(refused, file).toMatchObject({ code: 2, out: '' });
    }
    expect(await readFile(letterFile(), 'utf8')).toBe('mine');
    expect(await standing(mui)).toBeUndefined();
    expect((await readdir(folder.folder)).toSorted()).toEqual(['sub', 'thu.html']);
  });

  it('leaves no piece of a letter behind whose code could not be issued', async () => {
    const people = peopleOf(provider);
    const issue = async () => Promise.reject(new Error('away'));
    const failing = { ...people, identificationLetters: { ...people.identificationLetters, issue } };
    const args = ['activate', '--letter', letterFile()];
    expect(await runPerson(provider, numberOf(mui), args, failing)).toMatchObject({ code: 1 });
    expect(await readdir(folder.folder)).toEqual([]);
  });

  it('prints a letter for its reader alone, with the code nowhere else, and the text of a name as text', async () => {
    await provider.services.directory.update(await idOf(provider, mui), (subject) => ({
      ...subject,
      name: '<img src=x onerror=alert(1)> Mùi',
    }));
    const { code, out, err } = await about(mui, 'activate', '--letter', letterFile());
    expect(code).toBe(0);
    const html = await readFile(letterFile(), 'utf8');
    expect((await stat(letterFile())).mode & 0o777).toBe(0o600);
    expect(codeIn(html)).not.toBe('');
    expect(html.split(codeIn(html))).toHaveLength(2);
    expect(html).toContain(`${provider.issuer}/activate`);
    expect(html).toContain('••• ••• ••• 011');
    expect(html).not.toContain(numberOf(mui));
    expect(html).toContain('&lt;img src=x');
    expect(html).not.toMatch(/<img|<script|<link|url\(|@import/);
    const elsewhere = [out, err, JSON.stringify(provider.logged), JSON.stringify(await sent())];
    for (const text of elsewhere) {
      expect(text).not.toContain(codeIn(html));
      expect(text).not.toContain(codeIn(html).replaceAll('-', ''));
    }
    expect(await events('identification_letter.issued')).toHaveLength(1);
    await provider.services.directory.update(await idOf(provider, mui), () => mui.subject);
  });

  it('makes the letter of before void, and replaces the file with --force alone', async () => {
    const args = ['activate', '--letter', letterFile(), '--json'];
    await about(mui, ...args);
    const first = codeIn(await readFile(letterFile(), 'utf8'));
    expect(await about(mui, ...args)).toMatchObject({ code: 2, out: '' });
    const { out } = await about(mui, ...args, '--force');
    expect(JSON.parse(out)).toMatchObject({ letter: { file: letterFile() }, mail_until: expect.any(String) });
    const second = codeIn(await readFile(letterFile(), 'utf8'));
    const id = await idOf(provider, mui);
    const { identificationLetters } = provider.services;
    expect(await identificationLetters.prove(id, first)).toMatchObject({ kind: 'refused' });
    expect(await identificationLetters.prove(id, second)).toMatchObject({ kind: 'proved' });
  });
});

describe('what the command line began', () => {
  it('leads by link and letter to an account at level 2, counted once', async () => {
    const before = await about(mui, 'count', '--json');
    await about(mui, 'activate', '--letter', letterFile());
    const browser = openBrowser(provider);
    const page = await browser.follow(`/activate?token=${await mailedToken(provider)}`);
    const letter = await browser.submit(page, '/activate/link');
    const printed = codeIn(await readFile(letterFile(), 'utf8'));
    const password = await browser.submit(letter, '/letter', { letter_code: printed });
    const { secret, visit } = await chooseAll(browser, password);
    await browser.submit(visit, '/finish', { terms: 'accepted' });
    expect((await subjectOf(mui))?.status).toEqual({ kind: 'active' });
    later();
    const { visit: start, browser: other, started } = await begin(provider, rp, { acr_values: '2' });
    expect(start.page?.status).toBe(200);
    const callback = await signIn(other, started.url, renewed(mui, secret));
    expect(await claimsOf(started, { left: callback })).toMatchObject({ acr: '2' });

    const citizens = (out: string) =>
      JSON.parse(out).counts.find(
        ({ holder_type, level }: { holder_type: string; level: number }) =>
          holder_type === 'citizen' && level === 2,
      );
    const [then, now] = [before.out, (await about(mui, 'count', '--json')).out].map(citizens);
    expect(now).toEqual({ ...then, activated: then.activated + 1 });
    const recounted = JSON.parse((await about(mui, 'count', '--recount', '--json')).out);
    expect(recounted.recount).toMatchObject({ mended: [], moving_parts: 0 });
  });
});
