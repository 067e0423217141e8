import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AuditFact } from '../../../src/audit/trail.ts';
import { ConfigurationError } from '../../../src/config/configuration-error.ts';
import { StorageUnavailable } from '../../../src/storage/contract.ts';
import { openTestStorage } from '../../support/storage.ts';
import { aRelyingParty } from '../relying-party/a-relying-party.ts';
import { type AdminOptions, adminContext, runAdmin } from './run-admin.ts';

let opened: Awaited<ReturnType<typeof openTestStorage>>;
beforeEach(async () => {
  opened = await openTestStorage();
});
afterEach(() => opened.close());

const admin = (args: string[], options: AdminOptions = {}) => runAdmin(opened.storage, args, options);
const register = (...ids: string[]) =>
  Promise.all(
    ids.map((client_id) => adminContext(opened.storage).registry.add(aRelyingParty({ client_id }))),
  );
const ids = async () => (await adminContext(opened.storage).registry.list()).map((party) => party.client_id);

describe('client remove', () => {
  it('refuses without a terminal and without --yes', async () => {
    await register('cong');
    const { code, out, err } = await admin(['client', 'remove', 'cong']);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(/Nothing was removed.*--yes/);
    expect(await ids()).toEqual(['cong']);
  });

  it.each([
    ['Enter', '\r'],
    ['n', 'n'],
    ['Ctrl+C', '\u0003'],
  ])('removes nothing after %s', async (_, key) => {
    await register('cong');
    const { code } = await admin(['client', 'remove', 'cong'], { keys: [key] });
    expect(code).toBe(130);
    expect(await ids()).toEqual(['cong']);
  });

  it('knows no unknown id', async () => {
    const { code, err } = await admin(['client', 'remove', 'nothing', '--yes']);
    expect(code).toBe(2);
    expect(err).toMatch(/No relying party has the client id "nothing"/);
  });

  it('removes nothing where the audit trail cannot take the event', async () => {
    await register('cong');
    const record = () => Promise.reject(new Error('the trail is full'));
    const { code } = await admin(['client', 'remove', 'cong', '--yes'], { context: { audit: { record } } });
    expect(code).toBe(1);
    expect(await ids()).toEqual(['cong']);
  });

  it('says what stops, asks, and removes after a yes', async () => {
    await register('cong', 'khac');
    const events: AuditFact[] = [];
    const { code, err, out } = await admin(['client', 'remove', 'cong'], { keys: ['y'], events });
    expect(code).toBe(0);
    expect(err).toMatch(/Nobody can sign in to it any more/);
    expect(err).toMatch(/within 2 seconds/);
    expect(out).toMatch(/^Removed cong/);
    expect(events).toEqual([{ kind: 'relying_party.removed', relying_party: 'cong' }]);
    expect(await ids()).toEqual(['khac']);
  });

  it('prints one JSON object with --json', async () => {
    await register('cong');
    const { out } = await admin(['client', 'remove', 'cong', '--yes', '--json']);
    expect(JSON.parse(out)).toEqual({ client_id: 'cong', removed: true });
  });
});

describe('client show', () => {
  it('knows no unknown id and shows it without what acts on a terminal', async () => {
    const { code, out, err } = await admin(['client', 'show', '\u001b[2Jx']);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain('"[2Jx"');
  });

  it('shows stored text without what acts on a terminal', async () => {
    const { registry } = adminContext(opened.storage);
    await registry.add(aRelyingParty({ client_id: 'cong', organization: 'Sở \u001b[31m\u202EMẫu' }));
    for (const command of [['show', 'cong'], ['list']]) {
      const { out } = await admin(['client', ...command]);
      expect(out).toContain('Sở [31mMẫu');
      expect(out).not.toMatch(/[^\P{Cc}\n]|\p{Cf}/u);
    }
  });

  it('shows a registration in full, its time in Vietnam', async () => {
    await register('cong');
    const { code, out } = await admin(['client', 'show', 'cong']);
    expect(code).toBe(0);
    for (const part of [
      'Cổng một cửa',
      'Sở Mẫu',
      'https://rp.example/cb',
      'client_secret_basic',
      'Điền tờ khai',
      '21/11/2026 07:00',
    ]) {
      expect(out).toContain(part);
    }
  });
});

