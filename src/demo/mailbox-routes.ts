import type Router from '@koa/router';
import type { Context } from 'koa';
import { formatMoment } from '../messages/format.ts';
import { negotiateLanguage } from '../messages/negotiate-language.ts';
import { domesticNumber } from '../outbox/phone-number.ts';
import type { RenderedText } from '../outbox/text.ts';
import { devText } from './dev-sentences.ts';
import type { KeptLetter, Mailbox } from './mailbox.ts';
import { compileView, single, switchAddress } from './view.ts';

const listPage = compileView('mailbox');
const letterPage = compileView('letter');

/** A letter is shown with its own styles and nothing else: no script, nothing fetched, no form. */
export const LETTER_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'";

const LINK = /https?:\/\/\S+/g;

/** The text in pieces, of which those that are addresses are links. */
const piecesOf = (text: string): { readonly text: string; readonly link: boolean }[] =>
  text
    .split(new RegExp(`(${LINK.source})`, 'g'))
    .map((piece, index) => ({ text: piece, link: index % 2 === 1 }));

function common(ctx: Context) {
  const language = negotiateLanguage({
    uiLocales: single(ctx.query.lang),
    acceptLanguage: ctx.get('Accept-Language'),
  });
  ctx.type = 'html';
  ctx.set('Content-Language', language);
  return {
    language,
    languageSwitch: switchAddress(ctx, language),
    assets: '/dev/assets',
    t: devText(language),
  };
}

const listed = ({ id, date, to, subject }: KeptLetter) => ({
  subject,
  to,
  href: `/dev/mail/${id}`,
  at: formatMoment(date),
});

const listedText = ({ date, text, to }: RenderedText) => ({
  text,
  to: domesticNumber(to.phone),
  at: formatMoment(date),
});

/** `/dev/mail`: letters that would have been sent. `mailServer`: they really are, so that none is kept. */
export function mailboxRoutes(router: Router, mailbox: Mailbox, mailServer: boolean): void {
  router.get('/mail', async (ctx) => {
    const letters = (await mailbox.list()).map(listed);
    const texts = (await mailbox.listTexts()).map(listedText);
    ctx.body = listPage({ ...common(ctx), letters, texts, mailServer });
  });
  router.get('/mail/:id', async (ctx) => {
    const letter = await mailbox.get(ctx.params.id ?? '');
    if (letter === undefined) return;
    ctx.body = letterPage({ ...common(ctx), letter: listed(letter), pieces: piecesOf(letter.text) });
  });
  router.get('/mail/:id/html', async (ctx) => {
    const letter = await mailbox.get(ctx.params.id ?? '');
    if (letter === undefined) return;
    ctx.set('Content-Security-Policy', LETTER_POLICY);
    ctx.type = 'html';
    ctx.body = letter.html;
  });
}
