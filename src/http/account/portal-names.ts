import type { Language } from '../../messages/language.ts';
import { translator } from '../../messages/translate.ts';
import type { RelyingPartyRegistry } from '../../relying-party/registry.ts';

/** What a portal is called on pages, also one that is no longer registered. */
export type PortalNames = (clientId: string, language: Language) => Promise<string>;

export const createPortalNames =
  (registry: Pick<RelyingPartyRegistry, 'get'>): PortalNames =>
  async (clientId, language) => {
    const name = (await registry.get(clientId))?.name;
    if (name === undefined) return translator(language)('accountPortals.former', { id: clientId });
    return language === 'en' ? (name.en ?? name.vi) : name.vi;
  };
