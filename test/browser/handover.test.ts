import { expect } from 'vitest';
import { person } from '../support/citizen.ts';
import type { Journey } from '../support/journey.ts';
import { journeyTest as test } from '../support/journey-test.ts';

const received = 'Cổng đã nhận dữ liệu của bạn';

async function signIn(journey: Journey): Promise<void> {
  await journey.press('Đăng nhập');
  await journey.typePassword(person('level-1'));
  await journey.press('Đồng ý và tiếp tục');
  await journey.sees(received);
}

test('without script a sign-out whose session is over already goes on by one button', async ({
  site,
  scriptless,
}) => {
  await scriptless.open(site.portal);
  await signIn(scriptless);
  const signedIn = await scriptless.page.context().cookies(site.provider.issuer);
  expect(signedIn.length).toBeGreaterThan(0);
  await scriptless.page.context().clearCookies({ domain: 'localhost' });
  await scriptless.press('Đăng xuất');
  await scriptless.sees('Đang hoàn tất việc đăng xuất');
  await scriptless.press('Tiếp tục');
  await scriptless.sees('Bạn đã đăng xuất khỏi cổng');
});

test('without script signing in as somebody else over a session goes on by one button', async ({
  site,
  scriptless,
}) => {
  const ngoc = person('all-documents');
  await scriptless.open(site.portal);
  await signIn(scriptless);
  await scriptless.press('Trang chủ');
  await scriptless.file('Đổi giấy phép lái xe');
  await scriptless.sees('Dịch vụ này cần mức độ 2');
  await scriptless.press('Đăng nhập tài khoản khác');
  await scriptless.typePassword(ngoc);
  await scriptless.typeCode(ngoc);
  await scriptless.sees('Đang chuyển sang tài khoản của bạn');
  await scriptless.press('Tiếp tục');
  await scriptless.sees('Đồng ý chia sẻ thông tin');
  await scriptless.reads(ngoc.subject.name);
});

test('with script neither is seen, and the browser has nothing to say', async ({ site, phone }) => {
  const ngoc = person('all-documents');
  await phone.open(site.portal);
  await signIn(phone);
  await phone.press('Trang chủ');
  await phone.file('Đổi giấy phép lái xe');
  await phone.press('Đăng nhập tài khoản khác');
  await phone.typePassword(ngoc);
  await phone.typeCode(ngoc);
  await phone.sees('Đồng ý chia sẻ thông tin');
  await phone.press('Đồng ý và tiếp tục');
  await phone.sees(received);
  await phone.page.context().clearCookies({ domain: 'localhost' });
  await phone.press('Đăng xuất');
  await phone.sees('Bạn đã đăng xuất khỏi cổng');
});
