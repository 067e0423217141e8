import { expect } from 'vitest';
import { currentTotpCode } from '../../src/demo/people/current-totp-code.ts';
import { person } from '../support/citizen.ts';
import { journeyTest as test } from '../support/journey-test.ts';
import { advance } from '../support/provider.ts';

const ngoc = person('all-documents');

test('an authenticator app is enrolled by its key, and the recovery codes can be taken along', async ({
  site,
  phone,
}) => {
  const { page } = phone;
  await page.goto(`${site.provider.issuer}/account/factors/totp`);
  await phone.typePassword(ngoc);
  await phone.typeCode(ngoc);
  await phone.sees('Đăng ký ứng dụng xác thực');
  const [, secret = ''] = /secret=([A-Z2-7]+)/.exec(await page.content()) ?? [];
  advance(31);
  await page.locator('#code').fill(currentTotpCode(secret, Date.now()));
  await phone.turnsTo(() => page.locator('#code').press('Enter'));
  await phone.sees('Lưu mã khôi phục của bạn');
  const codes = await page.locator('.codes li').allInnerTexts();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Tải về tệp văn bản' }).click(),
  ]);
  expect(download.suggestedFilename()).toBe('ma-khoi-phuc.txt');
  const file = await (await download.createReadStream()).setEncoding('utf8').toArray();
  for (const code of codes) expect(file.join('')).toContain(code);
  await phone.press('Tôi đã lưu mã');
  await phone.sees('Cách đăng nhập');
  await phone.reads('Còn 10 mã chưa dùng');
});

test('a password is changed, and its strength is said in words while it is typed', async ({
  site,
  desktop,
}) => {
  const { page } = desktop;
  await page.goto(`${site.provider.issuer}/account/password`);
  await desktop.typePassword(ngoc);
  await desktop.typeCode(ngoc);
  await page.locator('#password').fill(ngoc.password);
  const next = page.locator('#new_password');
  await next.fill('ngắn');
  await page.getByText('Độ mạnh của mật khẩu: Còn ngắn').waitFor();
  await desktop.turnsTo(() => next.press('Enter'));
  await desktop.sees('Đổi mật khẩu');
  await desktop.reads('Mật khẩu mới quá ngắn', 'Độ mạnh của mật khẩu: Yếu');
  expect(await page.locator('#password').inputValue()).toBe('');
  await page.locator('#password').fill(ngoc.password);
  await next.fill('thuyền nan đậu bến sông');
  await page.getByText('Độ mạnh của mật khẩu: Mạnh').waitFor();
  await desktop.turnsTo(() => next.press('Enter'));
  await desktop.sees('Đã đổi mật khẩu');
});
