import type { HolderType } from '../subject/subject.ts';
import type { DocumentScope, Field } from './scope.ts';

/** Persons of any kind; organisations hold papers of their own. */
export const persons: readonly HolderType[] = ['citizen', 'foreigner'];

export const field = (name: string, vi: string, en: string, rows?: readonly Field[]): Field => ({
  name,
  label: { vi, en },
  ...(rows ? { rows } : {}),
});

export const issuedAt = field('issued_at', 'Ngày cấp', 'Date of issue');
export const expiresAt = field('expires_at', 'Ngày hết hạn', 'Date of expiry');

type Particulars = Pick<DocumentScope, 'label' | 'holders' | 'issuer' | 'fields'> &
  Partial<Pick<DocumentScope, 'sensitive' | 'heading'>>;

/** The scope `doc:<claim>` and its one claim. */
export const documentScope = (claim: string, particulars: Particulars): DocumentScope => ({
  kind: 'document',
  scope: `doc:${claim}`,
  claim,
  level: 2,
  sensitive: false,
  ...particulars,
});
