import { expect } from 'vitest';
import { person } from '../support/citizen.ts';
import type { Journey } from '../support/journey.ts';
import { journeyTest as test } from '../support/journey-test.ts';

const asked = 'Đồng ý chia sẻ thông tin';
const received = 'Cổng đã nhận dữ liệu của bạn';

async function signIn(journey: Journey): Promise<void> {
  await journey.press('Đăng nhập');
  await journey.typePassword(person('level-1'));
  await journey.press('Đồng ý và tiếp tục');
  await journey.sees(received);
}

test('without a session a portal that asks silently gets no one', async ({ site, phone }) => {
  await phone.open(site.portal);
  await phone.press('Kiểm tra phiên');
  await phone.sees('Không còn phiên đăng nhập');
  expect(phone.shown('provider')).toEqual([]);
});

test('a second portal asks for agreement only; after that it asks for nothing', async ({ site, phone }) => {
  await phone.open(site.portal);
  await signIn(phone);
  const signedIn = phone.shown('provider').length;
  await phone.open(site.otherPortal);
  await phone.press('Đăng nhập');
  await phone.sees(asked);
  expect(phone.shown('provider').slice(signedIn)).toHaveLength(1);
  await phone.press('Đồng ý và tiếp tục');
  await phone.sees(received);
  await phone.open(site.otherPortal, '/dang-nhap');
  await phone.sees(received);
  await phone.open(site.portal, '/dang-nhap');
  await phone.sees(received);
  expect(phone.shown('provider').slice(signedIn)).toHaveLength(1);
});

test('a silent check finds the session while it lives', async ({ site, phone }) => {
  await phone.open(site.portal);
  await signIn(phone);
  await phone.press('Kiểm tra phiên');
  await phone.sees(received);
  await phone.reads('Phiên ở Một Cửa ID vẫn còn');
});

test('signing out at the portal signs out at the provider', async ({ site, phone }) => {
  await phone.open(site.portal);
  await signIn(phone);
  await phone.press('Đăng xuất');
  await phone.sees('Đăng xuất?');
  await phone.reads(person('level-1').subject.name);
  await phone.press('Đăng xuất');
  await phone.sees('Bạn đã đăng xuất khỏi cổng');
  await phone.press('Kiểm tra phiên');
  await phone.sees('Không còn phiên đăng nhập');
  await phone.open(site.otherPortal, '/dang-nhap');
  await phone.sees('Đăng nhập');
});

test('who stays signed in at the provider is back at the portal and in again without a page', async ({
  site,
  desktop,
}) => {
  await desktop.open(site.portal);
  await signIn(desktop);
  await desktop.press('Đăng xuất');
  await desktop.sees('Đăng xuất?');
  await desktop.press('Không, tôi ở lại');
  await desktop.sees('Bạn đã đăng xuất khỏi cổng');
  await desktop.press('Đăng nhập lại');
  await desktop.sees(received);
});
