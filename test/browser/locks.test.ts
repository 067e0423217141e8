import { expect } from 'vitest';
import { person } from '../support/citizen.ts';
import { journeyTest as test } from '../support/journey-test.ts';

const ngoc = person('all-documents');

test('the owner locks the account on the phone, and learns at the next sign-in how to unlock it', async ({
  site,
  phone,
}) => {
  const { page } = phone;
  await page.goto(`${site.provider.issuer}/account/lock`);
  await phone.typePassword(ngoc);
  await phone.typeCode(ngoc);
  await phone.sees('Khóa tài khoản');
  await phone.reads('Mọi thiết bị bị đăng xuất ngay', 'cho đến khi bạn mở khóa');
  await phone.press('Không khóa');
  await phone.sees('Cá nhân');
  await phone.press('Khóa tài khoản');
  await phone.sees('Khóa tài khoản');
  await phone.press('Khóa tài khoản ngay');
  await phone.sees('Đã khóa tài khoản');
  expect(await page.getByRole('link', { name: 'Mở khóa tài khoản' }).getAttribute('href')).toBe('/recover');
  await page.goBack();
  await phone.sees('Đăng nhập');

  await phone.open(site.portal);
  await phone.file('Đổi giấy phép lái xe');
  await phone.typePassword(ngoc);
  await phone.sees('Tài khoản đang bị khóa');
  await phone.reads('theo yêu cầu của chính bạn');
  await phone.press('Quay lại cổng dịch vụ');
});

test('a lock by an administrator shows the reason and no way out but the counter, without script too', async ({
  site,
  scriptless,
}) => {
  const { directory, locks } = site.provider.services;
  const found = await directory.findByNumber(ngoc.subject.personal_number);
  await locks.lock(found?.id ?? '', 'by_administrator', 'Theo văn bản <số 12> của công an xã');
  await scriptless.open(site.portal);
  await scriptless.file('Đổi giấy phép lái xe');
  await scriptless.typePassword(ngoc);
  await scriptless.sees('Tài khoản đang bị khóa');
  await scriptless.reads('Theo văn bản <số 12> của công an xã', 'Hãy mang giấy tờ tùy thân');
  expect(await scriptless.page.getByRole('link', { name: 'Lấy lại tài khoản' }).count()).toBe(0);
});
