import { formatDate, formatMoment } from '../messages/format.ts';
import type { Language } from '../messages/language.ts';
import { type Translate, translator } from '../messages/translate.ts';
import type { Letter, LetterKind } from './letter.ts';

/** One half of a letter, in one language: plain text throughout. */
export interface Half {
  readonly language: Language;
  readonly subject: string;
  readonly lead: string;
  /** To be typed or copied: stands alone and large. */
  readonly code?: string;
  readonly facts: readonly Fact[];
  /** What to know before the action is taken. */
  readonly before: readonly string[];
  readonly action?: { readonly label: string; readonly link: string };
  /** Until when code or link works, and what to do with it. */
  readonly after: readonly string[];
}

interface Fact {
  readonly label: string;
  readonly value: string;
}

type Content = Omit<Half, 'language' | 'subject' | 'before' | 'after'> &
  Partial<Pick<Half, 'before' | 'after'>>;
type ValuesOf<K extends LetterKind> = Extract<Letter, { kind: K }>['values'];

interface Writing {
  readonly t: Translate;
  /** A name in the language of the half. */
  readonly named: (name: { readonly vi: string; readonly en?: string | undefined }) => string;
  readonly expiresAt: number;
}

const when = (t: Translate, at: number): Fact => ({
  label: t('mail.at'),
  value: t('mail.moment', { moment: formatMoment(at) }),
});

/** What to do if it was somebody else: by the link where there is one. */
const disown = (t: Translate, link: string | undefined): Pick<Content, 'action' | 'before'> =>
  link === undefined
    ? { before: [t('mail.wasYou'), t('mail.seekHelp')] }
    : { action: { label: t('mail.notMe'), link }, before: [t('mail.wasYou'), t('mail.notMeMeans')] };

const until = ({ t, expiresAt }: Writing): string => t('mail.until', { moment: formatMoment(expiresAt) });

const contents: { readonly [K in LetterKind]: (values: ValuesOf<K>, writing: Writing) => Content } = {
  new_sign_in: ({ at, portal, device, place, link }, { t, named }) => ({
    lead: t('mail.new_sign_in.lead'),
    facts: [
      when(t, at),
      { label: t('mail.portal'), value: named(portal) },
      { label: t('mail.device'), value: named(device) },
      ...(place ? [{ label: t('mail.place'), value: named(place) }] : []),
    ],
    ...disown(t, link),
  }),
  code: ({ code, purpose }, writing) => ({
    lead: writing.t(`mail.code.${purpose}`),
    code,
    facts: [],
    // This code goes out only once the password was right.
    after: [
      until(writing),
      writing.t(purpose === 'new_device' ? 'mail.code.keepNewDevice' : 'mail.code.keep'),
    ],
  }),
  activation_link: ({ link }, writing) => ({
    lead: writing.t('mail.activation_link.lead'),
    facts: [],
    action: { label: writing.t('mail.activation_link.action'), link },
    after: [until(writing), writing.t('mail.activation_link.once')],
  }),
  account_activated: ({ at }, { t }) => ({
    lead: t('mail.account_activated.lead'),
    facts: [when(t, at)],
    ...disown(t, undefined),
  }),
  password_changed: ({ at, device, link }, { t, named }) => ({
    lead: t('mail.password_changed.lead'),
    facts: [when(t, at), ...(device ? [{ label: t('mail.device'), value: named(device) }] : [])],
    ...disown(t, link),
  }),
  factor_changed: ({ at, change, link }, { t }) => ({
    lead: t('mail.factor_changed.lead'),
    facts: [{ label: t('mail.change'), value: t(`mail.factor.${change}`) }, when(t, at)],
    ...disown(t, link),
  }),
  account_locked: ({ at, cause }, { t }) => ({
    lead: `${t('mail.account_locked.lead')} ${t(`mail.lock.${cause}`)}`,
    facts: [when(t, at)],
    after: [t('mail.account_locked.advice')],
  }),
  contact_change: ({ at, due, what, link }, { t }) => ({
    lead: t(`mail.contact_change.${what}`),
    facts: [
      when(t, at),
      {
        label: t('mail.contact_change.due'),
        value: t('mail.moment', { moment: formatMoment(due) }),
      },
    ],
    ...(link === undefined
      ? { before: [t('mail.wasYou'), t('mail.contact_change.unlinked')] }
      : {
          action: { label: t('mail.contact_change.cancel'), link },
          before: [t('mail.wasYou'), t('mail.contact_change.linked')],
        }),
  }),
  address_changed: ({ at, what, link }, { t }) => ({
    lead: t(`mail.address_changed.${what}`),
    facts: [when(t, at)],
    ...disown(t, link),
  }),
  sign_in: ({ at, portal, device }, { t, named }) => ({
    lead: t('mail.sign_in.lead'),
    facts: [
      when(t, at),
      { label: t('mail.portal'), value: named(portal) },
      ...(device ? [{ label: t('mail.device'), value: named(device) }] : []),
    ],
    before: [t('mail.wasYou'), t('mail.sign_in.advice')],
  }),
  consent_given: ({ at, portal, items, link }, { t, named }) => ({
    lead: t('mail.consent_given.lead'),
    facts: [
      { label: t('mail.portal'), value: named(portal) },
      ...(items.length > 0 ? [{ label: t('mail.items'), value: items.map(named).join(', ') }] : []),
      when(t, at),
    ],
    before: [t('mail.consent_given.advice')],
    action: { label: t('mail.consents'), link },
  }),
  consent_withdrawn: ({ at, portal, items, link }, { t, named }) => ({
    lead: t('mail.consent_withdrawn.lead'),
    facts: [
      { label: t('mail.portal'), value: named(portal) },
      {
        label: t('mail.items'),
        value: items.length > 0 ? items.map(named).join(', ') : t('mail.consent_withdrawn.everything'),
      },
      when(t, at),
    ],
    before: [t('mail.consent_withdrawn.advice')],
    action: { label: t('mail.consents'), link },
  }),
  document_expiring: ({ document, expires }, { t, named }) => ({
    lead: t('mail.document_expiring.lead'),
    facts: [
      { label: t('mail.document'), value: named(document) },
      { label: t('mail.expires'), value: formatDate(expires) },
    ],
  }),
};

/** One half of a letter. */
export function composeHalf<K extends LetterKind>(
  letter: { readonly kind: K; readonly values: ValuesOf<K> },
  language: Language,
  expiresAt: number,
): Half {
  const t = translator(language);
  const named: Writing['named'] = ({ vi, en }) => (language === 'en' ? (en ?? vi) : vi);
  return {
    language,
    subject: t(`mail.${letter.kind}.subject`),
    before: [],
    after: [],
    ...contents[letter.kind](letter.values, { t, named, expiresAt }),
  };
}
