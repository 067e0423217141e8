import { expect } from 'vitest';
import { formatDate } from '../../src/messages/format.ts';
import { person } from '../support/citizen.ts';
import { journeyTest as test } from '../support/journey-test.ts';

const received = 'Cổng đã nhận dữ liệu của bạn';
const tooLow = 'Dịch vụ này cần mức độ 2';

test('an account of level 1 is told why it is not enough, and the portal tells it again', async ({
  site,
  phone,
}) => {
  const an = person('level-1');
  await phone.open(site.portal);
  await phone.file('Cấp Phiếu lý lịch tư pháp');
  await phone.typePassword(an);
  await phone.sees(tooLow);
  await phone.reads('Tài khoản của bạn đang ở mức độ 1', 'cơ quan công an', an.subject.name);
  await phone.press('Quay lại cổng dịch vụ');
  await phone.sees('Tài khoản chưa đạt mức độ cần có');
  await phone.press('Về trang chủ');
  await phone.file('Thông báo lưu trú');
  await phone.sees('Đăng nhập');
});

test('papers of an account of level 1 are not asked for: the way on is another account', async ({
  site,
  desktop,
}) => {
  const ngoc = person('all-documents');
  await desktop.open(site.portal);
  await desktop.file('Đổi giấy phép lái xe');
  await desktop.typePassword(person('level-1'));
  await desktop.sees(tooLow);
  await desktop.press('Đăng nhập tài khoản khác');
  await desktop.sees('Đăng nhập');
  await desktop.typePassword(ngoc);
  await desktop.typeCode(ngoc);
  await desktop.sees('Đồng ý chia sẻ thông tin');
  await desktop.reads(ngoc.subject.name);
});

test('a card that has expired brings the account down to level 1, with the day', async ({ site, phone }) => {
  const vinh = person('expired-card');
  await phone.open(site.portal);
  await phone.file('Đổi giấy phép lái xe');
  await phone.typePassword(vinh);
  await phone.sees('Giấy tờ tùy thân đã hết hạn');
  await phone.reads(`Hết hạn ngày ${formatDate(vinh.subject.identity_paper_expires_at ?? '')}`, 'cấp đổi');
});

test('a wish for level 2 can be declined, and the portal takes level 1', async ({ site, phone }) => {
  const ngoc = person('all-documents');
  await phone.open(site.portal);
  await phone.file('Cấp bản sao trích lục hộ tịch');
  await phone.typePassword(ngoc);
  await phone.sees('Nhập mã xác thực');
  await phone.press('Tiếp tục ở mức độ 1');
  await phone.sees('Đồng ý chia sẻ thông tin');
  await phone.press('Đồng ý và tiếp tục');
  await phone.sees(received);
  await phone.reads('Mức độ 1', 'Bạn tiếp tục ở mức độ 1');
});

test('in the middle of a session a higher level is one code away', async ({ site, phone }) => {
  const ngoc = person('all-documents');
  await phone.open(site.portal);
  await phone.file('Thông báo lưu trú');
  await phone.typePassword(ngoc);
  await phone.press('Đồng ý và tiếp tục');
  await phone.sees(received);
  await phone.reads('Mức độ 1');
  await phone.press('Trang chủ');
  const before = phone.shown('provider').length;
  await phone.file('Cấp Phiếu lý lịch tư pháp');
  await phone.sees('Nhập mã xác thực');
  await phone.typeCode(ngoc);
  await phone.sees(received);
  await phone.reads('Mức độ 2', 'hai yếu tố');
  expect(phone.shown('provider').slice(before)).toHaveLength(1);
});
