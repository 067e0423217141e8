import { expect } from 'vitest';
import { person } from '../support/citizen.ts';
import { journeyTest as test } from '../support/journey-test.ts';

const an = person('level-1');

test('a new desktop waits for the phone, goes on by itself, and is seen and signed out there', async ({
  site,
  phone,
  desktop,
}) => {
  const account = { origin: site.provider.issuer, name: site.portal.name };
  await phone.open(account, '/account');
  await phone.typePassword(an);
  await phone.sees('Trang chủ');

  await desktop.page.context().clearCookies();
  await desktop.open(account, '/account');
  await desktop.typePassword(an);
  await desktop.sees('Thiết bị mới');
  await desktop.reads('v•••@congdan.example');
  await desktop.press('Hỏi thiết bị đã dùng');
  await desktop.sees('Thiết bị mới');
  const number = await desktop.page.locator('.device-number').innerText();

  await phone.open(account, '/account/notices');
  await phone.press('Xem và trả lời');
  await phone.sees('Xác nhận thiết bị mới');
  await phone.reads('Chrome trên Linux');
  await phone.page.getByRole('radio', { name: number }).check();
  await phone.press('Xác nhận thiết bị');
  await phone.sees('Đã xác nhận thiết bị');
  await desktop.sees('Trang chủ');

  await phone.press('Quay lại Thiết bị đã dùng');
  await phone.sees('Thiết bị đã dùng');
  await phone.turnsTo(() => phone.page.locator('a[href^="/account/devices/"][href$="/sign-out"]').click());
  await phone.sees('Đăng xuất một thiết bị');
  await phone.press('Đăng xuất thiết bị');
  await phone.sees('Thiết bị đã dùng');
  await desktop.open(account, '/account');
  await desktop.sees('Đăng nhập');
});

test('without script a new browser is confirmed by the code of a letter, whose link locks the account', async ({
  site,
  phone,
  scriptless,
}) => {
  const { application, issuer, letters } = site.provider;
  const account = { origin: issuer, name: site.portal.name };
  await phone.open(account, '/account');
  await phone.typePassword(an);
  await phone.sees('Trang chủ');

  await scriptless.page.context().clearCookies();
  await scriptless.open(account, '/account');
  await scriptless.typePassword(an);
  await scriptless.sees('Thiết bị mới');
  await application.deliveries.run();
  const code = /\b\d{6}\b/.exec(letters.at(-1)?.text ?? '')?.[0] ?? '';
  await scriptless.page.locator('#code').fill(code);
  await scriptless.press('Xác nhận thiết bị');
  await scriptless.sees('Trang chủ');

  await application.deliveries.run();
  const link = /http\S+not-me\?token=[\w-]+/.exec(letters.at(-1)?.text ?? '')?.[0] ?? '';
  await phone.open({ origin: link, name: site.portal.name }, '');
  await phone.sees('Không phải bạn?');
  await phone.press('Không phải tôi, khóa tài khoản');
  await phone.sees('Tài khoản đã được khóa');
  await scriptless.open(account, '/account');
  await scriptless.sees('Đăng nhập');
  expect(letters.length).toBeGreaterThan(1);
});
