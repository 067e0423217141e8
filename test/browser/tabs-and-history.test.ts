import { expect } from 'vitest';
import { openBrowser, person, signIn } from '../support/citizen.ts';
import { journeyTest as test } from '../support/journey-test.ts';

const received = 'Cổng đã nhận dữ liệu của bạn';
const ended = 'Lần đăng nhập này đã kết thúc';

test('two sign-ins in two tabs both end where they should', async ({ site, desktop }) => {
  const ngoc = person('all-documents');
  const other = await desktop.newTab();
  await desktop.open(site.portal);
  await desktop.press('Đăng nhập');
  await other.open(site.otherPortal);
  await other.file('Đổi giấy phép lái xe');
  await desktop.sees('Đăng nhập');
  await other.typePassword(ngoc);
  await desktop.typePassword(ngoc);
  await desktop.sees('Đồng ý chia sẻ thông tin');
  await desktop.press('Đồng ý và tiếp tục');
  await desktop.sees(received);
  await desktop.reads('Mức độ 1');
  await other.typeCode(ngoc);
  await other.press('Đồng ý và tiếp tục');
  await other.sees(received);
  await other.reads('Mức độ 2', 'Thẻ căn cước');
});

test('two sign-ins at one portal in two tabs both end', async ({ site, phone }) => {
  const ngoc = person('all-documents');
  const other = await phone.newTab();
  await phone.open(site.portal, '/dang-nhap');
  await other.open(site.portal, '/dang-nhap');
  await other.typePassword(ngoc);
  await other.press('Đồng ý và tiếp tục');
  await other.sees(received);
  await phone.typePassword(ngoc);
  await phone.sees(received);
});

test('the back button after a sign-in posts nothing again and leads to the portal', async ({
  site,
  phone,
}) => {
  await phone.open(site.portal);
  await phone.press('Đăng nhập');
  await phone.typePassword(person('level-1'));
  await phone.press('Đồng ý và tiếp tục');
  await phone.sees(received);
  await phone.page.goBack();
  await phone.sees(ended);
  await phone.press(`Quay lại ${site.portal.name.vi}`);
  await phone.sees(received);
});

test('the back button and a reload in the middle lose nothing', async ({ site, phone }) => {
  const ngoc = person('all-documents');
  await phone.open(site.portal);
  await phone.file('Đổi giấy phép lái xe');
  await phone.typePassword(ngoc);
  await phone.sees('Nhập mã xác thực');
  await phone.page.reload();
  await phone.sees('Nhập mã xác thực');
  await phone.page.goBack();
  await phone.page.goForward();
  await phone.sees('Nhập mã xác thực');
  await phone.typeCode(ngoc);
  await phone.sees('Đồng ý chia sẻ thông tin');
  await phone.page.reload();
  await phone.sees('Đồng ý chia sẻ thông tin');
  await phone.press('Đồng ý và tiếp tục');
  await phone.sees(received);
  await phone.page.reload();
  await phone.sees(received);
});

test('an answer that another browser brings signs nobody in', async ({ site, phone }) => {
  const begun = await fetch(`${site.portal.origin}/dang-nhap`, { redirect: 'manual' });
  const request = new URL(begun.headers.get('location') ?? '');
  const answer = await signIn(openBrowser(site.provider), request, person('level-1'));
  await phone.page.goto(answer.href);
  await phone.sees('Lần đăng nhập này không dùng được nữa');
  await phone.press('Trang chủ');
  await phone.readsNot(person('level-1').subject.name);
});

test('an answer that was used signs nobody in again', async ({ site, phone }) => {
  const answers: string[] = [];
  phone.page.on('request', (request) => {
    if (request.url().includes('/callback?')) answers.push(request.url());
  });
  await phone.open(site.portal);
  await phone.press('Đăng nhập');
  await phone.typePassword(person('level-1'));
  await phone.press('Đồng ý và tiếp tục');
  await phone.sees(received);
  expect(answers).toHaveLength(1);
  await phone.page.goto(answers[0] ?? '');
  await phone.sees('Lần đăng nhập này không dùng được nữa');
});
