import { documentScope, expiresAt, field, issuedAt } from './document-scope.ts';
import { registries } from './registries.ts';

const placeOfIssue = field('place_of_issue', 'Nơi cấp', 'Place of issue');

/** Who somebody is, where and with whom: level 2 of Decree 69/2024, from the police's databases. */
export const identityDocuments = [
  documentScope('id_card', {
    label: { vi: 'Thẻ căn cước', en: 'Identity card' },
    holders: ['citizen'],
    issuer: registries.identity,
    fields: [field('number', 'Số thẻ', 'Card number'), issuedAt, expiresAt, placeOfIssue],
  }),
  documentScope('id_card_history', {
    label: { vi: 'Lịch sử cấp căn cước, CMND', en: 'Earlier identity cards' },
    holders: ['citizen'],
    issuer: registries.identity,
    fields: [
      field('kind', 'Loại giấy tờ', 'Kind of card'),
      field('number', 'Số', 'Number'),
      issuedAt,
      expiresAt,
      placeOfIssue,
    ],
    heading: 'kind',
  }),
  documentScope('residence', {
    label: { vi: 'Thông tin cư trú', en: 'Residence' },
    holders: ['citizen'],
    issuer: registries.residence,
    fields: [
      field('permanent_address', 'Nơi thường trú', 'Permanent residence'),
      field('temporary_address', 'Nơi tạm trú', 'Temporary residence'),
      field('household_head', 'Chủ hộ', 'Head of household'),
      field('relation_to_head', 'Quan hệ với chủ hộ', 'Relation to the head'),
      field('members', 'Thành viên hộ gia đình', 'Members of the household', [
        field('name', 'Họ và tên', 'Full name'),
        field('personal_number', 'Số định danh cá nhân', 'Personal identification number'),
        field('relation', 'Quan hệ với chủ hộ', 'Relation to the head'),
      ]),
    ],
    heading: 'permanent_address',
  }),
  documentScope('dependents', {
    label: { vi: 'Con dưới 14 tuổi, người được giám hộ', en: 'Children under 14, wards' },
    holders: ['citizen'],
    issuer: registries.population,
    fields: [
      field('name', 'Họ và tên', 'Full name'),
      field('number', 'Số định danh cá nhân', 'Personal identification number'),
      field('birthdate', 'Ngày sinh', 'Date of birth'),
      field('relation', 'Quan hệ', 'Relation'),
      field('verified_at', 'Ngày xác thực quan hệ', 'Relation verified on'),
      field('ended_at', 'Ngày chấm dứt quan hệ', 'Relation ended on'),
    ],
    heading: 'name',
  }),
  documentScope('passport', {
    label: { vi: 'Hộ chiếu', en: 'Passport' },
    holders: ['foreigner'],
    issuer: registries.immigration,
    fields: [
      field('number', 'Số hộ chiếu', 'Passport number'),
      issuedAt,
      expiresAt,
      field('issuing_country', 'Nước cấp', 'Country of issue'),
    ],
  }),
  documentScope('residence_card', {
    label: { vi: 'Thẻ thường trú, thẻ tạm trú', en: 'Residence card' },
    holders: ['foreigner'],
    issuer: registries.immigration,
    fields: [
      field('number', 'Số thẻ', 'Card number'),
      field('kind', 'Loại thẻ', 'Kind of card'),
      field('symbol', 'Ký hiệu', 'Symbol'),
      issuedAt,
      expiresAt,
      placeOfIssue,
    ],
  }),
];
