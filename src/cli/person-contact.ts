import { Command } from 'commander';
import { isMailAddress } from '../outbox/mail-address.ts';
import { normalizeMobileNumber } from '../outbox/phone-number.ts';
import type { NewContact } from '../subject/counter-contact.ts';
import type { AdminContext } from './admin-context.ts';
import type { Cli } from './command.ts';
import { EXIT, type ExitCode } from './exit-code.ts';
import { numberHelp, personFor } from './person-number.ts';
import { printJson, printProblems } from './terminal.ts';

interface ContactFlags {
  readonly email?: string;
  readonly phone?: string;
  readonly json?: boolean;
}

const NOTHING = 'Nothing was changed';

/** `person contact`: sets the address on record of somebody who stands at the counter. */
export function personContact(cli: Cli): Command {
  return new Command('contact')
    .description('Set the e-mail address or the phone number on record, after identification face to face.')
    .option('--email <address>', 'the new e-mail address')
    .option('--phone <number>', 'the new mobile number: 0970000001 or +84970000001')
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      `${numberHelp('person contact --email van.an@congdan.example')}

Use it when a person has lost the old address and can no longer change it in the account. Have the person read the
new one aloud: codes and links go there from now on.
  - The old e-mail address is told, and every session ends.
  - A person who lost the factors too needs a letter as well: person activate --letter.`,
    )
    .action((flags: ContactFlags) => cli.withContext((context) => setContact(cli, context, flags)));
}

async function setContact(cli: Cli, context: AdminContext, flags: ContactFlags): Promise<ExitCode> {
  const contact = contactOf(flags);
  if ('problem' in contact) {
    printProblems(cli, `${NOTHING}:`, [contact.problem]);
    return EXIT.badInput;
  }
  const person = await personFor(cli, context, NOTHING);
  if ('code' in person) return person.code;
  const outcome = await context.people.contact.record(person.id, contact);
  if (outcome === 'closed' || outcome === 'unknown_person') {
    cli.err.write(`${NOTHING}: the account is closed.\n`);
    return EXIT.badInput;
  }
  const changed = outcome === 'recorded';
  if (flags.json) printJson(cli, { changed, [contact.what]: contact.value });
  else cli.out.write(changed ? `On record now: ${contact.value}\n` : 'This is on record already.\n');
  return EXIT.done;
}

function contactOf({ email, phone }: ContactFlags): NewContact | { readonly problem: string } {
  if ((email === undefined) === (phone === undefined)) return { problem: 'give either --email or --phone' };
  if (email !== undefined)
    return isMailAddress(email)
      ? { what: 'email', value: email }
      : { problem: '--email must be a plain e-mail address, name@domain' };
  const number = normalizeMobileNumber(phone ?? '');
  return number === undefined
    ? { problem: '--phone must be a Vietnamese mobile number, +84 and 9 digits' }
    : { what: 'phone', value: number };
}
