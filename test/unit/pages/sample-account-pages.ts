import type {
  AccountPageModels,
  ActivityEntry,
  PortalPage,
  WalletCard,
} from '../../../src/http/account/page-models.ts';
import { person } from '../../support/citizen.ts';

interface AccountSample<N extends keyof AccountPageModels = keyof AccountPageModels> {
  readonly name: string;
  readonly page: N;
  readonly model: AccountPageModels[N];
}

const sample = <N extends keyof AccountPageModels>(
  name: string,
  page: N,
  model: AccountPageModels[N],
): AccountSample<N> => ({ name: `account-${name}`, page, model });

const name = person('all-documents').subject.name;
const longName = person('renumbered').subject.name;
const longPortal = 'Hệ thống thông tin giải quyết thủ tục hành chính và dịch vụ công trực tuyến tỉnh Mẫu';
const raise = { href: '/account/wallet/open', label: 'Đăng nhập mức độ 2' };

const home: AccountPageModels['account/home'] = {
  tab: 'home',
  name,
  levelTitle: 'Mức độ 2',
  levelText: 'Tài khoản có giá trị như thẻ căn cước và như các giấy tờ đã tích hợp trong ví.',
  lastSignIn: '21/11/2026 07:30, Cổng dịch vụ công Sở Mẫu',
  tasks: [],
  links: [
    { href: '/account/activity', label: 'Hoạt động' },
    { href: '/account/portals', label: 'Cổng đã kết nối' },
  ],
};
const task = {
  title: 'Giấy tờ tùy thân sắp hết hạn',
  text: 'Giấy tờ có giá trị đến hết ngày 21/12/2026.',
  state: 'caution',
} as const;

const card: WalletCard = {
  title: 'Thẻ căn cước',
  href: '/account/wallet/id_card',
  issuer: 'Cơ sở dữ liệu căn cước, Bộ Công an',
  syncedAt: '21/11/2026 07:30',
  sensitive: false,
  records: [{ text: '097 184 000 002 · có giá trị đến hết ngày 05/09/2044', state: 'valid' }],
};
const states = ['valid', 'expired', 'revoked'] as const;
const cards: WalletCard[] = [
  card,
  {
    ...card,
    title: 'Đăng ký xe',
    href: '/account/wallet/vehicle_registration',
    records: Array.from({ length: 20 }, (_, index) => ({
      text: `60A-970.${index + 10} · 60 0970${index + 10}`,
      state: states[index % 3] ?? 'valid',
    })),
  },
  {
    title: 'Sổ sức khỏe điện tử',
    href: '/account/wallet/health_record',
    issuer: 'Bộ Y tế',
    sensitive: true,
    records: [{ text: 'Chưa lấy được dữ liệu từ cơ quan quản lý', state: 'missing' }],
  },
];

const entry: ActivityEntry = {
  when: '21/11/2026 07:30',
  title: 'Giấy tờ được chuyển cho cổng',
  portal: 'Cổng dịch vụ công Sở Mẫu',
  state: 'plain',
  facts: [
    { label: 'Giấy tờ', value: 'Thẻ căn cước, Giấy phép lái xe' },
    { label: 'Mục đích', value: 'Thẻ căn cước: Thay bản sao căn cước' },
    { label: 'Cách', value: 'Trực tuyến, theo sự đồng ý của bạn' },
  ],
};
const refused: ActivityEntry = {
  when: '20/11/2026 23:59',
  title: 'Xác thực không thành công',
  state: 'caution',
  facts: [{ label: 'Cách', value: 'Mật khẩu' }],
};
const kinds = ['Tất cả', 'Đăng nhập', 'Bị từ chối', 'Đồng ý', 'Rút lại', 'Giấy tờ đã chuyển'];
const activity: AccountPageModels['account/activity'] = {
  tab: 'profile',
  kinds: kinds.map((label, index) => ({ label, href: '/account/activity', chosen: index === 0 })),
  month: 'Mọi thời gian',
  months: ['Mọi thời gian', 'Tháng 11/2026', 'Tháng 10/2026'].map((label, index) => ({
    label,
    href: '/account/activity',
    chosen: index === 0,
  })),
  entries: [entry, refused, { ...entry, portal: longPortal }],
  csv: '/account/activity.csv',
  json: '/account/activity.json',
};

