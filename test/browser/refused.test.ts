import { expect } from 'vitest';
import { person } from '../support/citizen.ts';
import type { Journey } from '../support/journey.ts';
import { journeyTest as base } from '../support/journey-test.ts';

const attempts = [{ attempts: 2, seconds: 900 }];
const test = base.override('provider', {
  // The longest window of codes locks the account; the shorter one makes people wait.
  config: {
    throttle: { password_account: attempts, totp_account: [...attempts, { attempts: 30, seconds: 86_400 }] },
  },
});

const wrong = { password: 'khong-phai-mat-khau' };

test('a wrong password is told without saying which of the two was wrong', async ({ site, phone }) => {
  const an = person('level-1');
  await phone.open(site.portal);
  await phone.press('Đăng nhập');
  const told = [];
  for (const number of [an.subject.personal_number, '099 099 999 999']) {
    await phone.typePassword(an, { ...wrong, number });
    await phone.sees('Đăng nhập');
    told.push(await phone.page.getByRole('alert').innerText());
    expect(await phone.page.locator('#personal_number').inputValue()).toBe(number);
    expect(await phone.page.locator('#password').inputValue()).toBe('');
  }
  expect(told[0]).toContain('Số định danh cá nhân hoặc mật khẩu không đúng');
  expect(told[1]).toBe(told[0]);
});

test('an empty form names both fields, and the links of the summary lead to them', async ({
  site,
  phone,
}) => {
  await phone.open(site.portal);
  await phone.press('Đăng nhập');
  await phone.typePassword(person('level-1'), { number: '', password: '' });
  await phone.sees('Đăng nhập');
  await phone.page.getByRole('link', { name: 'Nhập mật khẩu của bạn' }).click();
  expect(await phone.page.locator(':focus').getAttribute('id')).toBe('password');
});

test('after too many wrong passwords the page says until when, and leads back', async ({ site, phone }) => {
  const an = person('level-1');
  await phone.open(site.portal);
  await phone.press('Đăng nhập');
  for (const _ of attempts.concat(attempts, attempts)) await phone.typePassword(an, wrong);
  await phone.sees('Bạn đã thử quá nhiều lần');
  await phone.reads('Còn khoảng 15 phút', 'Thử lại từ');
  await phone.press('Quay lại cổng dịch vụ');
  await phone.sees('Việc đăng nhập đã dừng');
});

test('a wrong code is told, and too many of them stop the sign-in', async ({ site, desktop }) => {
  const ngoc = person('all-documents');
  await desktop.open(site.portal);
  await desktop.file('Cấp Phiếu lý lịch tư pháp');
  await desktop.typePassword(ngoc);
  await typeWrongCode(desktop);
  await desktop.sees('Nhập mã xác thực');
  await desktop.reads('Mã không đúng hoặc đã hết hạn');
  await typeWrongCode(desktop);
  await typeWrongCode(desktop);
  await desktop.sees('Bạn đã thử quá nhiều lần');
});

async function typeWrongCode({ page, turnsTo }: Journey): Promise<void> {
  await page.locator('#code').fill('000000');
  await turnsTo(() => page.locator('#code').press('Enter'));
}

test('a lock is not told before the right password, and then with its cause', async ({ site, phone }) => {
  const loc = person('sim-changed');
  await phone.open(site.portal);
  await phone.press('Đăng nhập');
  await phone.typePassword(loc, wrong);
  await phone.sees('Đăng nhập');
  await phone.readsNot('khóa');
  await phone.typePassword(loc);
  await phone.sees('Tài khoản đang bị khóa');
  await phone.reads('Số điện thoại gắn với tài khoản không còn là của bạn', 'cơ quan công an');
  await phone.press('Quay lại cổng dịch vụ');
  await phone.sees('Việc đăng nhập đã dừng');
});

test('the account of somebody who has died says so to whoever knows the password', async ({
  site,
  phone,
}) => {
  await phone.open(site.portal);
  await phone.press('Đăng nhập');
  await phone.typePassword(person('deceased'));
  await phone.sees('Tài khoản đã đóng');
});
