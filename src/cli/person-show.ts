import { Command } from 'commander';
import { formatMoment } from '../messages/format.ts';
import type { CredentialRecord } from '../subject/credentials.ts';
import { maskMailAddress } from '../subject/mask-mail-address.ts';
import { maskName } from '../subject/person-name.ts';
import type { AccountStatus } from '../subject/subject.ts';
import type { AdminContext } from './admin-context.ts';
import type { Cli } from './command.ts';
import { EXIT, type ExitCode } from './exit-code.ts';
import { layoutOf, renderSections } from './layout.ts';
import { numberHelp, type Person, personFor } from './person-number.ts';
import { printJson } from './terminal.ts';

/** `person show`: how an account stands, and nothing of what is in it. */
export function personShow(cli: Cli): Command {
  return new Command('show')
    .description('Show how an account stands: status, level, factors, letter. No document, no number.')
    .option('--json', 'print one JSON object')
    .addHelpText('after', numberHelp('person show'))
    .action(({ json }: { json?: boolean }) =>
      cli.withContext((context) => showPerson(cli, context, json === true)),
    );
}

async function showPerson(cli: Cli, context: AdminContext, json: boolean): Promise<ExitCode> {
  const person = await personFor(cli, context, 'Nothing is shown');
  if ('code' in person) return person.code;
  const standing = await standingOf(context, person);
  if (json) printJson(cli, standing);
  else cli.out.write(renderSections([{ rows: rowsOf(standing) }], layoutOf(cli.out, cli)));
  return EXIT.done;
}

type Standing = Awaited<ReturnType<typeof standingOf>>;

async function standingOf({ people }: AdminContext, { id, subject }: Person) {
  const [credentials, letter, devices] = await Promise.all([
    people.credentials.get(id),
    people.identificationLetters.standing(id),
    people.devices.list(id),
  ]);
  const { email, holder_type, level, name, phone, status } = subject;
  return {
    name: maskName(name),
    status,
    holder_type,
    level: level ?? null,
    email: email ? { address: maskMailAddress(email.address), confirmed: email.verified } : null,
    phone: phone ? { number: phone.number.replace(/\d(?=\d{3})/g, '•'), confirmed: phone.verified } : null,
    identity_paper_expires_at: subject.identity_paper_expires_at ?? null,
    factors: factorsOf(credentials),
    letter_until: letter ? new Date(letter.until).toISOString() : null,
    devices: devices.length,
  };
}

const factorsOf = ({ passkeys = [], password, recovery_codes, totp }: CredentialRecord) => ({
  password: password !== undefined,
  totp: totp !== undefined,
  passkeys: passkeys.length,
  recovery_codes: recovery_codes?.hashes.length ?? 0,
});

function rowsOf(standing: Standing): (readonly [string, string | readonly string[]])[] {
  const { devices, email, holder_type, identity_paper_expires_at, letter_until, level, name, phone, status } =
    standing;
  const none = 'none';
  return [
    ['Name', name],
    ['Status', statusWords(status)],
    ['Holder', holder_type],
    ['Level', level === null ? none : String(level)],
    ['E-mail', email ? `${email.address} (${confirmedWord(email.confirmed)})` : none],
    ['Phone', phone ? `${phone.number} (${confirmedWord(phone.confirmed)})` : none],
    ['Identity paper until', identity_paper_expires_at ?? 'not known'],
    ['Factors', factorWords(standing)],
    ['Letter until', letter_until === null ? none : momentWords(letter_until)],
    ['Known devices', String(devices)],
  ];
}

const confirmedWord = (confirmed: boolean): string => (confirmed ? 'confirmed' : 'not confirmed');
const momentWords = (iso: string): string => `${formatMoment(Date.parse(iso))} (time in Vietnam)`;

function statusWords(status: AccountStatus): readonly string[] {
  if (status.kind === 'active') return ['active'];
  if (status.kind === 'not_activated') return ['issued, not activated'];
  const cause = status.cause.replaceAll('_', ' ');
  const line = `${status.kind} since ${momentWords(status.since)}: ${cause}`;
  return status.kind === 'locked' && status.reason !== undefined ? [line, status.reason] : [line];
}

function factorWords({ factors }: Standing): string {
  const { passkeys, password, recovery_codes, totp } = factors;
  const words = [
    ...(password ? ['password'] : []),
    ...(totp ? ['authenticator app'] : []),
    ...(passkeys > 0 ? [`passkeys (${passkeys})`] : []),
    ...(recovery_codes > 0 ? [`recovery codes (${recovery_codes} left)`] : []),
  ];
  return words.length === 0 ? 'none' : words.join(', ');
}
