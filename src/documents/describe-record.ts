import { formatDate } from '../messages/format.ts';
import type { Language, Sentence } from '../messages/language.ts';
import { groupPersonalNumber } from '../subject/personal-number.ts';
import type { DocumentScope, ReleasedDocument } from './scope.ts';

/** One line about one paper, for its holder: which it is, and whether it is in force. */
export interface RecordLine {
  readonly text: string;
  readonly state: 'valid' | 'expired' | 'revoked' | 'missing';
}

const sentences = {
  not_issued: { vi: 'Không có trong cơ sở dữ liệu', en: 'None on record' },
  registry_unavailable: {
    vi: 'Chưa lấy được dữ liệu từ cơ quan quản lý',
    en: 'The registry could not be reached',
  },
  valid: { vi: 'Đang có hiệu lực', en: 'In force' },
  validUntil: { vi: 'có giá trị đến hết ngày {day}', en: 'valid until {day}' },
  expiredOn: { vi: 'đã hết hạn ngày {day}', en: 'expired on {day}' },
  revoked: { vi: 'không còn hiệu lực', en: 'no longer in force' },
} satisfies Record<string, Sentence>;

/** Of one element that `releaseDocument` gave: the person reads what the relying party would receive. */
export function describeRecord(
  scope: DocumentScope,
  released: ReleasedDocument,
  language: Language,
): RecordLine {
  if ('unavailable' in released) return { text: sentences[released.unavailable][language], state: 'missing' };
  const heading = scope.heading && released.data[scope.heading];
  const parts = [
    typeof heading === 'string' ? heading : undefined,
    released.number && groupPersonalNumber(released.number),
    validity(scope, released, language),
  ];
  return { text: parts.filter(Boolean).join(' · ') || sentences.valid[language], state: released.status };
}

type Paper = Exclude<ReleasedDocument, { unavailable: unknown }>;

/** The day it was issued stands in where a paper in force has no last day. */
function validity(scope: DocumentScope, paper: Paper, language: Language): string | undefined {
  if (paper.status === 'revoked') return sentences.revoked[language];
  if (paper.expires_at !== undefined) {
    const sentence = paper.status === 'expired' ? sentences.expiredOn : sentences.validUntil;
    return sentence[language].replace('{day}', formatDate(paper.expires_at));
  }
  const label = scope.fields.find(({ name }) => name === 'issued_at')?.label[language];
  return label && paper.issued_at && `${label} ${formatDate(paper.issued_at)}`;
}
