import { existsSync } from 'node:fs';
import { Command } from 'commander';
import { sqliteFileOf } from '../config/sqlite-address.ts';
import { prepareRestore, type RestoreWork } from '../storage/sqlite/restore.ts';
import { BackupRefused } from '../storage/sqlite/whole-file.ts';
import type { Cli } from './command.ts';
import { EXIT, type ExitCode } from './exit-code.ts';
import { interruptible, refusedToGo } from './go-ahead.ts';
import { closingAfter, type KeepingContext, recordIn } from './keeping-context.ts';
import { ownTools } from './storage-backup.ts';
import { printJson } from './terminal.ts';

interface RestoreFlags {
  readonly yes?: boolean;
  readonly json?: boolean;
}

const HELP = `
Stop the server first; a database that is in use is not replaced. The backup is checked before anything is touched, and
the present database stays beside it as <name>.before-<time>.

Examples:
  npm run admin -- storage restore /backup/motcua-2026-11-21.db
  npm run admin -- storage restore nightly.db --yes     asks nothing, for scripts

Ctrl+C ends it and leaves the present database as it is. A run that was ended by force may leave a copy of all data,
<name>.<random>.restoring, which may be removed.

What happened since the backup is gone from the restored data, refusals and withdrawals too. The server must be given
the keys that the backup was written under.`;

/** `storage restore`: puts a backup in the place of the embedded database. */
export function storageRestore(cli: Cli): Command {
  return new Command('restore')
    .description('Put a backup in the place of the embedded database.')
    .argument('<file>', 'what "storage backup" made')
    .option('--yes', 'do not ask; needed where nobody can answer')
    .option('--json', 'print one JSON object')
    .addHelpText('after', HELP)
    .action((from: string, flags: RestoreFlags) =>
      cli.withKeeping((context) => restore(cli, context, from, flags)),
    );
}

async function restore(
  cli: Cli,
  context: KeepingContext,
  from: string,
  { yes, json }: RestoreFlags,
): Promise<ExitCode> {
  const file = sqliteFileOf(context.url);
  if (file === undefined) return ownTools(cli);
  if (!existsSync(from)) throw new BackupRefused(`${from}: there is no such file`);
  const refused = await refusedToGo(cli, {
    says: [`${from} is checked, then takes the place of ${file}, which is kept beside it.`],
    question: 'Restore it?',
    yes: yes === true,
  });
  if (refused !== undefined) return refused;
  const restored = await interruptible(cli, (stopped) => putInPlace(context, { file, from, stopped }));
  if (!restored) {
    cli.err.write('Interrupted. Nothing was changed.\n');
    return EXIT.cancelled;
  }
  const { bytes, before } = restored;
  if (json) printJson(cli, { file, bytes, before: before ?? null });
  else cli.out.write(`Restored ${file}.${before === undefined ? '' : ` The former one is ${before}.`}\n`);
  // In what is there from now on; a backup of other keys says so here.
  await closingAfter(context.open(), async ({ storage, state }) => {
    if (state) await recordIn(storage, context, { kind: 'storage.restored' });
  });
  return EXIT.done;
}

/** Asks for nothing any more: the copy of all data beside the database is there no longer than the work takes. */
async function putInPlace({ clock }: KeepingContext, work: RestoreWork) {
  const prepared = await prepareRestore(work);
  try {
    return prepared && { bytes: prepared.bytes, before: prepared.apply(clock.now()) };
  } finally {
    prepared?.discard();
  }
}
