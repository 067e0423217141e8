import { dependent, idCard, residence } from './papers.ts';
import { address, citizen, contact, type SyntheticPerson } from './synthetic-person.ts';

const home = 'Số 8, đường Nguyễn Trãi, phường Ninh Kiều, thành phố Cần Thơ';
/** Where she stays while she works away from home. */
const lodging = 'Số 15, đường Nguyễn Huệ, phường Long Châu, tỉnh Vĩnh Long';
const mother = { name: 'Phạm Thị Hồng Nhung', personal_number: '098190000003', relation: 'Chủ hộ' };
const older = { name: 'Võ Phạm Gia Hân', personal_number: '098314000031', relation: 'Con' };
const younger = { name: 'Võ Phạm Minh Khang', personal_number: '098221000032', relation: 'Con' };
const familyAddress = address('Số 8, đường Nguyễn Trãi', 'phường Ninh Kiều', 'thành phố Cần Thơ');

const theMother = (now: number): SyntheticPerson => ({
  key: 'mother',
  subject: citizen(now, {
    personal_number: mother.personal_number,
    name: mother.name,
    birthdate: '1990-07-22',
    gender: 'female',
    address: familyAddress,
    ...contact('hong.nhung', '+84970000003'),
    identity_paper_expires_at: '2030-07-22',
  }),
  password: 'dan-vit-trong-ao',
  totpSecret: 'MOTCUADEMOMOTHERAAAAAAAAAAAAAAAA',
  holdings: [
    idCard(mother.personal_number, '2021-03-09', '2030-07-22'),
    residence(home, mother.personal_number, [mother, older, younger], lodging),
    {
      scope: 'doc:dependents',
      records: [
        dependent(older.personal_number, {
          name: older.name,
          birthdate: '2014-05-20',
          relation: 'Con',
          verified_at: '2024-07-15',
        }),
        dependent(younger.personal_number, {
          name: younger.name,
          birthdate: '2021-08-15',
          relation: 'Con',
          verified_at: '2024-07-15',
        }),
      ],
    },
    { scope: 'doc:driving_licence', records: [], unavailable: 'registry_unavailable' },
  ],
  note: {
    vi: 'Mức độ 2, có hai con nhỏ. Thử: thông tin cư trú và con dưới 14 tuổi; giấy phép lái xe đang chưa lấy được dữ liệu.',
    en: 'Level 2, mother of two. Try: residence and children under 14; her driving licence cannot be read at present.',
  },
});

const theOlderChild = (now: number): SyntheticPerson => ({
  key: 'child-12',
  subject: citizen(now, {
    personal_number: older.personal_number,
    name: older.name,
    birthdate: '2014-05-20',
    gender: 'female',
    address: familyAddress,
    identity_paper_expires_at: '2028-05-20',
  }),
  password: 'cau-vong-sau-mua',
  totpSecret: 'MOTCUADEMOCHILDTWELVEAAAAAAAAAAA',
  holdings: [
    idCard(older.personal_number, '2024-07-15', '2028-05-20'),
    residence(home, older.personal_number, [mother, older, younger]),
  ],
  note: {
    vi: 'Trẻ 12 tuổi có tài khoản mức độ 2 riêng.',
    en: 'A child of twelve with a level 2 account of her own.',
  },
});

const theYoungerChild = (now: number): SyntheticPerson => ({
  key: 'child-5',
  subject: citizen(now, {
    personal_number: younger.personal_number,
    name: younger.name,
    birthdate: '2021-08-15',
    gender: 'male',
    address: familyAddress,
    level: 1,
  }),
  password: 'con-meo-mun-tron',
  holdings: [],
  note: {
    vi: 'Trẻ 5 tuổi, mức độ 1: chưa có giấy tờ nào để chia sẻ.',
    en: 'A child of five at level 1: no document can be shared.',
  },
});

/** Number 4: once guardian of an incapacitated adult. */
const theGuardian = (now: number): SyntheticPerson => ({
  key: 'guardian',
  subject: citizen(now, {
    personal_number: '097072000004',
    name: 'Đặng Văn Phúc',
    birthdate: '1972-01-30',
    gender: 'male',
    address: address('Ấp 3', 'xã Vị Thủy', 'thành phố Cần Thơ'),
    ...contact('van.phuc', '+84970000004'),
    identity_paper_expires_at: '2032-01-30',
  }),
  password: 'gieng-nuoc-dau-lang',
  totpSecret: 'MOTCUADEMOGUARDIANAAAAAAAAAAAAAA',
  holdings: [
    idCard('097072000004', '2021-09-28', '2032-01-30'),
    {
      scope: 'doc:dependents',
      records: [
        dependent('097169000041', {
          name: 'Đặng Thị Lành',
          birthdate: '1969-04-11',
          relation: 'Người được giám hộ',
          verified_at: '2023-02-20',
          ended_at: '2026-09-30',
        }),
      ],
    },
  ],
  note: {
    vi: 'Từng là người giám hộ; quan hệ đã chấm dứt. Thử: chia sẻ thông tin người được giám hộ.',
    en: 'Once a guardian; the relation has ended. Try: sharing the ward.',
  },
});

/** Number 3 with both children, and number 4. */
export const families = (now: number): readonly SyntheticPerson[] => [
  theMother(now),
  theOlderChild(now),
  theYoungerChild(now),
  theGuardian(now),
];
