import type { AccentShades } from '../config/accent.ts';
import { LANGUAGES, type Sentence } from '../messages/language.ts';
import { translator } from '../messages/translate.ts';
import { composeHalf, type Half } from './compose.ts';
import type { Addressed, MailRecipient } from './letter.ts';
import type { Waiting } from './outbox.ts';

/** A letter as it leaves: the same bytes, as far as they are ours, however often it is tried. */
export interface RenderedLetter {
  readonly messageId: string;
  /** Milliseconds since the epoch. */
  readonly date: number;
  readonly to: MailRecipient;
  readonly language: Addressed['language'];
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

export interface Letterhead {
  readonly province: Sentence;
  readonly accent: Pick<AccentShades, 'light' | 'onLight'>;
}

/** A half with the words that every letter has around it. */
interface Framed extends Half {
  readonly greeting: string;
  readonly foot: readonly string[];
  readonly linkHint: string;
}

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
/** Text as it stands in HTML, between tags or in a quoted attribute. */
export const escaped = (text: string): string => text.replace(/[&<>"']/g, (letter) => escapes[letter] ?? '');

function frame(half: Half, name: string, province: Sentence): Framed {
  const t = translator(half.language);
  return {
    ...half,
    greeting: t('mail.greeting', { name }),
    foot: [t('mail.sentBy', { province: province[half.language] }), t('mail.neverAsked')],
    linkHint: t('mail.linkHint'),
  };
}

const textOf = ({ greeting, lead, code, facts, before, action, after, foot }: Framed): string =>
  [
    greeting,
    lead,
    ...(code === undefined ? [] : [`    ${code}`]),
    ...(facts.length === 0 ? [] : [facts.map(({ label, value }) => `${label}: ${value}`).join('\n')]),
    ...before,
    ...(action ? [`${action.label}:\n${action.link}`] : []),
    ...after,
    foot.join('\n'),
  ].join('\n\n');

const FONT = 'font-family:system-ui,-apple-system,Segoe UI,Roboto,Noto Sans,Helvetica Neue,Arial,sans-serif';
const MUTED = 'color:#4b5563;font-size:14px';

const paragraph = (text: string, style = ''): string =>
  `<p style="margin:0 0 16px;${style}">${escaped(text)}</p>`;

const factRow = ({ label, value }: Half['facts'][number]): string =>
  `<tr><th scope="row" style="padding:4px 16px 4px 0;text-align:left;font-weight:normal;color:#4b5563;vertical-align:top">${escaped(label)}</th><td style="padding:4px 0;vertical-align:top">${escaped(value)}</td></tr>`;

function actionOf({ action, linkHint }: Framed, { accent }: Letterhead): string[] {
  if (!action) return [];
  const link = escaped(action.link);
  return [
    `<p style="margin:0 0 16px"><a href="${link}" style="display:inline-block;padding:12px 20px;border-radius:6px;background:${accent.light};color:${accent.onLight};text-decoration:none;font-weight:bold">${escaped(action.label)}</a></p>`,
    `<p style="margin:0 0 16px;${MUTED}">${escaped(linkHint)}<br><a href="${link}" style="color:${accent.light};word-break:break-all">${link}</a></p>`,
  ];
}

const htmlOf = (half: Framed, heading: string, head: Letterhead): string =>
  [
    `<div lang="${half.language}">`,
    `<${heading} style="margin:0 0 16px;font-size:20px;line-height:1.4">${escaped(half.subject)}</${heading}>`,
    paragraph(half.greeting),
    paragraph(half.lead),
    ...(half.code === undefined
      ? []
      : [
          `<p style="margin:0 0 16px;font-size:28px;font-weight:bold;font-variant-numeric:tabular-nums">${escaped(half.code)}</p>`,
        ]),
    ...(half.facts.length === 0
      ? []
      : [
          `<table style="margin:0 0 16px;border-collapse:collapse">${half.facts.map(factRow).join('')}</table>`,
        ]),
    ...half.before.map((text) => paragraph(text)),
    ...actionOf(half, head),
    ...half.after.map((text) => paragraph(text)),
    ...half.foot.map((text) => paragraph(text, MUTED)),
    '</div>',
  ].join('\n');

const RULE = '<hr style="margin:32px 0;border:0;border-top:1px solid #d3d9e2">';

/** Writes letters; nothing in them is fetched from anywhere. */
export function createLetterWriter(head: Letterhead) {
  return ({ letter, to, language, messageId, at }: Waiting, expiresAt: number): RenderedLetter => {
    if (!('address' in to)) throw new Error('a text message is written by its own writer');
    const order = [language, ...LANGUAGES.filter((other) => other !== language)];
    const halves = order.map((one) => frame(composeHalf(letter, one, expiresAt), to.name, head.province));
    const [, ...others] = halves;
    const subject = halves.map((half) => half.subject).join(' / ');
    const hints = others.map((half) => ({
      language: half.language,
      text: translator(half.language)('mail.below'),
    }));
    return {
      messageId,
      date: at,
      to,
      language,
      subject,
      text: [...hints.map(({ text }) => text), halves.map(textOf).join(`\n\n${'-'.repeat(40)}\n\n`)].join(
        '\n\n',
      ),
      html: [
        '<!doctype html>',
        `<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light"><title>${escaped(subject)}</title></head>`,
        `<body style="margin:0;background:#ffffff;color:#171c24"><main style="display:block;max-width:608px;margin:0 auto;padding:24px 16px;${FONT};font-size:16px;line-height:1.6">`,
        ...hints.map(
          (hint) => `<p lang="${hint.language}" style="margin:0 0 16px;${MUTED}">${escaped(hint.text)}</p>`,
        ),
        halves.map((half, index) => htmlOf(half, index === 0 ? 'h1' : 'h2', head)).join(`\n${RULE}\n`),
        '</main></body></html>',
      ].join('\n'),
    };
  };
}
