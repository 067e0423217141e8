import type { DevicesPageModels } from '../../../src/http/account/devices-page-models.ts';
import type { DisownPageModels } from '../../../src/http/disown/page-models.ts';
import type { DevicePageModels } from '../../../src/http/interaction/device-page-models.ts';

type Models = DevicesPageModels & DevicePageModels & DisownPageModels;

interface DeviceSample<N extends keyof Models = keyof Models> {
  readonly name: string;
  readonly page: N;
  readonly model: Models[N];
}

const sample = <N extends keyof Models>(name: string, page: N, model: Models[N]): DeviceSample<N> => ({
  name,
  page,
  model,
});

const portal = { name: 'Cổng dịch vụ công Sở Mẫu', organization: 'Sở Mẫu tỉnh Mẫu' };
const code = {
  action: '/interaction/sample/device-code',
  resendAction: '/interaction/sample/device-code-again',
  address: 'b•••@congdan.example',
  minutes: 10,
};
const open = {
  portal,
  name: 'Nguyễn Thị Bích Ngọc',
  device: 'Chrome trên Android',
  refused: false,
  pageAddress: '/interaction/sample',
  otherAccountAction: '/interaction/sample/other-account',
  cancelAction: '/interaction/sample/cancel',
  errors: [],
} as const;
const askAction = '/interaction/sample/device-ask';
const waiting = { number: '47', stateAddress: '/interaction/sample/device-state', until: '07:40' };

const facts = [
  { label: 'Lúc', value: '21/11/2026 07:30', figures: true },
  { label: 'Cổng dịch vụ', value: portal.name },
  { label: 'Thiết bị', value: 'Chrome trên Android' },
  { label: 'Nơi (ước đoán)', value: '203.0.113.x' },
];
const request = '/account/devices/requests/sample';
const used = [
  { label: 'Đăng nhập lần cuối', value: '21/11/2026 07:30', figures: true },
  { label: 'Nơi (ước đoán)', value: 'Hưng Yên' },
  { label: 'Dùng từ', value: '01/02/2026', figures: true },
  { label: 'Xác nhận bằng', value: 'Mã gửi qua thư điện tử' },
];
const task = {
  title: 'Xác nhận thiết bị mới',
  text: 'Chrome trên Android muốn đăng nhập vào Cổng dịch vụ công Sở Mẫu, lúc 07:30.',
  state: 'caution',
  link: { href: request, label: 'Xem và trả lời' },
} as const;
const tab = 'profile';
const number = { field: 'number', text: 'Chọn số đang hiện trên thiết bị mới' };

/** Every state of the pages about devices. */
export const deviceSamples: readonly DeviceSample[] = [
  sample('new-device', 'new-device', { ...open, code, askAction }),
  sample('new-device-code-wrong', 'new-device', {
    ...open,
    code,
    errors: [{ field: 'code', text: 'Mã không đúng.' }],
  }),
  sample('new-device-held', 'new-device', {
    ...open,
    code: { ...code, heldUntil: '21/11/2026 08:30' },
    askAction,
  }),
  sample('new-device-waiting', 'new-device', { ...open, code, waiting }),
  sample('new-device-known-only', 'new-device', { ...open, askAction }),
  sample('new-device-refused', 'new-device', { ...open, code, refused: true }),
  sample('device-stuck', 'device-stuck', {
    portal,
    name: open.name,
    device: open.device,
    backAction: open.cancelAction,
    otherAccountAction: open.otherAccountAction,
    reference: 'q3X7kP2m',
  }),
  sample('not-me', 'not-me', { kind: 'new_sign_in', facts, action: '/not-me', token: 'sample' }),
  sample('not-me-done', 'not-me-end', { outcome: 'done' }),
  sample('not-me-used', 'not-me-end', { outcome: 'used' }),
  sample('not-me-over', 'not-me-end', { outcome: 'over' }),
  sample('account-devices', 'account/devices', {
    tab,
    requests: [task],
    devices: [
      { name: 'Edge trên Windows', facts: used, current: true },
      {
        name: 'Chrome trên Android',
        facts: used,
        current: false,
        signOut: '/account/devices/sample/sign-out',
      },
    ],
    others: { href: '/account/devices/others', label: 'Đăng xuất mọi thiết bị khác' },
  }),
  sample('account-devices-none', 'account/devices', { tab, requests: [], devices: [] }),
  sample('account-device-sign-out', 'account/device-sign-out', {
    tab,
    which: 'one',
    facts: [{ label: 'Thiết bị', value: 'Chrome trên Android' }, ...used],
    action: '/account/devices/sample/sign-out',
  }),
  sample('account-device-sign-out-others', 'account/device-sign-out', {
    tab,
    which: 'others',
    facts: [],
    action: '/account/devices/others',
  }),
  sample('account-device-request', 'account/device-request', {
    tab: 'notices',
    facts,
    choices: [47, 12, 83],
    action: request,
    notMe: `${request}/not-me`,
    errors: [],
  }),
  sample('account-device-request-errors', 'account/device-request', {
    tab: 'notices',
    facts,
    choices: [47, 12, 83],
    action: request,
    notMe: `${request}/not-me`,
    errors: [number],
  }),
  sample('account-device-confirmed', 'account/device-answered', { tab: 'notices', outcome: 'confirmed' }),
  sample('account-device-refused', 'account/device-answered', {
    tab: 'notices',
    outcome: 'refused',
    notMe: `${request}/not-me`,
  }),
  sample('account-device-over', 'account/device-answered', { tab: 'notices', outcome: 'over' }),
  sample('account-device-not-me', 'account/device-not-me', {
    tab: 'notices',
    facts,
    action: `${request}/not-me`,
  }),
];
