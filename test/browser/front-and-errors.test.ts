import { journeyTest as test } from '../support/journey-test.ts';

test('an address that does not exist, and a portal nobody knows, are explained', async ({ site, phone }) => {
  await phone.page.goto(`${site.provider.issuer}/khong-co`);
  await phone.sees('Không có trang này');
  await phone.page.goto(`${site.provider.issuer}/authorize?client_id=la&response_type=code`);
  await phone.sees('Cổng dịch vụ này chưa được đăng ký');
  await phone.reads('Mã tham chiếu');
});

test('the front page sends people to their portal', async ({ site, phone }) => {
  await phone.page.goto(site.provider.issuer);
  await phone.sees('Đăng nhập một lần cho dịch vụ công');
  await phone.press('English');
  await phone.sees('One sign-in for public services');
});
