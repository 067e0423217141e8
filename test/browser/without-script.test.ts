import { expect } from 'vitest';
import { person } from '../support/citizen.ts';
import { journeyTest as test } from '../support/journey-test.ts';

test('without script a wrong password is explained and the number is kept', async ({ site, scriptless }) => {
  const ngoc = person('all-documents');
  await scriptless.open(site.portal);
  await scriptless.press('Đăng nhập');
  await scriptless.typePassword(ngoc, { password: 'khong-phai-mat-khau' });
  await scriptless.sees('Đăng nhập');
  await scriptless.reads('Số định danh cá nhân hoặc mật khẩu không đúng');
  expect(await scriptless.page.locator('#personal_number').inputValue()).toBe(ngoc.subject.personal_number);
  expect(await scriptless.page.getByRole('button', { name: 'Hiện mật khẩu' }).count()).toBe(0);
});

test('without script a whole sign-in at level 2 works, to the sign-out', async ({ site, scriptless }) => {
  const ngoc = person('all-documents');
  await scriptless.open(site.portal);
  await scriptless.sees('Nộp hồ sơ không cần bản chụp giấy tờ');
  await scriptless.file('Đổi giấy phép lái xe');
  await scriptless.sees('Đăng nhập');
  await scriptless.typePassword(ngoc);
  await scriptless.sees('Nhập mã xác thực');
  await scriptless.typeCode(ngoc);
  await scriptless.sees('Đồng ý chia sẻ thông tin');
  await scriptless.tick('Đăng ký xe');
  await scriptless.press('Đồng ý và tiếp tục');
  await scriptless.sees('Cổng đã nhận dữ liệu của bạn');
  await scriptless.reads('Mức độ 2', '60A-970.02', 'Bạn đã không đưa: Giấy phép lái xe');
  await scriptless.press('Đăng xuất');
  await scriptless.sees('Đăng xuất?');
  await scriptless.press('Đăng xuất');
  await scriptless.sees('Bạn đã đăng xuất khỏi cổng');
});
