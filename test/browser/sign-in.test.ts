import { expect } from 'vitest';
import { person } from '../support/citizen.ts';
import { journeyTest as test } from '../support/journey-test.ts';

const received = 'Cổng đã nhận dữ liệu của bạn';

test('a person who cancels is back at the portal with a way to start again', async ({ site, phone }) => {
  await phone.open(site.portal);
  await phone.press('Đăng nhập');
  await phone.press('Hủy và quay lại cổng dịch vụ');
  await phone.sees('Việc đăng nhập đã dừng');
  await phone.press('Thử lại');
  await phone.sees('Đăng nhập');
});

test('level 1 is two pages between the portal and the profile', async ({ site, phone }) => {
  const an = person('level-1');
  await phone.open(site.portal);
  await phone.sees('Nộp hồ sơ không cần bản chụp giấy tờ');
  await phone.press('Đăng nhập');
  await phone.sees('Đăng nhập');
  await phone.reads('Số định danh cá nhân');
  await phone.typePassword(an);
  await phone.sees('Đồng ý chia sẻ thông tin');
  await phone.press('Đồng ý và tiếp tục');
  await phone.sees(received);
  await phone.reads('Mức độ 1', an.subject.name, '098 096 000 001');
  expect(phone.shown('provider')).toHaveLength(2);
});

test('level 2 is three pages, and the papers arrive at the portal', async ({ site, desktop }) => {
  const ngoc = person('all-documents');
  await desktop.open(site.portal);
  await desktop.file('Đổi giấy phép lái xe');
  await desktop.sees('Đăng nhập');
  await desktop.reads('Bước 1 trên 2');
  await desktop.typePassword(ngoc);
  await desktop.sees('Nhập mã xác thực');
  await desktop.reads('Bước 2 trên 2');
  await desktop.typeCode(ngoc);
  await desktop.sees('Đồng ý chia sẻ thông tin');
  await desktop.tick('Giấy phép lái xe');
  await desktop.press('Đồng ý và tiếp tục');
  await desktop.sees(received);
  await desktop.reads('Mức độ 2', 'mật khẩu', 'mã dùng một lần', 'Thẻ căn cước', '970 184 000 021');
  expect(desktop.shown('provider')).toHaveLength(3);
});

test('a whole journey in English stays in English', async ({ site, phone }) => {
  const ngoc = person('all-documents');
  await phone.open(site.portal);
  await phone.press('English');
  await phone.sees('File without photocopies');
  await phone.file('Exchange of a driving licence');
  await phone.sees('Sign in');
  await phone.reads('Step 1 of 2', 'Personal identification number');
  await phone.typePassword(ngoc);
  await phone.sees('Enter your authentication code');
  await phone.typeCode(ngoc);
  await phone.sees('Agree to share information');
  await phone.press('Agree and continue');
  await phone.sees('The portal has received your data');
  await phone.reads('Level 2', 'Identity card');
  await phone.press('Sign out');
  await phone.sees('Sign out?');
});

test('the language can be changed in the middle, and nothing that was proved is lost', async ({
  site,
  phone,
}) => {
  const ngoc = person('all-documents');
  await phone.open(site.portal);
  await phone.file('Cấp Phiếu lý lịch tư pháp');
  await phone.typePassword(ngoc);
  await phone.sees('Nhập mã xác thực');
  await phone.press('English');
  await phone.sees('Enter your authentication code');
  await phone.typeCode(ngoc);
  await phone.sees('Agree to share information');
  await phone.press('Agree and continue');
  // The portal keeps the language that was chosen there.
  await phone.sees(received, 'vi');
});

test('the keyboard alone signs in', async ({ site, desktop }) => {
  const { keyboard } = desktop.page;
  const an = person('level-1');
  await desktop.open(site.portal);
  await desktop.tabTo('Đăng nhập');
  await desktop.turnsTo(() => keyboard.press('Enter'));
  await desktop.sees('Đăng nhập');
  await desktop.tabTo('Số định danh cá nhân');
  await keyboard.type(an.subject.personal_number);
  await desktop.tabTo('Mật khẩu');
  await keyboard.type(an.password);
  await desktop.tabTo('Hiện mật khẩu');
  await keyboard.press('Space');
  expect(await desktop.page.locator('#password').getAttribute('type')).toBe('text');
  await desktop.tabTo('Đăng nhập');
  await desktop.turnsTo(() => keyboard.press('Enter'));
  await desktop.sees('Đồng ý chia sẻ thông tin');
  await desktop.tabTo('Đồng ý và tiếp tục');
  await desktop.turnsTo(() => keyboard.press('Enter'));
  await desktop.sees(received);
});
