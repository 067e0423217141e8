import { expect } from 'vitest';
import { person } from '../support/citizen.ts';
import { journeyTest as test } from '../support/journey-test.ts';

const ngoc = person('all-documents');

test('which letters go out is chosen on a phone, once level 2 is proved, and said to be kept', async ({
  site,
  phone,
}) => {
  await phone.open({ origin: `${site.provider.issuer}/account/notices`, name: site.portal.name });
  await phone.typePassword(ngoc);
  await phone.sees('Thông báo');
  await phone.press('Cài đặt thông báo');
  await phone.sees('Cài đặt thông báo');
  await phone.reads('Để thay đổi, bạn cần đăng nhập mức độ 2', 'bich.ngoc@congdan.example');
  await phone.press('Đăng nhập mức độ 2');
  await phone.sees('Nhập mã xác thực');
  await phone.typeCode(ngoc);
  await phone.sees('Cài đặt thông báo');
  const every = phone.page.getByLabel('Mọi lần đăng nhập, cả trên thiết bị đã biết');
  expect(await every.isChecked()).toBe(false);
  await every.check();
  await phone.press('Lưu lựa chọn');
  await phone.sees('Cài đặt thông báo');
  await phone.reads('Lựa chọn của bạn đã được lưu');
  expect(await every.isChecked()).toBe(true);
  await phone.press('Quay lại Thông báo');
  await phone.sees('Thông báo');
  await phone.reads('Đổi cài đặt thông báo');
});

test('the terms of use are read from the front page, and what was accepted of them under Cá nhân', async ({
  site,
  desktop,
}) => {
  await desktop.open({ origin: site.provider.issuer, name: site.portal.name });
  await desktop.press('Điều khoản sử dụng');
  await desktop.sees('Điều khoản sử dụng');
  await desktop.reads('Phiên bản ngày 21/11/2026', 'Luật Bảo vệ dữ liệu cá nhân');
  await desktop.open({ origin: `${site.provider.issuer}/account/profile`, name: site.portal.name });
  await desktop.typePassword(person('level-1'));
  await desktop.sees('Cá nhân');
  await desktop.press('Điều khoản sử dụng Phiên bản 21/11/2026');
  await desktop.sees('Điều khoản sử dụng');
  await desktop.reads('Bạn đã đồng ý');
});

test('without script a new version is a thing to do, read and accepted on one page', async ({
  site,
  scriptless,
}) => {
  const { storage } = site.provider.services;
  for (const { id } of (await storage.collections.get('terms_acceptances')?.scan()) ?? [])
    await storage.collections.get('terms_acceptances')?.remove(id);
  await scriptless.open({ origin: `${site.provider.issuer}/account`, name: site.portal.name });
  await scriptless.typePassword(person('level-1'));
  await scriptless.sees('Trang chủ');
  await scriptless.press('Đọc điều khoản');
  await scriptless.sees('Điều khoản sử dụng');
  await scriptless.press('Tôi đồng ý');
  await scriptless.sees('Điều khoản sử dụng');
  await scriptless.reads('Phiên bản 21/11/2026');
  await scriptless.press('Trang chủ');
  await scriptless.sees('Trang chủ');
  await scriptless.readsNot('Điều khoản sử dụng mới');
});
