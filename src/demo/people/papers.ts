import type { DocumentRecord } from '../../documents/scope.ts';
import type { SyntheticHolding } from './synthetic-person.ts';

const authority = 'Bộ Công an';

/** The present card; its number is the personal number. */
export const idCard = (number: string, issued_at: string, expires_at?: string): SyntheticHolding => ({
  scope: 'doc:id_card',
  records: [
    {
      status: 'valid',
      number,
      issued_at,
      ...(expires_at ? { expires_at } : {}),
      data: { place_of_issue: authority },
    },
  ],
});

/** A card that a later one replaced. */
export const earlierCard = (
  kind: 'CMND' | 'CCCD',
  number: string,
  issued_at: string,
  expires_at: string,
  place_of_issue: string,
): DocumentRecord => ({ status: 'revoked', number, issued_at, expires_at, data: { kind, place_of_issue } });

export const licence = (
  number: string,
  classes: readonly string[],
  issued_at: string,
  expires_at: string | undefined,
  place_of_issue: string,
): DocumentRecord => ({
  status: 'valid',
  number,
  issued_at,
  ...(expires_at ? { expires_at } : {}),
  data: { classes, place_of_issue },
});

/** The card of a calendar year, as the state employers' scheme issues it. */
export const healthInsurance = (number: string, year: string, first_facility: string): SyntheticHolding => ({
  scope: 'doc:health_insurance',
  records: [
    {
      status: 'valid',
      number,
      issued_at: `${year}-01-01`,
      expires_at: `${year}-12-31`,
      data: { valid_from: `${year}-01-01`, first_facility, five_years_from: '2021-01-01' },
    },
  ],
});

export interface Member {
  readonly name: string;
  readonly personal_number: string;
  readonly relation: string;
}

/** Everybody registered at one address; the first is the head. */
export const residence = (
  permanent_address: string,
  own: string,
  members: readonly [Member, ...Member[]],
  temporary_address?: string,
): SyntheticHolding => ({
  scope: 'doc:residence',
  records: [
    {
      status: 'valid',
      data: {
        permanent_address,
        ...(temporary_address ? { temporary_address } : {}),
        household_head: members[0].name,
        relation_to_head:
          members.find(({ personal_number }) => personal_number === own)?.relation ?? 'Người ở nhờ',
        members,
      },
    },
  ],
});

export const dependent = (
  number: string,
  data: { name: string; birthdate: string; relation: string; verified_at: string; ended_at?: string },
): DocumentRecord => ({ status: data.ended_at ? 'revoked' : 'valid', number, data });
