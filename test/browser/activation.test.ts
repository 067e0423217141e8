import { expect } from 'vitest';
import { currentTotpCode } from '../../src/demo/people/current-totp-code.ts';
import {
  idOf,
  mailedCode,
  mailedToken,
  mui,
  NEW_PASSWORD,
  numberOf,
  printedCode,
  renewed,
} from '../http/ceremony/ceremony.ts';
import { person } from '../support/citizen.ts';
import type { Journey } from '../support/journey.ts';
import { journeyTest as test } from '../support/journey-test.ts';
import type { TestProvider } from '../support/provider.ts';

/** Fills in one field and presses Enter. */
const enter = async ({ page, turnsTo }: Journey, field: string, value: string): Promise<void> => {
  await page.locator(`#${field}`).fill(value);
  await turnsTo(() => page.locator(`#${field}`).press('Enter'));
};

/** From the page for the letter to the last button. */
async function chooseAll(journey: Journey, provider: TestProvider, code: string): Promise<string> {
  const { page } = journey;
  await journey.sees('Nhập mã trong thư định danh');
  await enter(journey, 'letter_code', 'ABCD-EFGH-JKMN');
  await journey.sees('Nhập mã trong thư định danh');
  await enter(journey, 'letter_code', code);
  await journey.sees('Đặt mật khẩu mới');
  await enter(journey, 'new_password', 'mui1944');
  await journey.reads('Mật khẩu mới quá ngắn');
  await enter(journey, 'new_password', NEW_PASSWORD);
  await journey.sees('Đăng ký bước xác thực thứ hai');
  const [, secret = ''] = /secret=([A-Z2-7]+)/.exec(await page.content()) ?? [];
  await enter(journey, 'code', currentTotpCode(secret, Date.now()));
  await journey.sees('Lưu mã khôi phục của bạn');
  expect(await page.locator('.codes li').count()).toBe(10);
  await journey.press('Tôi đã lưu mã');
  expect(await provider.services.credentials.get(await idOf(provider, mui))).toEqual({});
  return secret;
}

test('an account is activated on a phone from the link of a letter, and opens its pages', async ({
  site,
  phone,
}) => {
  const { provider } = site;
  const code = await printedCode(provider, mui);
  await provider.services.invitations.invite(await idOf(provider, mui), 'vi');
  const token = await mailedToken(provider);
  await phone.page.goto(`${provider.issuer}/activate?token=${token}`);
  await phone.sees('Kích hoạt tài khoản');
  await phone.press('Bắt đầu kích hoạt');
  expect(phone.page.url()).not.toContain(token);
  const secret = await chooseAll(phone, provider, code);
  await phone.sees('Bước cuối cùng');
  await phone.press('Kích hoạt tài khoản');
  await phone.reads('Đánh dấu đồng ý');
  await phone.tick('Tôi đã đọc và đồng ý với điều khoản sử dụng');
  await phone.press('Kích hoạt tài khoản');
  await phone.sees('Tài khoản đã kích hoạt');
  await phone.press('Đăng nhập vào tài khoản');
  await phone.typePassword(renewed(mui, secret));
  await phone.reads('Đoàn Thị Mùi');
  await phone.page.goto(`${provider.issuer}/activate?token=${token}`);
  await phone.sees('Liên kết này đã được dùng');
});

test('a forgotten password is set anew without script, and the back button finds nothing to break', async ({
  site,
  scriptless: phone,
}) => {
  const an = person('level-1');
  const { provider } = site;
  await phone.page.goto(`${provider.issuer}/recover`);
  await phone.sees('Lấy lại tài khoản');
  await enter(phone, 'personal_number', numberOf(an));
  await phone.sees('Nhập mã trong thư điện tử');
  await enter(phone, 'code', await mailedCode(provider));
  await phone.sees('Đặt mật khẩu mới');
  await enter(phone, 'new_password', NEW_PASSWORD);
  await phone.sees('Đã lấy lại tài khoản');
  await phone.page.goBack();
  await phone.page.reload();
  await phone.sees('Đã lấy lại tài khoản');
});
