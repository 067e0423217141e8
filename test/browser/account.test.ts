import { expect } from 'vitest';
import { person } from '../support/citizen.ts';
import { journeyTest as test } from '../support/journey-test.ts';

const ngoc = person('all-documents');
const TABS = ['Trang chủ', 'Ví giấy tờ', 'Thông báo', 'Cá nhân'];

test('the account opens from the front page, its four parts in the order that people know', async ({
  site,
  phone,
}) => {
  await phone.open({ origin: site.provider.issuer, name: site.portal.name });
  await phone.press('Mở tài khoản');
  await phone.sees('Đăng nhập');
  await phone.typePassword(person('level-1'));
  await phone.sees('Trang chủ');
  await phone.reads(person('level-1').subject.name, 'Mức độ 1', 'Nâng tài khoản lên mức độ 2');
  const tabs = phone.page.getByRole('navigation', { name: 'Các phần của tài khoản' }).getByRole('link');
  expect(await tabs.allInnerTexts()).toEqual(TABS);
  await phone.press('Ví giấy tờ');
  await phone.sees('Ví giấy tờ');
  await phone.reads('Tài khoản của bạn đang ở mức độ 1');
  await phone.press('Thông báo');
  await phone.sees('Thông báo');
  await phone.press('Cá nhân');
  await phone.sees('Cá nhân');
  await phone.press('English');
  await phone.sees('Profile', 'en');
});

test('the bar is where the thumb is on a phone, and on top of a wide window', async ({
  site,
  phone,
  desktop,
}) => {
  for (const window of [phone, desktop]) {
    await window.open({ origin: `${site.provider.issuer}/account`, name: site.portal.name });
    await window.typePassword(person('level-1'));
    await window.sees('Trang chủ');
  }
  const place = async (window: typeof phone) => {
    const box = await window.page.getByRole('navigation').boundingBox();
    return { top: box?.y ?? 0, bottom: (box?.y ?? 0) + (box?.height ?? 0) };
  };
  expect(Math.round((await place(phone)).bottom)).toBe(740);
  expect((await place(desktop)).top).toBeLessThan(120);
});

test('what a portal was given is seen and taken back, and the portal is asked no more', async ({
  site,
  phone,
}) => {
  await phone.open(site.portal);
  await phone.file('Đổi giấy phép lái xe');
  await phone.typePassword(ngoc);
  await phone.typeCode(ngoc);
  await phone.press('Đồng ý và tiếp tục');
  await phone.sees('Cổng đã nhận dữ liệu của bạn');

  await phone.open({ origin: `${site.provider.issuer}/account`, name: site.portal.name });
  await phone.sees('Trang chủ');
  await phone.press('Ví giấy tờ');
  await phone.sees('Ví giấy tờ');
  await phone.reads('097 184 000 002', 'Cục Cảnh sát giao thông');
  await phone.press('Xem chi tiết Thẻ căn cước');
  await phone.sees('Thẻ căn cước');
  await phone.reads('12/08/2024');

  await phone.press('Trang chủ');
  await phone.press('Hoạt động');
  await phone.sees('Hoạt động');
  await phone.reads('Giấy tờ được chuyển cho cổng', site.portal.name.vi);
  await phone.press('Giấy tờ đã chuyển');
  await phone.sees('Hoạt động');
  await phone.readsNot('Xác thực thành công');

  await phone.press('Cá nhân');
  await phone.press('Cổng đã kết nối');
  await phone.sees('Cổng đã kết nối');
  await phone.press(`Xem và rút lại ${site.portal.name.vi}`);
  await phone.sees(site.portal.name.vi);
  await phone.press('Rút lại tất cả');
  await phone.sees('Rút lại sự đồng ý?');
  await phone.press('Rút lại tất cả');
  await phone.sees('Cổng đã kết nối');
  await phone.reads('Bạn chưa đồng ý chia sẻ thông tin với cổng nào');

  await phone.press('Đăng xuất');
  await phone.sees('Bạn đã đăng xuất');
});

test('without script every page of the account works, the wallet by its own step', async ({
  site,
  scriptless,
}) => {
  await scriptless.open({ origin: `${site.provider.issuer}/account/wallet`, name: site.portal.name });
  await scriptless.typePassword(ngoc);
  await scriptless.sees('Ví giấy tờ đang đóng');
  await scriptless.press('Mở ví giấy tờ');
  await scriptless.sees('Nhập mã xác thực');
  await scriptless.typeCode(ngoc);
  await scriptless.sees('Ví giấy tờ');
  await scriptless.press('Thông báo');
  await scriptless.sees('Thông báo');
  await scriptless.press('Đăng xuất');
  await scriptless.sees('Bạn đã đăng xuất');
});
