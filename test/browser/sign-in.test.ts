import { person } from '../support/citizen.ts';
import { journeyTest as test } from '../support/journey-test.ts';

test('a person at level 1 goes from the portal to the profile page in two pages', async ({ site, phone }) => {
  const an = person('level-1');
  await phone.open(site.portal);
  await phone.sees('Nộp hồ sơ không cần bản chụp giấy tờ');
  await phone.press('Đăng nhập');
  await phone.sees('Đăng nhập');
  await phone.typePassword(an);
  await phone.sees('Đồng ý chia sẻ thông tin');
  await phone.press('Đồng ý và tiếp tục');
  await phone.sees('Cổng đã nhận dữ liệu của bạn');
  await phone.reads('Mức độ 1', an.subject.name, an.subject.personal_number);
});
