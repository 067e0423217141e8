import { expect } from 'vitest';
import { person } from '../support/citizen.ts';
import { journeyTest as test } from '../support/journey-test.ts';

const asked = 'Đồng ý chia sẻ thông tin';
const received = 'Cổng đã nhận dữ liệu của bạn';

test('who refuses everything leaves nothing at the portal, and may think again', async ({ site, phone }) => {
  const ngoc = person('all-documents');
  await phone.open(site.portal);
  await phone.file('Đổi giấy phép lái xe');
  await phone.typePassword(ngoc);
  await phone.typeCode(ngoc);
  await phone.press('Từ chối tất cả');
  await phone.sees('Việc đăng nhập đã dừng');
  await phone.readsNot(ngoc.subject.name);
  await phone.press('Thử lại');
  await phone.sees(asked);
});

test('what was not ticked is absent at the portal', async ({ site, phone }) => {
  const ngoc = person('all-documents');
  await phone.open(site.portal);
  await phone.file('Đổi giấy phép lái xe');
  await phone.typePassword(ngoc);
  await phone.typeCode(ngoc);
  await phone.tick('Giấy phép lái xe');
  await phone.press('Đồng ý và tiếp tục');
  await phone.sees(received);
  await phone.reads('970 184 000 021', 'Bạn đã không đưa: Đăng ký xe');
  await phone.readsNot('60A-970.02');
});

test('a health record is marked as sensitive and is not ticked beforehand', async ({ site, phone }) => {
  const ngoc = person('all-documents');
  await phone.open(site.portal);
  await phone.file('Hỗ trợ chi phí khám bệnh, chữa bệnh');
  await phone.typePassword(ngoc);
  await phone.typeCode(ngoc);
  await phone.sees(asked);
  await phone.reads('Đây là dữ liệu cá nhân nhạy cảm', 'Sổ sức khỏe điện tử');
  expect(await phone.page.getByRole('checkbox', { checked: true }).count()).toBe(0);
  await phone.press('Đồng ý và tiếp tục');
  await phone.sees(received);
  await phone.reads('Thẻ bảo hiểm y tế', 'Bạn đã không đưa: Sổ sức khỏe điện tử');
  await phone.readsNot('Tăng huyết áp');
});

test('a registry that does not answer is told before and after', async ({ site, desktop }) => {
  const mother = person('mother');
  await desktop.open(site.portal);
  await desktop.file('Đổi giấy phép lái xe');
  await desktop.typePassword(mother);
  await desktop.typeCode(mother);
  await desktop.sees(asked);
  await desktop.tick('Giấy phép lái xe');
  await desktop.press('Đồng ý và tiếp tục');
  await desktop.sees(received);
  await desktop.reads('Hệ thống của cơ quan quản lý tạm thời không trả lời');
});

test('a mother sees her children and her home on the page and at the portal', async ({ site, phone }) => {
  const mother = person('mother');
  await phone.open(site.portal);
  await phone.file('Trợ cấp xã hội cho trẻ em');
  await phone.typePassword(mother);
  await phone.typeCode(mother);
  await phone.sees(asked);
  await phone.press('Đồng ý và tiếp tục');
  await phone.sees(received);
  await phone.reads('Võ Phạm Gia Hân', 'Võ Phạm Minh Khang', 'phường Ninh Kiều');
});

test('a name of sixty letters fits a phone, and the number of before still signs in', async ({
  site,
  phone,
}) => {
  const pong = person('renumbered');
  await phone.open(site.portal);
  await phone.file('Trợ cấp xã hội cho trẻ em');
  await phone.typePassword(pong, { number: pong.subject.former_numbers[0] ?? '' });
  await phone.sees('Nhập mã xác thực');
  await phone.reads(pong.subject.name);
  await phone.typeCode(pong);
  await phone.sees(asked);
  await phone.press('Đồng ý và tiếp tục');
  await phone.sees(received);
  await phone.reads(pong.subject.name, '097 185 000 010');
});

test('a foreign resident signs in at level 2', async ({ site, desktop }) => {
  const kim = person('foreigner');
  await desktop.open(site.portal);
  await desktop.file('Cấp Phiếu lý lịch tư pháp');
  await desktop.typePassword(kim);
  await desktop.typeCode(kim);
  await desktop.sees(asked);
  await desktop.press('Đồng ý và tiếp tục');
  await desktop.sees(received);
  await desktop.reads('Mức độ 2', 'KIM MIN JUN', 'Người nước ngoài');
});
