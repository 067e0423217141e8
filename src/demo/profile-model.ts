import { decodeProtectedHeader } from 'jose';
import { catalogue } from '../documents/catalogue.ts';
import { formatMoment } from '../messages/format.ts';
import type { Language } from '../messages/language.ts';
import { type DocumentSections, documentSections } from './document-cards.ts';
import { isPortalSentence, type PortalText, portalText } from './portal-sentences.ts';
import { acrOf, nameOf, type PortalSession } from './portal-sessions.ts';
import { type Fact, shownValue } from './shown-value.ts';

/** One block of the engineer's view; `id` is where its copy button points. */
export interface EngineerBlock {
  readonly id: string;
  readonly title: string;
  readonly text: string;
}

/** The page "Hồ sơ của tôi". */
export interface ProfileModel {
  readonly name: string;
  readonly level: 1 | 2;
  /** How the person signed in (`amr`), in words. */
  readonly methods: string;
  /** dd/mm/yyyy hh:mm of `auth_time`. */
  readonly provedAt?: string;
  readonly procedure?: { readonly code: string; readonly title: string };
  /** The procedure wished for level 2 and got 1. */
  readonly belowWish: boolean;
  readonly identity: readonly Fact[];
  readonly contact: readonly Fact[];
  readonly documents: DocumentSections;
  readonly engineer: readonly EngineerBlock[];
}

type Claims = Readonly<Record<string, unknown>>;

const contactClaims = ['email', 'phone_number', 'address'];
const timeClaims = ['updated_at'];

function methodsOf(amr: unknown, t: PortalText): string {
  const names = Array.isArray(amr) ? amr.filter((name) => typeof name === 'string') : [];
  const words = names
    .filter((name) => name !== 'mfa')
    .map((name) => {
      const key = `amr.${name}`;
      return isPortalSentence(key) ? t(key) : name;
    });
  return `${words.join(', ')}${names.includes('mfa') ? ` (${t('amr.mfa')})` : ''}`;
}

/** `email (đã xác minh)`, an address as one line, a level in words: what a bare claim does not say. */
function claimValue(claim: string, claims: Claims, t: PortalText): unknown {
  const value = claims[claim];
  const verified = claims[`${claim}_verified`];
  if (typeof verified === 'boolean') return `${value} (${t(verified ? 'verified' : 'unverified')})`;
  if (claim === 'assurance_level' && (value === '1' || value === '2')) return t(`level.${value}`);
  if (claim === 'address' && typeof value === 'object' && value !== null && 'formatted' in value)
    return value.formatted;
  if (timeClaims.includes(claim) && typeof value === 'number') return formatMoment(value * 1000);
  return value;
}

const isEmpty = (value: unknown) => value === undefined || (Array.isArray(value) && value.length === 0);

/** The profile claims that arrived, named and ordered as in the catalogue. */
function profileFacts(claims: Claims, language: Language, wanted: (claim: string) => boolean): Fact[] {
  const t = portalText(language);
  return catalogue
    .flatMap((scope) => (scope.kind === 'profile' ? scope.fields : []))
    .filter(({ name }) => wanted(name) && !isEmpty(claims[name]))
    .map(({ name, label }) => ({
      label: label[language],
      value: shownValue(claimValue(name, claims, t), language),
    }));
}

function engineerBlocks({ signedIn, request }: PortalSession, t: PortalText): EngineerBlock[] {
  const json = (value: unknown) => JSON.stringify(value, null, 2);
  return [
    { id: 'request', title: t('sentRequest'), text: json(request) },
    { id: 'id-token-header', title: t('idTokenHeader'), text: json(decodeProtectedHeader(signedIn.idToken)) },
    { id: 'id-token-payload', title: t('idTokenPayload'), text: json(signedIn.claims) },
    { id: 'id-token', title: t('idTokenRaw'), text: signedIn.idToken },
    { id: 'access-token', title: t('accessToken'), text: signedIn.accessToken },
    { id: 'userinfo', title: t('userInfo'), text: json(signedIn.userInfo) },
  ];
}

/** Everything comes from the verified ID token and from UserInfo; all of it is shown as plain text. */
export function profileModel(session: PortalSession, language: Language): ProfileModel {
  const t = portalText(language);
  const { signedIn, procedure } = session;
  const { claims, userInfo } = signedIn;
  const level = acrOf(signedIn);
  const isContact = (claim: string) => contactClaims.includes(claim);
  return {
    name: nameOf(signedIn),
    level,
    methods: methodsOf(claims.amr, t),
    ...(typeof claims.auth_time === 'number' && { provedAt: formatMoment(claims.auth_time * 1000) }),
    ...(procedure && { procedure: { code: procedure.code, title: procedure.title[language] } }),
    belowWish: procedure?.demand === 'wish' && level === 1,
    identity: [
      ...profileFacts(userInfo, language, (claim) => !isContact(claim)),
      { label: t('pairwiseSubject'), value: { kind: 'text', text: claims.sub } },
    ],
    contact: profileFacts(userInfo, language, isContact),
    documents: documentSections(userInfo, procedure?.scopes ?? [], language),
    engineer: engineerBlocks(session, t),
  };
}
