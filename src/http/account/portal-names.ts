import type { Language } from '../../messages/language.ts';
import { translator } from '../../messages/translate.ts';
import type { RelyingPartyRegistry } from '../../relying-party/registry.ts';
import type { RelyingParty } from '../../relying-party/relying-party.ts';

/** What a portal is called on pages, also one that is no longer registered. */
export type PortalNames = (clientId: string, language: Language) => Promise<string>;

export const createPortalNames =
  (registry: Pick<RelyingPartyRegistry, 'get' | 'former'>): PortalNames =>
  async (clientId, language) => {
    const standing = await registry.get(clientId);
    if (standing !== undefined) return inLanguage(standing, language);
    const former = await registry.former(clientId);
    const t = translator(language);
    return former === undefined
      ? t('accountPortals.unknown', { id: clientId })
      : t('accountPortals.former', { name: inLanguage(former, language) });
  };

const inLanguage = ({ name }: RelyingParty, language: Language): string =>
  language === 'en' ? (name.en ?? name.vi) : name.vi;
