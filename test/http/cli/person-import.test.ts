import { appendFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { auditEvents } from '../../../src/audit/trail.ts';
import type { AdminContext } from '../../../src/cli/admin-context.ts';
import { createPeopleImport } from '../../../src/subject/import.ts';
import { startProvider, type TestProvider } from '../../support/provider.ts';
import { temporaryFolder } from '../../support/storage.ts';
import { adminContext, run } from '../../unit/cli/run-admin.ts';
import { peopleOf } from './people.ts';

const EXAMPLE = join(import.meta.dirname, '..', '..', '..', 'config', 'example', 'people.jsonl');
const line = (last: number, more: object = {}): string =>
  JSON.stringify({
    personal_number: `098096${String(last).padStart(6, '0')}`,
    name: 'Nguyễn Văn An',
    birthdate: '1996-03-14',
    gender: 'male',
    level: 2,
    ...more,
  });

let provider: TestProvider;
let folder: Awaited<ReturnType<typeof temporaryFolder>>;
beforeEach(async () => {
  provider = await startProvider({ people: false });
  folder = await temporaryFolder();
});
afterEach(async () => {
  await provider.close();
  await folder.remove();
});

const file = () => join(folder.folder, 'people.jsonl');
const write = (...lines: string[]) => writeFile(file(), lines.map((one) => `${one}\n`).join(''));
interface More {
  readonly people?: AdminContext['people'];
  readonly onInterrupt?: (heard: () => void) => void;
}
const importFile = (args: readonly string[] = [], { people = peopleOf(provider), ...more }: More = {}) =>
  run(['person', 'import', file(), ...args], {
    ...more,
    open: async () => adminContext(provider.services.storage, { context: { people } }),
  });
const find = (last: number) =>
  provider.services.directory.findByNumber(`098096${String(last).padStart(6, '0')}`);
const people = () => peopleOf(provider).people();
const counts = () => provider.services.counts.kept();

describe('person import', () => {
  it('stores nothing where a line is wrong, and names every line and field without its value', async () => {
    await write(
      line(1),
      '{"personal_number": ',
      line(2, { gender: 'bi-mat', password: 'hoa-sen' }),
      line(1),
      line(3, { former_numbers: ['098096000002'] }),
      '\u0000',
    );
    const { code, err, out } = await importFile(['--json']);
    expect([code, out]).toEqual([2, '']);
    expect(err.split('\n').slice(1, -1)).toEqual([
      '  - line 2: line: must be one JSON object',
      '  - line 3: gender: must be "male" or "female"',
      expect.stringContaining('line 3: password: passwords are not imported'),
      '  - line 4: personal_number: is the same as in line 1',
      '  - line 6: line: must be one JSON object',
    ]);
    expect(err).not.toMatch(/bi-mat|hoa-sen|0980/);
    expect(await people()).toBe(0);
    expect(await provider.services.storage.collection(auditEvents).count()).toBe(0);
  });

  it('reads no folder, no file that is not there, nothing that is not UTF-8 and no line without end', async () => {
    expect(await importFile()).toMatchObject({ code: 2, err: expect.stringContaining('ENOENT') });
    await writeFile(file(), Buffer.concat([Buffer.from('{"name":"'), Buffer.from([0xff, 0xfe, 0x0a])]));
    expect((await importFile()).err).toContain('line 1: line: is longer than 64 KiB or not UTF-8');
    await writeFile(file(), ' '.repeat(70_000) + line(1));
    expect((await importFile()).err).toContain('line 1: line: is longer than 64 KiB or not UTF-8');
  });

  it('tells a hundred problems and counts the others', async () => {
    await write(...Array.from({ length: 130 }, () => '{}'));
    const { err } = await importFile();
    expect(err).toContain('and 420 more');
    expect(err.split('\n')).toHaveLength(103);
  });

  it('reads everything and stores nothing with --dry-run', async () => {
    await write(line(1), line(2));
    const { code, out } = await importFile(['--dry-run', '--json']);
    expect([code, JSON.parse(out)]).toEqual([0, { dry_run: true, people: 2, added: 2, kept: 0 }]);
    expect(await people()).toBe(0);
  });

  it('issues accounts that nobody can use before they are activated, and counts them', async () => {
    await writeFile(file(), `\uFEFF${(await readFile(EXAMPLE, 'utf8')).replaceAll('\n', '\r\n')}\r\n`);
    expect(await importFile()).toMatchObject({ code: 0, out: expect.stringContaining('Added: 5.') });
    const found = await provider.services.directory.findByNumber('097084000010');
    expect(found?.subject).toMatchObject({
      personal_number: '097185000010',
      status: { kind: 'not_activated' },
      email: { address: 'h.pong@congdan.example', verified: false },
    });
    expect(await provider.services.credentials.get(found?.id ?? '')).toEqual({});
    expect(await counts()).toEqual([
      { holderType: 'citizen', level: 1, issued: 1, activated: 0, closed: 0 },
      { holderType: 'citizen', level: 2, issued: 3, activated: 0, closed: 1 },
      { holderType: 'foreigner', level: 2, issued: 1, activated: 0, closed: 0 },
    ]);
  });

  it('keeps who is there, changed since, and adds whom is new: each is recorded and counted once', async () => {
    await write(line(1), line(2));
    await importFile();
    const known = await find(1);
    await provider.services.directory.update(known?.id ?? '', (subject) => ({ ...subject, name: 'Trần An' }));
    await appendFile(file(), `${line(3)}\n`);
    const again = await importFile(['--json']);
    expect(JSON.parse(again.out)).toEqual({ end: 'done', added: 1, kept: 2, left_out: 0 });
    expect((await find(1))?.subject.name).toBe('Trần An');
    expect(await counts()).toMatchObject([{ issued: 3 }]);
    const { storage } = provider.services;
    const events = await storage.collection(auditEvents).range('at', 0, Number.MAX_SAFE_INTEGER);
    expect(events.map(({ doc }) => doc.kind)).toEqual(Array(3).fill('account.imported'));
  });

  it('ends after a batch at Ctrl+C, and goes on when it is run again', async () => {
    await write(...Array.from({ length: 600 }, (_, last) => line(last)));
    let interrupt = (): void => {};
    const context = peopleOf(provider);
    const add: typeof context.imports.add = (subject) => {
      interrupt();
      return context.imports.add(subject);
    };
    const cut = await importFile(['--json'], {
      people: { ...context, imports: { ...context.imports, add } },
      onInterrupt: (heard) => {
        interrupt = heard;
      },
    });
    expect(cut.code).toBe(130);
    const before = await people();
    expect(JSON.parse(cut.out)).toEqual({ end: 'stopped', added: before, kept: 0, left_out: 0 });
    expect(before).toBeGreaterThan(0);
    expect(before).toBeLessThan(600);
    const on = await importFile(['--json']);
    expect(JSON.parse(on.out)).toEqual({ end: 'done', added: 600 - before, kept: before, left_out: 0 });
    expect(await counts()).toMatchObject([{ issued: 600 }]);
  });

  it('goes on after a crash between the event, the person and the count, and a recount mends the rest', async () => {
    await write(line(1), line(2));
    const crash = async () => Promise.reject(new Error('killed'));
    const cut = createPeopleImport({
      ...provider.services,
      counts: { ...provider.services.counts, issued: crash },
    });
    expect((await importFile([], { people: { ...peopleOf(provider), imports: cut } })).code).toBe(1);
    expect((await importFile()).code).toBe(0);
    expect(await people()).toBe(2);
    const args = ['person', 'count', '--recount', '--json'];
    const { out } = await run(args, {
      open: async () => adminContext(provider.services.storage, { context: { people: peopleOf(provider) } }),
    });
    expect(JSON.parse(out).counts).toMatchObject([{ level: 2, issued: 2 }]);
  });

  it('is added once by two that run at the same time', async () => {
    await write(...Array.from({ length: 40 }, (_, last) => line(last)));
    const outcomes = await Promise.all([importFile(['--json']), importFile(['--json'])]);
    const added = outcomes.map(({ out }) => JSON.parse(out).added);
    expect(added[0] + added[1]).toBe(40);
    expect(await counts()).toMatchObject([{ issued: 40 }]);
  });
});
