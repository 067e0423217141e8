import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { currentTotpCode } from '../../../src/demo/people/current-totp-code.ts';
import { heading, openBrowser, person, type TestBrowser } from '../../support/citizen.ts';
import { faultyStorage, type StorageCall } from '../../support/faulty-storage.ts';
import { advance, startProvider, type TestProvider } from '../../support/provider.ts';
import { signedIn } from '../account/console.ts';
import {
  addressOf,
  chooseAll,
  idOf,
  later,
  mui,
  NEW_PASSWORD,
  postTo,
  printedCode,
  proveAddress,
} from './ceremony.ts';

const an = person('level-1');
const ngoc = person('all-documents');

let provider: TestProvider;
let browser: TestBrowser;
/** Told of every call; true makes it fail. */
let watch: (call: StorageCall) => boolean;
beforeEach(async () => {
  watch = () => false;
  provider = await startProvider({ storage: (real) => faultyStorage(real, (call) => watch(call)) });
  browser = openBrowser(provider);
});
afterEach(async () => {
  vi.useRealTimers();
  await provider.close();
});

const isOpen = async (by: TestBrowser) => (await by.get('/account')).status === 200;
const statusOf = async (id: string) => (await provider.services.directory.get(id))?.status;
const passwordOf = async (id: string) => (await provider.services.credentials.get(id)).password?.hash;

/** Lets everything fail from the first write after the one of the credentials on. */
function failAfterCredentials(): void {
  let written = false;
  watch = ({ collection, write }) => {
    const fails = written && write;
    written ||= write && collection === 'credentials';
    return fails;
  };
}

describe('a recovery that is cut off after the new password was written', () => {
  it('has ended every session and every known device by then', async () => {
    const id = await idOf(provider, an);
    const old = await signedIn(provider, an);
    const before = await passwordOf(id);
    const page = await proveAddress(provider, browser, '/recover', an);
    expect(await isOpen(old)).toBe(true);
    failAfterCredentials();
    const cut = await browser.submit(page, '/new-password', { new_password: NEW_PASSWORD });
    watch = () => false;
    expect(cut.page?.status).toBe(503);
    expect(await passwordOf(id)).not.toBe(before);
    expect(await isOpen(old)).toBe(false);
    expect(await provider.services.devices.list(id)).toEqual([]);
    const rest = await browser.submit(await browser.follow(addressOf(page)), '/finish');
    expect(heading(rest)).toBe('Đã lấy lại tài khoản');
  });

  it('does not end a lock that was made since', async () => {
    const id = await idOf(provider, an);
    const page = await proveAddress(provider, browser, '/recover', an);
    failAfterCredentials();
    await browser.submit(page, '/new-password', { new_password: NEW_PASSWORD });
    watch = () => false;
    later();
    expect(await provider.services.locks.lock(id, 'reported')).toBe('done');
    const over = await browser.follow(addressOf(page));
    expect(over.page?.status).toBe(409);
    expect(heading(over)).toBe('Lần này đã kết thúc');
    await postTo(browser, `${addressOf(page)}/finish`, {});
    expect(await statusOf(id)).toMatchObject({ kind: 'locked', cause: 'reported' });
  });

  it('of a locked account goes on, and ends the lock that it began under', async () => {
    const id = await idOf(provider, an);
    await provider.services.locks.lock(id, 'reported');
    later();
    const page = await proveAddress(provider, browser, '/recover', an);
    failAfterCredentials();
    await browser.submit(page, '/new-password', { new_password: NEW_PASSWORD });
    watch = () => false;
    expect((await statusOf(id))?.kind).toBe('locked');
    const rest = await browser.submit(await browser.follow(addressOf(page)), '/finish');
    expect(heading(rest)).toBe('Đã lấy lại tài khoản');
    expect(await statusOf(id)).toEqual({ kind: 'active' });
  });
});

describe('a lock that comes at the last moment', () => {
  it('stays, and the page does not say that the account is open', async () => {
    const id = await idOf(provider, ngoc);
    await provider.services.locks.lock(id, 'by_owner');
    later();
    const page = await proveAddress(provider, browser, '/recover', ngoc);
    const second = await browser.submit(page, '/present', { password: ngoc.password });
    let locking: Promise<unknown> | undefined;
    watch = ({ collection, write }) => {
      // The last write before the lock of before is ended.
      if (write && collection === 'devices')
        locking ??= provider.services.locks.lock(id, 'by_administrator', 'Nghi vấn hồ sơ');
      return false;
    };
    const code = currentTotpCode(ngoc.totpSecret ?? '', Date.now());
    await browser.submit(second, '/totp', { code });
    expect(await locking).toBe('done');
    expect(await statusOf(id)).toMatchObject({ kind: 'locked', cause: 'by_administrator' });
    const end = await browser.follow(addressOf(page));
    expect(end.page?.status).toBe(403);
    expect(heading(end)).toBe('Tài khoản đang bị khóa');
  });
});

describe('an activation under way', () => {
  it('ends with a lock, also when that was ended again', async () => {
    const id = await idOf(provider, mui);
    const code = await printedCode(provider, mui);
    const letter = await proveAddress(provider, browser, '/activate', mui);
    const { visit } = await chooseAll(
      browser,
      await browser.submit(letter, '/letter', { letter_code: code }),
    );
    await provider.services.locks.lock(id, 'by_administrator', 'Nghi vấn hồ sơ');
    advance(2);
    await provider.services.locks.unlock(id, ['by_administrator'], 'administrator', 'Đã xác minh');
    expect(await statusOf(id)).toEqual({ kind: 'not_activated' });
    const late = await browser.submit(visit, '/finish', { terms: 'accepted' });
    expect(late.page?.status).toBe(409);
    expect(await statusOf(id)).toEqual({ kind: 'not_activated' });
    expect(await passwordOf(id)).toBeUndefined();
  });
});
