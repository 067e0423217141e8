import type { Sentence } from '../messages/language.ts';

/**
 * How a procedure asks for its level (design head 4): `1` asks for none; `wish` sends `acr_values=2` and takes
 * what comes; `essential` sends an essential `acr` claim; `papers` asks for documents, which are level 2 always.
 */
export type LevelDemand = '1' | 'wish' | 'essential' | 'papers';

/** One administrative procedure that the demo portal accepts. */
export interface Procedure {
  /** Of the shape of the national catalogue (1.011410); these are assigned to nothing. */
  readonly code: string;
  readonly title: Sentence;
  readonly summary: Sentence;
  readonly demand: LevelDemand;
  readonly scopes: readonly string[];
}

const identified = ['openid', 'profile', 'identity'] as const;

export const procedures: readonly Procedure[] = [
  {
    code: '1.099101',
    title: { vi: 'Thông báo lưu trú', en: 'Notice of a stay' },
    summary: {
      vi: 'Báo cho cơ quan đăng ký cư trú biết có người đến ở lại qua đêm.',
      en: 'Tell the residence office that somebody is staying overnight.',
    },
    demand: '1',
    scopes: identified,
  },
  {
    code: '1.099102',
    title: { vi: 'Cấp bản sao trích lục hộ tịch', en: 'Copy of a civil-status extract' },
    summary: {
      vi: 'Nhận bản sao giấy khai sinh, kết hôn. Mức độ 2 được xử lý nhanh hơn; mức độ 1 vẫn nộp được.',
      en: 'Get a copy of a birth or marriage record. Level 2 is handled faster; level 1 may file as well.',
    },
    demand: 'wish',
    scopes: [...identified, 'email', 'phone', 'address'],
  },
  {
    code: '1.099103',
    title: { vi: 'Cấp Phiếu lý lịch tư pháp', en: 'Criminal record certificate' },
    summary: {
      vi: 'Chỉ nhận hồ sơ của người đăng nhập ở mức độ 2.',
      en: 'Accepts only a person signed in at level 2.',
    },
    demand: 'essential',
    scopes: identified,
  },
  {
    code: '1.099104',
    title: { vi: 'Đổi giấy phép lái xe', en: 'Exchange of a driving licence' },
    summary: {
      vi: 'Dùng thẻ căn cước trong Ví giấy tờ thay bản chụp; giấy phép và đăng ký xe là tùy chọn.',
      en: 'Uses the identity card from the wallet instead of a photocopy; licence and vehicle are optional.',
    },
    demand: 'papers',
    scopes: [...identified, 'doc:id_card', 'doc:driving_licence', 'doc:vehicle_registration'],
  },
  {
    code: '1.099105',
    title: { vi: 'Hỗ trợ chi phí khám bệnh, chữa bệnh', en: 'Support for the cost of treatment' },
    summary: {
      vi: 'Cần thẻ bảo hiểm y tế. Sổ sức khỏe là dữ liệu nhạy cảm: bạn có thể không đưa.',
      en: 'Needs the health-insurance card. The health record is sensitive: you may withhold it.',
    },
    demand: 'papers',
    scopes: [...identified, 'doc:health_insurance', 'doc:health_record'],
  },
  {
    code: '1.099106',
    title: { vi: 'Trợ cấp xã hội cho trẻ em', en: 'Social allowance for children' },
    summary: {
      vi: 'Đối chiếu nơi cư trú và người phụ thuộc với cơ sở dữ liệu về dân cư.',
      en: 'Checks residence and dependants against the population database.',
    },
    demand: 'papers',
    scopes: [...identified, 'doc:residence', 'doc:dependents'],
  },
];

/** Undefined for a code that is not offered here. */
export const procedureNamed = (code: string | undefined): Procedure | undefined =>
  procedures.find((procedure) => procedure.code === code);

/** The least `acr` with which the portal takes the dossier. */
export const leastAcr = (procedure: Procedure | undefined): 1 | 2 =>
  procedure?.demand === 'essential' || procedure?.demand === 'papers' ? 2 : 1;

/** What goes to the authorization endpoint for it; without a procedure, a plain sign-in at level 1. */
export function requestParameters(procedure: Procedure | undefined): Record<string, string> {
  const scope = (procedure?.scopes ?? identified).join(' ');
  if (procedure?.demand === 'wish') return { scope, acr_values: '2' };
  // OpenID Connect Core 5.5.1.1: the only way to make an `acr` binding.
  if (procedure?.demand === 'essential')
    return { scope, claims: JSON.stringify({ id_token: { acr: { essential: true, value: '2' } } }) };
  return { scope };
}
