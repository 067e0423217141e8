import { dayInVietnam } from '../../clock/calendar-day.ts';
import { healthInsurance, idCard } from './papers.ts';
import { address, citizen, contact, type SyntheticPerson, timeBefore } from './synthetic-person.ts';

/** Number 1. */
export const levelOne = (now: number): SyntheticPerson => ({
  key: 'level-1',
  subject: citizen(now, {
    personal_number: '098096000001',
    name: 'Nguyễn Văn An',
    birthdate: '1996-03-14',
    gender: 'male',
    level: 1,
    address: address('Số 15, đường Điện Biên', 'phường Phố Hiến', 'tỉnh Hưng Yên'),
    ...contact('van.an', '+84970000001'),
  }),
  password: 'hoa-sen-trang-nuoc',
  holdings: [],
  note: {
    vi: 'Mức độ 1, không có giấy tờ. Thử: thủ tục cần mức độ 2 sẽ được giải thích và quay lại cổng.',
    en: 'Level 1, no documents. Try: a procedure that needs level 2 is explained and leads back to the portal.',
  },
});

/** Number 7. */
const officer = (now: number): SyntheticPerson => ({
  key: 'officer',
  subject: citizen(now, {
    personal_number: '097193000007',
    name: 'Lý Thị Thanh Tâm',
    birthdate: '1993-02-11',
    gender: 'female',
    address: address('Số 40, đường Phạm Hùng', 'phường Cái Răng', 'thành phố Cần Thơ'),
    ...contact('thanh.tam', '+84970000007'),
    identity_paper_expires_at: '2033-02-11',
  }),
  password: 'mot-cua-lien-thong',
  totpSecret: 'MOTCUADEMOOFFICERAAAAAAAAAAAAAAA',
  holdings: [
    idCard('097193000007', '2022-04-01', '2033-02-11'),
    healthInsurance('HC4929900000007', dayInVietnam(now).slice(0, 4), 'Bệnh viện đa khoa thành phố Cần Thơ'),
    { scope: 'doc:health_record', records: [], unavailable: 'registry_unavailable' },
  ],
  note: {
    vi: 'Cán bộ Một cửa, tài khoản công dân mức độ 2 của chính mình.',
    en: 'A one-stop officer, with her own level 2 account of a citizen.',
  },
});

/** Number 8. */
const simChanged = (now: number): SyntheticPerson => ({
  key: 'sim-changed',
  subject: citizen(now, {
    personal_number: '098079000008',
    name: 'Huỳnh Tấn Lộc',
    birthdate: '1979-10-19',
    gender: 'male',
    address: address('Số 101, đường Hùng Vương', 'phường Sóc Trăng', 'thành phố Cần Thơ'),
    ...contact('tan.loc', '+84970000008'),
    identity_paper_expires_at: '2039-10-19',
    status: { kind: 'locked', cause: 'sim_changed', since: timeBefore(now, 6) },
  }),
  password: 'thuyen-ve-ben-cu',
  totpSecret: 'MOTCUADEMOSIMCHANGEDAAAAAAAAAAAA',
  holdings: [idCard('098079000008', '2021-12-24', '2039-10-19')],
  note: {
    vi: 'Bị khóa vì SIM đã đổi chủ. Thử: lý do chỉ hiện sau khi nhập đúng mật khẩu.',
    en: 'Locked because the SIM changed owner. Try: the cause shows only after the right password.',
  },
});

/** Number 11. */
const neverActivated = (now: number): SyntheticPerson => ({
  key: 'never-activated',
  subject: citizen(now, {
    personal_number: '098144000011',
    name: 'Đoàn Thị Mùi',
    birthdate: '1944-06-18',
    gender: 'female',
    address: address('Thôn Thượng', 'xã Tiên Lữ', 'tỉnh Hưng Yên'),
    email: { address: 'thi.mui@congdan.example', verified: false },
    status: { kind: 'not_activated' },
  }),
  password: '',
  holdings: [idCard('098144000011', '2023-05-11')],
  note: {
    vi: 'Được cấp mức độ 2 nhưng chưa kích hoạt: chưa có mật khẩu. Thử: kích hoạt tài khoản bằng mã trong thư điện tử và mã của thư định danh.',
    en: 'Was issued level 2 and never activated the account: there is no password yet. Try: activate it with the code of the e-mail and that of the identification letter.',
  },
});

/** Number 12. */
const deceased = (now: number): SyntheticPerson => ({
  key: 'deceased',
  subject: citizen(now, {
    personal_number: '098038000012',
    name: 'Vũ Đình Thọ',
    birthdate: '1938-11-02',
    gender: 'male',
    address: address('Số 3, ngõ 12, phố Lê Lợi', 'phường Thái Bình', 'tỉnh Hưng Yên'),
    status: { kind: 'closed', cause: 'deceased', since: timeBefore(now, 200) },
  }),
  password: 'nhat-ky-ngay-xua',
  holdings: [idCard('098038000012', '2021-07-30')],
  note: {
    vi: 'Chủ tài khoản đã mất: tài khoản đã đóng, lịch sử vẫn được giữ.',
    en: 'The holder has died: the account is closed, its history kept.',
  },
});

/** Numbers 7, 8, 11 and 12. */
export const accountStates = (now: number): readonly SyntheticPerson[] => [
  officer(now),
  simChanged(now),
  neverActivated(now),
  deceased(now),
];
