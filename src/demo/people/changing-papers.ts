import { earlierCard, idCard, licence, residence } from './papers.ts';
import { address, citizen, contact, dayAfter, type SyntheticPerson } from './synthetic-person.ts';

/** Number 5: the passport, on which level 2 rests, runs out in a few days. */
const foreigner = (now: number): SyntheticPerson => {
  const lastDay = dayAfter(now, 10);
  return {
    key: 'foreigner',
    subject: citizen(now, {
      holder_type: 'foreigner',
      personal_number: '099088000005',
      name: 'KIM MIN JUN',
      birthdate: '1988-12-02',
      gender: 'male',
      nationality: 'KOR',
      address: address('Căn hộ 12.05, chung cư Mẫu', 'phường Long Bình', 'thành phố Đồng Nai'),
      ...contact('kim.minjun', '+84970000005'),
      identity_paper_expires_at: lastDay,
    }),
    password: 'banh-mi-viet-nam',
    totpSecret: 'MOTCUADEMOFOREIGNERAAAAAAAAAAAAA',
    holdings: [
      {
        scope: 'doc:passport',
        records: [
          {
            status: 'valid',
            number: 'M97000005',
            issued_at: dayAfter(now, 10 - 3652),
            expires_at: lastDay,
            data: { issuing_country: 'KOR' },
          },
        ],
      },
      {
        scope: 'doc:residence_card',
        records: [
          {
            status: 'valid',
            number: 'TT970005',
            issued_at: '2025-02-17',
            expires_at: dayAfter(now, 400),
            data: { kind: 'Thẻ tạm trú', symbol: 'LĐ1', place_of_issue: 'Công an thành phố Đồng Nai' },
          },
        ],
      },
      {
        scope: 'doc:driving_licence',
        records: [
          licence('970125000051', ['B'], '2025-03-20', '2035-03-20', 'Phòng Cảnh sát giao thông Đồng Nai'),
        ],
      },
    ],
    note: {
      vi: 'Người nước ngoài có thẻ tạm trú; hộ chiếu sắp hết hạn, sau đó chỉ còn mức độ 1.',
      en: 'A foreigner with a residence card; the passport is about to expire, after which only level 1 remains.',
    },
  };
};

/** Number 9: the card has run out, so level 2 rests until it is renewed. */
const expiredCard = (now: number): SyntheticPerson => {
  const lastDay = dayAfter(now, -20);
  return {
    key: 'expired-card',
    subject: citizen(now, {
      personal_number: '097086000009',
      name: 'Bùi Quang Vinh',
      birthdate: '1986-06-30',
      gender: 'male',
      address: address('Thôn Đông', 'xã Thái Thụy', 'tỉnh Hưng Yên'),
      ...contact('quang.vinh', '+84970000009'),
      identity_paper_expires_at: lastDay,
    }),
    password: 'la-vang-mua-thu',
    totpSecret: 'MOTCUADEMOEXPIREDCARDAAAAAAAAAAA',
    holdings: [
      idCard('097086000009', '2016-07-04', lastDay),
      {
        scope: 'doc:driving_licence',
        records: [
          licence(
            '970116000091',
            ['B2'],
            '2016-08-22',
            dayAfter(now, -90),
            'Sở Giao thông vận tải Thái Bình',
          ),
        ],
      },
    ],
    note: {
      vi: 'Thẻ căn cước đã hết hạn: tài khoản mức độ 2 tạm tính là mức độ 1.',
      en: 'The identity card has expired: the level 2 account counts as level 1 for now.',
    },
  };
};

const renumberedName = "H'Pơngkrôngbukdliêyan Čư̆ Êban Niê Kdăm Mlô Hwing Kbuôr Ayŭn";
const renumberedHome = 'Thôn Kon Trang Kla, xã Đăk Hà, tỉnh Quảng Ngãi';

/** Number 10: sex and year of birth were corrected, so the number is a new one; the person is the same. */
const renumbered = (now: number): SyntheticPerson => ({
  key: 'renumbered',
  subject: citizen(now, {
    personal_number: '097185000010',
    former_numbers: ['097084000010'],
    name: renumberedName,
    birthdate: '1985-02-01',
    gender: 'female',
    address: address('Thôn Kon Trang Kla', 'xã Đăk Hà', 'tỉnh Quảng Ngãi'),
    ...contact('h.pong', '+84970000010'),
    identity_paper_expires_at: '2045-02-01',
  }),
  password: 'Cao nguyên gió lộng',
  totpSecret: 'MOTCUADEMORENUMBEREDAAAAAAAAAAAA',
  holdings: [
    idCard('097185000010', '2025-09-10', '2045-02-01'),
    {
      scope: 'doc:id_card_history',
      records: [earlierCard('CCCD', '097084000010', '2021-05-06', '2024-02-01', 'Công an tỉnh Kon Tum')],
    },
    residence(renumberedHome, '097185000010', [
      { name: renumberedName, personal_number: '097185000010', relation: 'Chủ hộ' },
    ]),
  ],
  note: {
    vi: 'Đã được cấp lại số định danh, tên rất dài. Thử: đăng nhập bằng số cũ 097 084 000 010.',
    en: 'Has a new personal number and a very long name. Try: signing in with the old number 097 084 000 010.',
  },
});

/** Numbers 5, 9 and 10. */
export const changingPapers = (now: number): readonly SyntheticPerson[] => [
  foreigner(now),
  expiredCard(now),
  renumbered(now),
];