describe('client list', () => {
  it('says what to do while there is nothing', async () => {
    expect(await admin(['client', 'list'])).toEqual({
      code: 0,
      out: '',
      err: 'No relying party is registered yet. Register one: npm run admin -- client add\n',
    });
    expect(JSON.parse((await admin(['client', 'list', '--json'])).out)).toEqual({ relying_parties: [] });
  });

  it('lists all of more than one page in order', async () => {
    const expected = Array.from({ length: 205 }, (_, index) => `cong-${String(index).padStart(3, '0')}`);
    await register(...expected);
    const { out } = await admin(['client', 'list', '--json']);
    const listed = JSON.parse(out).relying_parties.map((party: { client_id: string }) => party.client_id);
    expect(listed).toEqual(expected);
  });

  it('is a table where it fits and blocks where it does not; no line is wider than the terminal', async () => {
    await register('cong-mot', 'cong-hai');
    const table = await admin(['client', 'list'], { columns: 80 });
    expect(table.out.trimEnd().split('\n')).toHaveLength(3);
    const narrow = await admin(['client', 'list'], { columns: 40 });
    expect(narrow.out).toMatch(/^cong-hai\n {2}NAME {10}Cổng một cửa$/m);
    for (const [width, out] of [
      [80, table.out],
      [40, narrow.out],
    ] as const) {
      expect(Math.max(...out.split('\n').map((line) => line.length))).toBeLessThanOrEqual(width);
    }
  });

  it('is a table on a terminal that does not know its width', async () => {
    await register('cong');
    expect((await admin(['client', 'list'], { columns: 0 })).out).toMatch(
      /^cong {2,}Cổng một cửa {2,}Sở Mẫu/m,
    );
  });

  it('is coloured on a terminal only, and not under NO_COLOR', async () => {
    await register('cong');
    const colour = '\u001b[';
    expect((await admin(['client', 'list'])).out).not.toContain(colour);
    expect((await admin(['client', 'list'], { keys: [], noColour: true })).out).not.toContain(colour);
    expect((await admin(['client', 'list'], { keys: [] })).out).toContain(colour);
  });
});

describe('the command line', () => {
  const neverOpen = () => Promise.reject(new Error('opened without need'));

  it.each([
    [['clinet'], /unknown command 'clinet'\n\(Did you mean client\?\)/],
    [['client', 'lst'], /unknown command 'lst'\n\(Did you mean list\?\)/],
    [
      ['client', 'add', '--redirect-url', 'x'],
      /unknown option '--redirect-url'\n\(Did you mean --redirect-uri\?\)/,
    ],
    [['client', 'show'], /missing required argument 'id'/],
  ])('refuses %j with a suggestion, opening nothing', async (args, message) => {
    const { code, out, err } = await admin(args, { open: neverOpen });
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(message);
  });

  it.each([[[]], [['client']], [['--help']], [['client', 'remove', '--help']]])(
    'helps for %j, opening nothing',
    async (args) => {
      const { code, out, err } = await admin(args, { open: neverOpen });
      expect(code).toBe(0);
      expect(out + err).toContain('Usage: admin');
    },
  );

  it('prints what is wrong with the configuration, without a stack', async () => {
    const problems = [{ path: 'issuer', rule: 'must be an origin', variable: 'MOTCUA_ISSUER' }];
    const { code, out, err } = await admin(['client', 'list'], {
      open: () => Promise.reject(new ConfigurationError(problems)),
    });
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toContain('issuer must be an origin');
    expect(err).not.toContain('    at ');
  });

  it('prints that storage is away, without a stack, and closes what it opened', async () => {
    let closed = 0;
    const away = () => Promise.reject(new StorageUnavailable('data/motcua.db: the disk is full'));
    const registry = { ...adminContext(opened.storage).registry, list: away };
    const close = async () => {
      closed += 1;
    };
    const { code, err } = await admin(['client', 'list'], { context: { registry, close } });
    expect({ code, err, closed }).toEqual({ code: 1, err: 'data/motcua.db: the disk is full\n', closed: 1 });
  });

  it('reports an unexpected fault with its stack', async () => {
    const { code, err } = await admin(['client', 'list'], { open: neverOpen });
    expect(code).toBe(1);
    expect(err).toMatch(/opened without need\n\s+at /);
  });
});
