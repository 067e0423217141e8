import { Command } from 'commander';
import { sqliteFileOf } from '../config/sqlite-address.ts';
import { backUpDatabase } from '../storage/sqlite/backup.ts';
import type { Cli } from './command.ts';
import { EXIT, type ExitCode } from './exit-code.ts';
import { interruptible } from './go-ahead.ts';
import type { KeepingContext } from './keeping-context.ts';
import { createProgress } from './progress.ts';
import { printJson } from './terminal.ts';

interface BackupFlags {
  readonly force?: boolean;
  readonly json?: boolean;
}

const HELP = `
Examples:
  npm run admin -- storage backup /backup/motcua-2026-11-21.db
  npm run admin -- storage backup nightly.db --force     replaces the last one, once the new one is whole

It works while the server runs: the copy holds what was committed when it began. The copy is checked, is for its owner
alone, and has its name only once it is whole; what a run that was ended by force left, <file>.<random>.part, may be
removed. Keep the keys (keys.root, keys.storage) elsewhere: without them the
copy opens for nobody, and with them for everybody.`;

/** `storage backup`: a whole copy of the embedded database, while it is in use. */
export function storageBackup(cli: Cli): Command {
  return new Command('backup')
    .description('Copy the embedded database to a file, while it is in use.')
    .argument('<file>', 'where the copy goes')
    .option('--force', 'replace a file that is there')
    .option('--json', 'print one JSON object')
    .addHelpText('after', HELP)
    .action((to: string, flags: BackupFlags) =>
      cli.withKeeping((context) => backUp(cli, context, to, flags)),
    );
}

async function backUp(
  cli: Cli,
  { url }: KeepingContext,
  to: string,
  { force, json }: BackupFlags,
): Promise<ExitCode> {
  const file = sqliteFileOf(url);
  if (file === undefined) return ownTools(cli);
  const progress = createProgress(cli);
  const bytes = await interruptible(cli, (stopped) =>
    backUpDatabase({
      file,
      to,
      force: force === true,
      report: (done, total) => progress.show('pages', done, total),
      stopped,
    }),
  );
  progress.end();
  if (bytes === undefined) {
    cli.err.write('Interrupted. Nothing was kept.\n');
    return EXIT.cancelled;
  }
  if (json) printJson(cli, { file: to, bytes });
  else cli.out.write(`Backed up to ${to} (${bytes.toLocaleString('en')} bytes), checked.\n`);
  return EXIT.done;
}

/** Says how the other engines are backed up and restored. */
export function ownTools(cli: Cli): ExitCode {
  cli.err.write(
    'The configured storage is a database server, which is backed up and restored by its own tools:\n' +
      '  - MongoDB: snapshots of the disk, or mongodump with --oplog and mongorestore with --oplogReplay\n' +
      '  - FerretDB: the tools of its PostgreSQL, pg_basebackup with archived WAL, or pg_dump\n' +
      'How, step by step: config/operations.md, "Backups". This command is for the embedded database (sqlite:).\n',
  );
  return EXIT.badInput;
}