const item: PortalPage['items'][number] = {
  label: 'Thẻ căn cước',
  fields: 'Số thẻ, Ngày cấp, Ngày hết hạn, Nơi cấp',
  purpose: 'Đối chiếu giấy tờ tùy thân thay cho bản giấy',
  required: true,
  sensitive: false,
  withdraw: '/account/portals/cong-so-mau/withdraw?scope=doc%3Aid_card',
};
const portal: PortalPage = {
  tab: 'profile',
  name: 'Cổng dịch vụ công Sở Mẫu',
  organization: 'Sở Mẫu tỉnh Mẫu',
  since: '21/11/2026',
  until: '21/11/2027',
  items: [item, { ...item, label: 'Sổ sức khỏe điện tử', required: false, sensitive: true }],
  withdrawAll: '/account/portals/cong-so-mau/withdraw',
};
const connected = {
  name: portal.name,
  organization: portal.organization,
  since: portal.since,
  summary: 'Thông tin cơ bản, Thẻ căn cước, Giấy phép lái xe',
  href: '/account/portals/cong-so-mau',
};
const withdraw: AccountPageModels['account/withdraw'] = {
  tab: 'profile',
  name: portal.name,
  action: item.withdraw,
  item: 'Thẻ căn cước',
  required: true,
  back: connected.href,
};

/** Every page of the account in every state it has, with the longest names. */
export const accountSamples: readonly AccountSample[] = [
  sample('home', 'account/home', home),
  sample('home-tasks', 'account/home', {
    ...home,
    name: longName,
    raise,
    tasks: [task, { ...task, link: raise }],
  }),
  sample('wallet', 'account/wallet', { tab: 'wallet', minutes: 30, cards }),
  sample('wallet-empty', 'account/wallet', { tab: 'wallet', minutes: 30, cards: [] }),
  sample('wallet-closed', 'account/wallet-closed', { tab: 'wallet', minutes: 30, open: raise.href }),
  sample('wallet-unreachable', 'account/wallet-closed', {
    tab: 'wallet',
    minutes: 30,
    why: 'Tài khoản của bạn đang ở mức độ 1.',
    advice: 'Hãy mang giấy tờ tùy thân đến cơ quan công an.',
  }),
  sample('wallet-document', 'account/wallet-document', {
    tab: 'wallet',
    title: 'Quá trình tham gia bảo hiểm xã hội',
    issuer: 'Bảo hiểm xã hội Việt Nam',
    syncedAt: '21/11/2026 07:30',
    sensitive: true,
    records: [
      {
        heading: '990 000 000 2',
        state: 'valid',
        facts: [{ label: 'Tổng số tháng đóng', value: '214', figures: true }],
        tables: [
          {
            title: 'Các giai đoạn đóng',
            rows: [
              [
                { label: 'Từ tháng', value: '01/2008', figures: true },
                { label: 'Đơn vị', value: longName },
              ],
            ],
          },
        ],
      },
      { heading: 'Không có trong cơ sở dữ liệu', state: 'missing', facts: [], tables: [] },
    ],
  }),
  sample('activity', 'account/activity', { ...activity, older: '/account/activity?after=1' }),
  sample('activity-further', 'account/activity', {
    ...activity,
    entries: [],
    older: '/account/activity?after=2',
    latest: '/account/activity',
  }),
  sample('activity-empty', 'account/activity', { ...activity, entries: [] }),
  sample('portals', 'account/portals', {
    tab: 'profile',
    portals: [connected, { ...connected, name: longPortal, href: '/account/portals/tthc' }],
  }),
  sample('portals-empty', 'account/portals', { tab: 'profile', portals: [] }),
  sample('portal', 'account/portal', portal),
  sample('portal-nothing', 'account/portal', { ...portal, name: longPortal, items: [] }),
  sample('withdraw', 'account/withdraw', withdraw),
  sample('withdraw-all', 'account/withdraw', {
    tab: 'profile',
    name: longPortal,
    action: portal.withdrawAll,
    required: false,
    back: connected.href,
  }),
  sample('lock', 'account/lock', { tab: 'profile', action: '/account/lock', back: '/account/profile' }),
  sample('notices', 'account/notices', {
    tab: 'notices',
    waiting: [{ ...task, link: { href: '/account/contact/email', label: 'Xem hoặc hủy' } }],
    papers: [task],
    days: 30,
    entries: [entry, refused],
    all: '/account/activity',
    preferences: '/account/notices/preferences',
  }),
  sample('notices-empty', 'account/notices', {
    tab: 'notices',
    waiting: [],
    papers: [],
    days: 30,
    entries: [],
    all: '/account/activity',
    preferences: '/account/notices/preferences',
    raise,
  }),
  sample('profile', 'account/profile', {
    tab: 'profile',
    facts: [
      { label: 'Họ và tên', value: longName },
      { label: 'Số định danh cá nhân', value: '••• ••• ••• 002', figures: true },
    ],
    languages: [
      { href: '/account/profile?language=vi', label: 'Tiếng Việt', code: 'vi', chosen: true },
      { href: '/account/profile?language=en', label: 'English', code: 'en', chosen: false },
    ],
    settings: [
      ...home.links,
      { href: '/account/contact/email', label: 'Địa chỉ thư điện tử', value: 'bich.ngoc@congdan.example' },
    ],
  }),
];
