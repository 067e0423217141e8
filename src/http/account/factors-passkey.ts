import { createHash } from 'node:crypto';
import { CHALLENGE_SECONDS } from '../../authentication/passkey-ceremony.ts';
import { formatDay, formatMoment } from '../../messages/format.ts';
import { translator } from '../../messages/translate.ts';
import type { Passkey } from '../../subject/passkeys.ts';
import { textField } from '../context.ts';
import { goOn } from '../interaction/sign-in-steps.ts';
import { languageOf } from '../language.ts';
import { type FieldProblem, fieldErrors } from '../pages/field-problems.ts';
import { Refused } from '../refusal.ts';
import { deviceWords } from './device-words.ts';
import type { PasskeyShown } from './factor-page-models.ts';
import { CHANGES, changing, endOthers, FACTORS, type FactorsParts, ownerOf } from './factors-parts.ts';
import { showNewCodes } from './factors-recovery.ts';
import type { AccountPages, Visit } from './visit.ts';

const ADD = `${FACTORS}/passkey`;
const ONE = '/factors/passkeys/:passkey';

/** To add passkeys, to name them, to take them away. */
export function passkeyRoutes(parts: FactorsParts, pages: AccountPages): void {
  const way = (handler: (parts: FactorsParts, visit: Visit) => Promise<void>) =>
    changing(parts, (visit) => handler(parts, visit));
  pages.page('/factors/passkey', CHANGES, way(askPasskey));
  pages.form('/factors/passkey', CHANGES, way(addPasskey));
  pages.page(ONE, CHANGES, way(showPasskey));
  pages.form(ONE, CHANGES, way(renamePasskey));
  pages.page(`${ONE}/remove`, CHANGES, way(askRemoval));
  pages.form(`${ONE}/remove`, CHANGES, way(removePasskey));
}

const askPasskey = (parts: FactorsParts, visit: Visit): Promise<void> => showAdding(parts, visit);

async function showAdding(
  { factors, show }: FactorsParts,
  visit: Visit,
  problems: readonly FieldProblem[] = [],
): Promise<void> {
  const { ctx } = visit;
  const begun = await factors.beginPasskey(ownerOf(visit));
  if (begun === undefined) return goOn(ctx, FACTORS);
  const t = translator(languageOf(ctx));
  const page = {
    tab: 'profile',
    action: ADD,
    ...begun,
    seconds: CHALLENGE_SECONDS,
    name: textField(ctx, 'name') || deviceWords(ctx.get('User-Agent'), t),
    errors: fieldErrors(t, problems),
  } as const;
  show(ctx, 'account/passkey-add', page, problems.length > 0 ? 422 : 200);
}

async function addPasskey(parts: FactorsParts, visit: Visit): Promise<void> {
  const { ctx } = visit;
  const outcome = await parts.factors.addPasskey(ownerOf(visit), {
    challenge: textField(ctx, 'challenge'),
    response: textField(ctx, 'response'),
    name: textField(ctx, 'name'),
  });
  if (outcome.kind === 'too_many') return goOn(ctx, FACTORS);
  if (outcome.kind === 'already') return showAdding(parts, visit, ['passkey_already']);
  if (outcome.kind === 'refused') return showAdding(parts, visit, ['passkey_not_added']);
  await endOthers(parts, visit);
  if (outcome.codes !== undefined) return showNewCodes(parts, visit, outcome.codes);
  goOn(ctx, FACTORS);
}

/** A passkey's own name is long: its page is found by a short one. */
const shortName = (id: string): string => createHash('sha256').update(id).digest('base64url').slice(0, 22);
const pathOf = (id: string): string => `${FACTORS}/passkeys/${shortName(id)}`;

/** A passkey as pages show it. */
export const passkeyShown = ({ added_at, id, name, synced, used_at }: Passkey): PasskeyShown => ({
  name,
  added: formatDay(Date.parse(added_at)),
  ...(used_at === undefined ? {} : { used: formatMoment(Date.parse(used_at)) }),
  synced,
  href: pathOf(id),
});

interface Found {
  readonly passkey: Passkey;
  /** No second factor is left without it. */
  readonly last: boolean;
}

/** The passkey of the address, of this person alone. */
async function find({ credentials }: FactorsParts, { ctx, person }: Visit): Promise<Found> {
  const [, named] = /\/passkeys\/([^/]+)/.exec(ctx.path) ?? [];
  const { passkeys = [], totp } = await credentials.get(person.id);
  const passkey = passkeys.find(({ id }) => shortName(id) === named);
  if (passkey === undefined) throw new Refused('not_found');
  return { passkey, last: totp === undefined && passkeys.length === 1 };
}

const showPasskey = (parts: FactorsParts, visit: Visit): Promise<void> => showOne(parts, visit);

async function showOne(
  parts: FactorsParts,
  visit: Visit,
  problems: readonly FieldProblem[] = [],
): Promise<void> {
  const { passkey } = await find(parts, visit);
  const href = pathOf(passkey.id);
  const errors = fieldErrors(translator(languageOf(visit.ctx)), problems);
  const page = {
    tab: 'profile',
    passkey: passkeyShown(passkey),
    renameAction: href,
    removeHref: `${href}/remove`,
    errors,
  } as const;
  parts.show(visit.ctx, 'account/passkey', page, problems.length > 0 ? 422 : 200);
}

async function renamePasskey(parts: FactorsParts, visit: Visit): Promise<void> {
  const { passkey } = await find(parts, visit);
  const named = await parts.factors.renamePasskey(ownerOf(visit), passkey.id, textField(visit.ctx, 'name'));
  if (!named) return showOne(parts, visit, ['name_missing']);
  goOn(visit.ctx, FACTORS);
}

const askRemoval = (parts: FactorsParts, visit: Visit): Promise<void> => showRemoval(parts, visit);

async function showRemoval(
  parts: FactorsParts,
  visit: Visit,
  problems: readonly FieldProblem[] = [],
): Promise<void> {
  const { last, passkey } = await find(parts, visit);
  const errors = fieldErrors(translator(languageOf(visit.ctx)), problems);
  const page = {
    tab: 'profile',
    factor: 'passkey',
    name: passkey.name,
    ...(last ? { last: lastMeans(visit) } : {}),
    action: `${pathOf(passkey.id)}/remove`,
    errors,
  } as const;
  parts.show(visit.ctx, 'account/factor-remove', page, problems.length > 0 ? 422 : 200);
}

/** What it means to have no second factor any more. */
export const lastMeans = ({ reach }: Visit): 'to_level_1' | 'stays_level_1' =>
  reach.level === 2 || reach.cause === 'identity_paper_expired' ? 'to_level_1' : 'stays_level_1';

async function removePasskey(parts: FactorsParts, visit: Visit): Promise<void> {
  const { passkey } = await find(parts, visit);
  const outcome = await parts.factors.removePasskey(ownerOf(visit), passkey.id);
  if (outcome === 'password_short') return showRemoval(parts, visit, ['factor_needed']);
  await endOthers(parts, visit);
  goOn(visit.ctx, FACTORS);
}
