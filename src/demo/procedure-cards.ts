import { scopeNamed } from '../documents/catalogue.ts';
import type { Language } from '../messages/language.ts';
import { portalText } from './portal-sentences.ts';
import type { Procedure } from './procedures.ts';

/** A procedure as the home page lists it. */
export interface ProcedureCard {
  readonly code: string;
  readonly title: string;
  readonly summary: string;
  readonly demand: string;
  readonly tone: 'base' | 'wish' | 'strong';
  /** What it asks for, in words. */
  readonly asks: readonly string[];
  readonly href: string;
}

const tones = { '1': 'base', wish: 'wish', essential: 'strong', papers: 'strong' } as const;

/** `openid` says nothing to a reader and is left out. */
export function procedureCards(procedures: readonly Procedure[], language: Language): ProcedureCard[] {
  const t = portalText(language);
  return procedures.map(({ code, title, summary, demand, scopes }) => ({
    code,
    title: title[language],
    summary: summary[language],
    demand: t(`demand.${demand}`),
    tone: tones[demand],
    asks: scopes.flatMap((scope) => scopeNamed(scope)?.label[language] ?? []),
    href: `/dang-nhap?thu-tuc=${code}`,
  }));
}
