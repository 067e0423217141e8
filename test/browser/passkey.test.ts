import type { CDPSession, Page } from 'playwright-core';
import { expect } from 'vitest';
import { person } from '../support/citizen.ts';
import type { Journey } from '../support/journey.ts';
import { journeyTest as test } from '../support/journey-test.ts';
import { advance, type TestProvider } from '../support/provider.ts';

const received = 'Cổng đã nhận dữ liệu của bạn';
const byFinger = 'Đăng nhập bằng vân tay hoặc khuôn mặt';
const refused = 'Không đăng nhập được bằng vân tay hoặc khuôn mặt';
const ngoc = person('all-documents');

type Credentials = Awaited<ReturnType<VirtualDevice['credentials']>>;

/** Chromium's own authenticator: a phone's, as far as a page can tell. */
interface VirtualDevice {
  /** The finger is that of the owner, or another one. */
  verifies(yes: boolean): Promise<void>;
  /** Somebody touches it when it asks, or lets it wait. */
  isTouched(yes: boolean): Promise<void>;
  credentials(): ReturnType<typeof credentialsIn>;
  /** What lies in it from now on: a copy from elsewhere, say. */
  becomes(credentials: Credentials): Promise<void>;
}

const credentialsIn = async (cdp: CDPSession, authenticatorId: string) =>
  (await cdp.send('WebAuthn.getCredentials', { authenticatorId })).credentials;

async function plugIn(page: Page): Promise<VirtualDevice> {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('WebAuthn.enable', { enableUI: false });
  const { authenticatorId } = await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      ctap2Version: 'ctap2_1',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  return {
    verifies: async (isUserVerified) =>
      void (await cdp.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified })),
    isTouched: async (enabled) =>
      void (await cdp.send('WebAuthn.setAutomaticPresenceSimulation', { authenticatorId, enabled })),
    credentials: () => credentialsIn(cdp, authenticatorId),
    async becomes(credentials) {
      await cdp.send('WebAuthn.clearCredentials', { authenticatorId });
      for (const credential of credentials) {
        await cdp.send('WebAuthn.addCredential', { authenticatorId, credential });
      }
    },
  };
}

const heading = (journey: Journey, name: string): Promise<void> =>
  journey.page.getByRole('heading', { level: 1, name, exact: true }).waitFor();

/** Adds a passkey in the account, by the pages, and signs out. */
async function enrol(journey: Journey, { issuer }: TestProvider): Promise<void> {
  await journey.page.goto(`${issuer}/account/factors/passkey`);
  await journey.typePassword(ngoc);
  await journey.typeCode(ngoc);
  await heading(journey, 'Thêm đăng nhập bằng vân tay hoặc khuôn mặt');
  await journey.press('Thêm thiết bị này');
  await heading(journey, 'Lưu mã khôi phục của bạn');
  await journey.press('Đăng xuất');
  // A code of a later step has stopped the clock, and a proof of the very second of a change is void.
  advance(1);
}

test('a passkey made in the account is offered in the field, and alone is level 2', async ({
  site,
  phone,
}) => {
  const device = await plugIn(phone.page);
  await enrol(phone, site.provider);
  expect(await device.credentials()).toMatchObject([{ isResidentCredential: true, rpId: 'localhost' }]);
  await phone.open(site.portal);
  // The device chooses from the list of the field by itself: nothing is pressed or typed.
  await phone.file('Đổi giấy phép lái xe');
  await heading(phone, 'Đồng ý chia sẻ thông tin');
  await phone.press('Đồng ý và tiếp tục');
  await heading(phone, received);
  await phone.reads('Mức độ 2');
});

test('the button asks for a passkey, and says so where the finger is not the owner’s', async ({
  site,
  desktop,
}) => {
  const device = await plugIn(desktop.page);
  await enrol(desktop, site.provider);
  await device.isTouched(false);
  await desktop.open(site.portal);
  await desktop.file('Đổi giấy phép lái xe');
  await desktop.sees('Đăng nhập');
  await device.verifies(false);
  const button = desktop.page.getByRole('button', { name: byFinger });
  await device.isTouched(true);
  await button.click();
  await desktop.page.getByText('Thiết bị chưa xác nhận').waitFor();
  await device.verifies(true);
  await desktop.turnsTo(() => button.click());
  await heading(desktop, 'Đồng ý chia sẻ thông tin');
});

test('a copy of a passkey, and one that was removed, are refused', async ({ site, phone }) => {
  const { credentials, directory } = site.provider.services;
  const device = await plugIn(phone.page);
  await enrol(phone, site.provider);
  const copy = await device.credentials();
  await phone.open(site.portal);
  await phone.file('Đổi giấy phép lái xe');
  await heading(phone, 'Đồng ý chia sẻ thông tin');
  await phone.press('Từ chối tất cả');
  await phone.page.context().clearCookies();
  await device.becomes(copy);
  await phone.open(site.portal);
  await phone.file('Đổi giấy phép lái xe');
  await phone.page.getByRole('alert').getByText(refused).waitFor();
  await device.becomes(copy.map((one) => ({ ...one, signCount: 100 })));
  const { id = '' } = (await directory.findByNumber(ngoc.subject.personal_number)) ?? {};
  const [enrolled] = (await credentials.get(id)).passkeys ?? [];
  expect(await credentials.removePasskey(id, enrolled?.id ?? '')).toBe('removed');
  await phone.page.context().clearCookies();
  await phone.open(site.portal);
  await phone.file('Đổi giấy phép lái xe');
  await phone.sees('Đăng nhập');
  await phone.reads(refused);
});
