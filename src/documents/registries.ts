import type { DocumentScope } from './scope.ts';

/**
 * Who answers for a document, under the official name of today (licences are with the police since 1/3/2025).
 * The id is what a relying party receives and evidence names: it stays when a name changes.
 */
export const registries = {
  identity: {
    id: 'identity-card-database',
    vi: 'Cơ sở dữ liệu căn cước, Bộ Công an',
    en: 'Identity card database, Ministry of Public Security',
  },
  residence: {
    id: 'residence-database',
    vi: 'Cơ sở dữ liệu về cư trú, Bộ Công an',
    en: 'Residence database, Ministry of Public Security',
  },
  population: {
    id: 'population-database',
    vi: 'Cơ sở dữ liệu quốc gia về dân cư, Bộ Công an',
    en: 'National population database, Ministry of Public Security',
  },
  traffic: {
    id: 'traffic-police',
    vi: 'Cục Cảnh sát giao thông, Bộ Công an',
    en: 'Traffic Police Department, Ministry of Public Security',
  },
  immigration: {
    id: 'immigration-department',
    vi: 'Cục Quản lý xuất nhập cảnh, Bộ Công an',
    en: 'Immigration Department, Ministry of Public Security',
  },
  socialSecurity: {
    id: 'vietnam-social-security',
    vi: 'Bảo hiểm xã hội Việt Nam',
    en: 'Vietnam Social Security',
  },
  health: { id: 'ministry-of-health', vi: 'Bộ Y tế', en: 'Ministry of Health' },
} as const satisfies Record<string, DocumentScope['issuer']>;
