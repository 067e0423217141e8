import { documentScope, expiresAt, field, issuedAt, persons } from './document-scope.ts';
import { registries } from './registries.ts';

/** What somebody may drive, owns and is insured for, and the medical history: held by any person. */
export const entitlementDocuments = [
  documentScope('driving_licence', {
    label: { vi: 'Giấy phép lái xe', en: 'Driving licence' },
    holders: persons,
    issuer: registries.traffic,
    fields: [
      field('number', 'Số giấy phép', 'Licence number'),
      field('classes', 'Hạng', 'Classes'),
      issuedAt,
      expiresAt,
      field('place_of_issue', 'Nơi cấp', 'Place of issue'),
    ],
  }),
  documentScope('vehicle_registration', {
    label: { vi: 'Đăng ký xe', en: 'Vehicle registration' },
    holders: persons,
    issuer: registries.traffic,
    fields: [
      field('plate', 'Biển số', 'Plate'),
      field('number', 'Số giấy đăng ký', 'Registration number'),
      field('vehicle', 'Loại xe', 'Vehicle'),
      field('brand', 'Nhãn hiệu', 'Brand'),
      field('colour', 'Màu sơn', 'Colour'),
      issuedAt,
    ],
    heading: 'plate',
  }),
  documentScope('health_insurance', {
    label: { vi: 'Thẻ bảo hiểm y tế', en: 'Health insurance card' },
    holders: persons,
    issuer: registries.socialSecurity,
    fields: [
      field('number', 'Mã thẻ', 'Card number'),
      field('valid_from', 'Giá trị từ ngày', 'Valid from'),
      expiresAt,
      field('first_facility', 'Nơi đăng ký khám chữa bệnh ban đầu', 'Registered medical facility'),
      field('five_years_from', 'Thời điểm đủ 5 năm liên tục', 'Five continuous years reached on'),
    ],
  }),
  documentScope('social_insurance', {
    label: { vi: 'Quá trình tham gia bảo hiểm xã hội', en: 'Social insurance history' },
    holders: persons,
    issuer: registries.socialSecurity,
    fields: [
      field('number', 'Mã số bảo hiểm xã hội', 'Social insurance number'),
      field('total_months', 'Tổng số tháng đóng', 'Months contributed'),
      field('periods', 'Các giai đoạn đóng', 'Periods of contribution', [
        field('from', 'Từ tháng', 'From'),
        field('to', 'Đến tháng', 'To'),
        field('employer', 'Đơn vị', 'Employer'),
        field('position', 'Chức danh', 'Position'),
      ]),
    ],
  }),
  documentScope('health_record', {
    label: { vi: 'Sổ sức khỏe điện tử', en: 'Health record' },
    holders: persons,
    issuer: registries.health,
    sensitive: true,
    fields: [
      field('issued_at', 'Ngày khám', 'Date of visit'),
      field('facility', 'Nơi khám', 'Medical facility'),
      field('department', 'Chuyên khoa', 'Department'),
      field('diagnosis', 'Chẩn đoán', 'Diagnosis'),
      field('icd10', 'Mã bệnh (ICD-10)', 'ICD-10 code'),
    ],
    heading: 'facility',
  }),
];
