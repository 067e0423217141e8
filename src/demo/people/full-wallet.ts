import { dayInVietnam } from '../../clock/calendar-day.ts';
import { dependent, earlierCard, healthInsurance, idCard, licence, residence } from './papers.ts';
import {
  address,
  citizen,
  contact,
  type SyntheticHolding,
  type SyntheticPerson,
} from './synthetic-person.ts';

const number = '097184000002';
const home = address('Số 27, đường Nguyễn Ái Quốc', 'phường Trần Biên', 'thành phố Đồng Nai');

const identity: readonly SyntheticHolding[] = [
  idCard(number, '2024-08-12', '2044-09-05'),
  {
    scope: 'doc:id_card_history',
    records: [
      earlierCard(
        'CCCD',
        number,
        '2021-06-15',
        '2024-09-05',
        'Cục Cảnh sát quản lý hành chính về trật tự xã hội',
      ),
      earlierCard('CCCD', number, '2016-11-21', '2024-09-05', 'Cục Cảnh sát đăng ký quản lý cư trú'),
      earlierCard('CMND', '970000002', '2002-05-10', '2017-05-10', 'Công an tỉnh Đồng Nai'),
    ],
  },
  residence(home.formatted, number, [
    { name: 'Lê Hoàng Nam', personal_number: '097082000021', relation: 'Chủ hộ' },
    { name: 'Trần Thị Bích Ngọc', personal_number: number, relation: 'Vợ' },
    { name: 'Lê Trần Bảo Châu', personal_number: '097316000022', relation: 'Con' },
  ]),
  {
    scope: 'doc:dependents',
    records: [
      dependent('097316000022', {
        name: 'Lê Trần Bảo Châu',
        birthdate: '2016-12-03',
        relation: 'Con',
        verified_at: '2024-08-12',
      }),
    ],
  },
];

const onTheRoad: readonly SyntheticHolding[] = [
  {
    scope: 'doc:driving_licence',
    records: [
      licence('970184000021', ['B'], '2025-04-18', '2035-04-18', 'Phòng Cảnh sát giao thông Đồng Nai'),
      licence('970104000022', ['A1'], '2004-02-09', undefined, 'Sở Giao thông vận tải Đồng Nai'),
    ],
  },
  {
    scope: 'doc:vehicle_registration',
    records: [
      {
        status: 'valid',
        number: '60 097002',
        issued_at: '2022-10-03',
        data: { plate: '60A-970.02', vehicle: 'Ô tô con', brand: 'TOYOTA VIOS', colour: 'Trắng' },
      },
      {
        status: 'valid',
        number: '60 097003',
        issued_at: '2019-01-15',
        data: { plate: '60B1-970.03', vehicle: 'Xe mô tô hai bánh', brand: 'HONDA VISION', colour: 'Đỏ' },
      },
    ],
  },
];

const welfare = (year: string): readonly SyntheticHolding[] => [
  healthInsurance('DN4759900000002', year, 'Bệnh viện đa khoa Thống Nhất Đồng Nai'),
  {
    scope: 'doc:social_insurance',
    records: [
      {
        status: 'valid',
        number: '9900000002',
        data: {
          total_months: 214,
          periods: [
            { from: '2008-01', to: '2015-06', employer: 'Công ty TNHH May Mẫu', position: 'Công nhân may' },
            { from: '2015-07', to: '2025-10', employer: 'Công ty cổ phần Gốm Mẫu', position: 'Tổ trưởng' },
          ],
        },
      },
    ],
  },
  {
    scope: 'doc:health_record',
    records: [
      {
        status: 'valid',
        issued_at: '2026-04-06',
        data: {
          facility: 'Bệnh viện đa khoa Thống Nhất Đồng Nai',
          department: 'Nội tổng quát',
          diagnosis: 'Tăng huyết áp nguyên phát',
          icd10: 'I10',
        },
      },
      {
        status: 'valid',
        issued_at: '2025-11-17',
        data: {
          facility: 'Trạm y tế phường Trần Biên',
          department: 'Khám bệnh',
          diagnosis: 'Viêm mũi họng cấp',
          icd10: 'J00',
        },
      },
    ],
  },
];

/** Number 2: every document there is. */
export const fullWallet = (now: number): SyntheticPerson => ({
  key: 'all-documents',
  subject: citizen(now, {
    personal_number: number,
    name: 'Trần Thị Bích Ngọc',
    birthdate: '1984-09-05',
    gender: 'female',
    address: home,
    ...contact('bich.ngoc', '+84970000002'),
    identity_paper_expires_at: '2044-09-05',
  }),
  password: 'pho-bo-buoi-sang',
  totpSecret: 'MOTCUADEMOALLDOCUMENTSAAAAAAAAAA',
  holdings: [...identity, ...onTheRoad, ...welfare(dayInVietnam(now).slice(0, 4))],
  note: {
    vi: 'Mức độ 2, đủ mọi giấy tờ, có cả thẻ cũ và CMND. Thử: nộp hồ sơ cần giấy tờ, bỏ chọn giấy tờ tùy chọn.',
    en: 'Level 2 with every document, earlier cards included. Try: a procedure that needs papers, leaving out optional ones.',
  },
});
