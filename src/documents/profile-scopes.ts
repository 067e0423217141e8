import { holderTypes } from '../subject/subject.ts';
import { field } from './document-scope.ts';
import type { ProfileScope } from './scope.ts';

const profileScope = (scope: Pick<ProfileScope, 'scope' | 'label' | 'claims' | 'fields'>): ProfileScope => ({
  kind: 'profile',
  holders: holderTypes,
  level: 1,
  sensitive: false,
  ...scope,
});

/** Level 1: what identity data alone carry (Decree 69/2024; OpenID Connect Core 5.1 and 5.4). */
export const profileScopes: readonly ProfileScope[] = [
  profileScope({
    scope: 'profile',
    label: { vi: 'Thông tin cơ bản', en: 'Basic details' },
    claims: ['name', 'birthdate', 'gender', 'nationality', 'holder_type', 'assurance_level', 'updated_at'],
    fields: [
      field('name', 'Họ và tên', 'Full name'),
      field('birthdate', 'Ngày sinh', 'Date of birth'),
      field('gender', 'Giới tính', 'Sex'),
      field('nationality', 'Quốc tịch', 'Nationality'),
      field('holder_type', 'Loại tài khoản', 'Type of account'),
      field('assurance_level', 'Mức độ tài khoản', 'Level of the account'),
      field('updated_at', 'Thời điểm cập nhật', 'Time of last update'),
    ],
  }),
  profileScope({
    scope: 'identity',
    label: { vi: 'Số định danh cá nhân', en: 'Personal identification number' },
    claims: ['personal_number', 'former_personal_numbers'],
    fields: [
      field('personal_number', 'Số định danh cá nhân', 'Personal identification number'),
      field('former_personal_numbers', 'Số định danh đã hủy trước đây', 'Earlier, cancelled numbers'),
    ],
  }),
  profileScope({
    scope: 'email',
    label: { vi: 'Thư điện tử', en: 'E-mail' },
    claims: ['email', 'email_verified'],
    fields: [field('email', 'Địa chỉ thư điện tử', 'E-mail address')],
  }),
  profileScope({
    scope: 'phone',
    label: { vi: 'Số điện thoại', en: 'Phone' },
    claims: ['phone_number', 'phone_number_verified'],
    fields: [field('phone_number', 'Số điện thoại', 'Phone number')],
  }),
  profileScope({
    scope: 'address',
    label: { vi: 'Địa chỉ liên hệ', en: 'Contact address' },
    claims: ['address'],
    fields: [field('address', 'Địa chỉ liên hệ', 'Contact address')],
  }),
];
