import Router from '@koa/router';
import type { Context } from 'koa';
import type { Clock } from '../clock/clock.ts';
import type { Language } from '../messages/language.ts';
import { negotiateLanguage } from '../messages/negotiate-language.ts';
import { groupPersonalNumber } from '../subject/personal-number.ts';
import { devText } from './dev-sentences.ts';
import type { PrintLetter } from './letters.ts';
import type { Mailbox } from './mailbox.ts';
import { LETTER_POLICY, mailboxRoutes } from './mailbox-routes.ts';
import { currentTotpCode, STEP_SECONDS } from './people/current-totp-code.ts';
import type { SyntheticPerson } from './people/synthetic-person.ts';
import { serveAsset } from './portal-assets.ts';
import { contentSecurityPolicy } from './portal-security.ts';
import { compileView, single, switchAddress } from './view.ts';

/** What `/dev/` shows of a synthetic person. */
export type DevPerson = Omit<SyntheticPerson, 'holdings'>;

export interface DevOptions {
  readonly people: readonly DevPerson[];
  readonly portalOrigin: string;
  readonly clock: Clock;
  readonly mailbox: Mailbox;
  /** Letters go to a real mail server. */
  readonly mailServer: boolean;
  /** Stands in for the counter; without it, no letters are printed. */
  readonly printLetter?: PrintLetter;
}

const page = compileView('dev');

const secondsLeft = (clock: Clock): number => STEP_SECONDS - (Math.floor(clock.now() / 1000) % STEP_SECONDS);

/** Codes by person, for those who have a generator. */
function codesOf({ people, clock }: DevOptions): Record<string, string> {
  const now = clock.now();
  return Object.fromEntries(
    people.flatMap(({ key, totpSecret }) => (totpSecret ? [[key, currentTotpCode(totpSecret, now)]] : [])),
  );
}

function personModel(
  { key, subject, password, note }: DevPerson,
  code: string | undefined,
  language: Language,
) {
  const t = devText(language);
  const { level, status } = subject;
  return {
    key,
    name: subject.name,
    number: groupPersonalNumber(subject.personal_number),
    level: level === undefined ? t('devNoLevel') : t(`level.${level}`),
    tone: level === 2 ? 'strong' : 'base',
    status: status.kind === 'active' ? undefined : t(`status.${status.kind}`),
    note: note[language],
    password,
    code,
    letter: level === 2 && status.kind !== 'closed' ? `/dev/letters/${key}` : undefined,
  };
}

function showPeople(options: DevOptions, ctx: Context): void {
  const language = negotiateLanguage({
    uiLocales: single(ctx.query.lang),
    acceptLanguage: ctx.get('Accept-Language'),
  });
  const codes = codesOf(options);
  ctx.type = 'html';
  ctx.set('Content-Language', language);
  ctx.body = page({
    language,
    languageSwitch: switchAddress(ctx, language),
    assets: '/dev/assets',
    t: devText(language),
    portalOrigin: options.portalOrigin,
    secondsLeft: secondsLeft(options.clock),
    people: options.people.map((person) => personModel(person, codes[person.key], language)),
  });
}

/** The letter that the counter would hand over; only levels that rest on one have a button for it. */
async function showLetter({ people, printLetter }: DevOptions, ctx: Context): Promise<void> {
  const person = people.find(({ key }) => key === ctx.params.key);
  const letter = person && (await printLetter?.(person.subject.personal_number));
  if (letter === undefined) return;
  ctx.set('Content-Security-Policy', LETTER_POLICY);
  ctx.type = 'html';
  ctx.body = letter;
}

/**
 * `/dev/` on the provider, in the development profile only: the synthetic people with password and current
 * one-time code. It shows secrets by design, so it must never be mounted where real people sign in.
 */
export function createDevRoutes(options: DevOptions): Router {
  const router = new Router({ prefix: '/dev' });
  router.use(async (ctx, next) => {
    ctx.set('Content-Security-Policy', contentSecurityPolicy());
    ctx.set('Cache-Control', 'no-store');
    await next();
  });
  router.get('/', (ctx) => showPeople(options, ctx));
  router.get('/codes', (ctx) => {
    ctx.body = { codes: codesOf(options), secondsLeft: secondsLeft(options.clock) };
  });
  router.post('/letters/:key', (ctx) => showLetter(options, ctx));
  mailboxRoutes(router, options.mailbox, options.mailServer);
  router.get('/assets/:name', (ctx) => serveAsset(ctx, ctx.params.name));
  return router;
}
