import type { Config } from '../config/schema.ts';
import { formatMoment } from '../messages/format.ts';
import { LANGUAGES, type Language } from '../messages/language.ts';
import { type Translate, translator } from '../messages/translate.ts';
import { escaped } from '../outbox/render.ts';
import { maskPersonalNumber } from '../subject/personal-number.ts';
import type { Subject } from '../subject/subject.ts';

/** What a printed letter says. */
export interface PaperLetter {
  /** "ABCD-EFGH-JKMN"; it stands nowhere else. */
  readonly code: string;
  /** Milliseconds since the epoch. */
  readonly until: number;
  readonly subject: Pick<Subject, 'name' | 'personal_number' | 'status'>;
  /** The provider's address, an origin. */
  readonly issuer: string;
  readonly province: Config['province'];
}

/** A letter of one A4 page as an HTML file of its own: Vietnamese, with English below; nothing is fetched, no script. */
export function activationLetter(letter: PaperLetter): string {
  const { accent, name } = letter.province;
  const halves = LANGUAGES.map((language) => halfOf(letter, language)).join('\n');
  return `<!doctype html>
<html lang="vi">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="robots" content="noindex">
<title>${escaped(translator('vi')(`paperLetter.title.${purposeOf(letter)}`))}</title>
<style>${styles(accent)}</style>
</head>
<body>
<header><p>Một Cửa ID</p><p>${escaped(name.vi)}</p></header>
<main>
${halves}
</main>
</body>
</html>
`;
}

type Purpose = 'activation' | 'recovery';

/** Whoever has taken the account up already was identified again, to recover it. */
const purposeOf = ({ subject }: PaperLetter): Purpose =>
  subject.status.kind === 'not_activated' ? 'activation' : 'recovery';

const ADDRESSES = { activation: '/activate', recovery: '/recover' } as const;

const paragraph = (text: string): string => `<p>${escaped(text)}</p>`;

function halfOf(letter: PaperLetter, language: Language): string {
  const t = translator(language);
  const purpose = purposeOf(letter);
  const steps = stepsOf(letter, purpose, t).map((step) => `<li>${step}</li>`);
  // The first half carries the code: it is there once, so that it is read and copied without a doubt.
  const code = language === 'vi' ? codeOf(letter) : '';
  return `<section lang="${language}">
<h1>${escaped(t(`paperLetter.title.${purpose}`))}</h1>
${paragraph(t('paperLetter.greeting', { name: letter.subject.name }))}
${paragraph(t(`paperLetter.lead.${purpose}`))}
${code}
<h2>${escaped(t('paperLetter.steps'))}</h2>
<ol>${steps.join('')}</ol>
<h2>${escaped(t('paperLetter.keep'))}</h2>
${[t('paperLetter.nobodyAsks'), t('paperLetter.once'), t('paperLetter.lost')].map(paragraph).join('\n')}
</section>`;
}

function stepsOf({ issuer }: PaperLetter, purpose: Purpose, t: Translate): string[] {
  const address = `${issuer}${ADDRESSES[purpose]}`;
  return [
    t(`paperLetter.open.${purpose}`, { address }),
    t('paperLetter.enter'),
    t(`paperLetter.set.${purpose}`),
  ].map((step) => escaped(step).replaceAll(escaped(address), `<strong>${escaped(address)}</strong>`));
}

/** What the person checks, and the code; each label in both languages. */
function codeOf({ code, subject, until }: PaperLetter): string {
  const [vi, en] = [translator('vi'), translator('en')];
  const row = (key: 'name' | 'number' | 'until', value: string): string =>
    `<dt>${escaped(vi(`paperLetter.${key}`))} <span lang="en">${escaped(en(`paperLetter.${key}`))}</span></dt><dd>${escaped(value)}</dd>`;
  return `<div class="code">
<p>${escaped(vi('paperLetter.code'))} <span lang="en">${escaped(en('paperLetter.code'))}</span></p>
<p><strong>${escaped(code)}</strong></p>
</div>
<dl>
${row('name', subject.name)}
${row('number', maskPersonalNumber(subject.personal_number))}
${row('until', vi('paperLetter.moment', { moment: formatMoment(until) }))}
</dl>`;
}

/** Black on white for any printer; the accent is checked for contrast when the configuration is read. */
const styles = (accent: string): string => `
@page { size: A4; margin: 16mm 20mm; }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 1.5rem; max-width: 44rem; color: #111; background: #fff;
  font: 11pt/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Helvetica Neue", Arial, sans-serif; }
p { margin: 0 0 .5em; overflow-wrap: anywhere; }
header { display: flex; justify-content: space-between; gap: 1rem; margin-bottom: 1rem; padding-bottom: .4rem;
  border-bottom: 3px solid ${accent}; color: ${accent}; font-weight: 600; }
header p { margin: 0; }
h1 { margin: 0 0 .5em; font-size: 16pt; line-height: 1.3; }
h2 { margin: .9em 0 .3em; font-size: 11pt; }
ol { margin: 0; padding-left: 1.4em; }
li { overflow-wrap: anywhere; }
.code { margin: .8em 0; padding: .7em 1em; border: 2px solid ${accent}; text-align: center; }
.code p { margin: 0; }
.code strong { font: 700 24pt/1.4 ui-monospace, Consolas, "DejaVu Sans Mono", monospace; white-space: nowrap; }
span[lang=en] { color: #444; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .1em 1.2em; margin: 0; }
dd { margin: 0; font-weight: 600; overflow-wrap: anywhere; }
section[lang=en] { margin-top: 1rem; padding-top: .7rem; border-top: 1px solid #888; font-size: 9pt; line-height: 1.4; }
section[lang=en] h1 { font-size: 11pt; }
section[lang=en] h2 { font-size: 9pt; }
@media (max-width: 30rem) { dl { grid-template-columns: 1fr; } .code strong { font-size: 17pt; } }
@media print { body { padding: 0; max-width: none; } section { break-inside: avoid; } }
`;
