import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openTestStorage } from '../../support/storage.ts';
import { basic, who } from './client-arguments.ts';
import { adminContext, runAdmin } from './run-admin.ts';

let opened: Awaited<ReturnType<typeof openTestStorage>>;
beforeEach(async () => {
  opened = await openTestStorage();
});
afterEach(() => opened.close());

const stored = () => adminContext(opened.storage).registry.list();

describe('client add in a terminal', () => {
  const UNDO = '\u007f';

  it('asks for what is missing, repeats a question answered wrongly, and registers after a yes', async () => {
    const keys = [
      'Cổng một cửa',
      '\r',
      'Sở Mẫu',
      '\r',
      'http://x',
      '\r',
      ...Array<string>(8).fill(UNDO),
      'https://rp.example/cb',
      '\r',
      ' ',
      '\r',
      '\r',
      'Điền tờ khai',
      '\r',
      '\r',
      'y',
    ];
    const { code, out, err } = await runAdmin(opened.storage, ['client', 'add', '--json'], { keys });
    expect(code).toBe(0);
    expect(err).toContain('This address must use https.');
    expect(JSON.parse(out)).toMatchObject({
      name: { vi: 'Cổng một cửa' },
      redirect_uris: ['https://rp.example/cb'],
      scopes: { profile: { required: true, purpose: { vi: 'Điền tờ khai' } } },
      token_endpoint_auth_method: 'client_secret_basic',
    });
    expect(await stored()).toHaveLength(1);
  });

  it('registers nothing when the person presses Ctrl+C or says no', async () => {
    const left = await runAdmin(opened.storage, ['client', 'add'], { keys: ['Cổng', '\r', '\u0003'] });
    expect(left.code).toBe(130);
    const args = [
      'client',
      'add',
      ...who,
      '--auth',
      'client_secret_basic',
      '--scope',
      'email',
      '--purpose',
      'Điền tờ khai',
    ];
    const declined = await runAdmin(opened.storage, args, { keys: ['https://rp.example/cb', '\r', '\r'] });
    expect(declined.code).toBe(130);
    expect(declined.err).toContain('Nothing was registered');
    expect(await stored()).toEqual([]);
  });

  it('asks nothing when nothing required is missing', async () => {
    const { code, err } = await runAdmin(opened.storage, ['client', 'add', ...basic], { keys: [] });
    expect({ code, err }).toEqual({ code: 0, err: '' });
  });
});
