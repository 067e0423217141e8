import { Command, CommanderError } from 'commander';
import { ConfigurationError } from '../config/configuration-error.ts';
import { MisfitDocument } from '../storage/codec.ts';
import { StorageUnavailable } from '../storage/contract.ts';
import { BackupRefused } from '../storage/sqlite/whole-file.ts';
import type { CliDependencies } from './admin-context.ts';
import { clientAdd } from './client-add.ts';
import { clientList } from './client-list.ts';
import { clientRemove } from './client-remove.ts';
import { clientShow } from './client-show.ts';
import type { Cli, CommandBuilder } from './command.ts';
import { consentWithdraw } from './consent-withdraw.ts';
import { EXIT, type ExitCode } from './exit-code.ts';
import { keyStorageRotate } from './key-storage-rotate.ts';
import { keyStorageStatus } from './key-storage-status.ts';
import { layoutOf } from './layout.ts';
import { personActivate } from './person-activate.ts';
import { personClose } from './person-close.ts';
import { personContact } from './person-contact.ts';
import { personCount } from './person-count.ts';
import { personImport } from './person-import.ts';
import { personLock, personUnlock } from './person-lock.ts';
import { personShow } from './person-show.ts';
import { storageBackup } from './storage-backup.ts';
import { storageCopy } from './storage-copy.ts';
import { storageMigrate } from './storage-migrate.ts';
import { storageRestore } from './storage-restore.ts';
import { storageStatus } from './storage-status.ts';

interface Group {
  readonly name: string;
  readonly description: string;
  readonly commands?: readonly CommandBuilder[];
  readonly groups?: readonly Group[];
}

const groups: readonly Group[] = [
  {
    name: 'client',
    description: 'Register relying parties (portals), look at them, remove them.',
    commands: [clientAdd, clientList, clientShow, clientRemove],
  },
  {
    name: 'consent',
    description: 'What people agreed to hand over to a portal.',
    commands: [consentWithdraw],
  },
  {
    name: 'key',
    description: 'The keys that data are encrypted with.',
    groups: [
      {
        name: 'storage',
        description: 'The keys of stored data (keys.storage): change them, see which are in use.',
        commands: [keyStorageRotate, keyStorageStatus],
      },
    ],
  },
  {
    name: 'person',
    description: 'People: issue accounts, activate them, print letters, lock, count.',
    commands: [
      personImport,
      personShow,
      personActivate,
      personContact,
      personLock,
      personUnlock,
      personClose,
      personCount,
    ],
  },
  {
    name: 'storage',
    description: 'Look at the stored data, migrate, back up, restore and move them.',
    commands: [storageStatus, storageMigrate, storageBackup, storageRestore, storageCopy],
  },
];

const EXAMPLES = `
Examples:
  npm run admin -- client add              asks for what every portal needs, in a terminal
  npm run admin -- client add --help       every flag and every scope explained
  npm run admin -- client list
  npm run admin -- person import --help    how people get accounts
  npm run admin -- storage status          the engine, the version of the data, the rows
  npm run -s admin -- client list --json   for programs: -s keeps npm's own lines out of standard output

Exit codes: 0 done, 1 fault, 2 bad input and nothing stored, 130 cancelled.`;

/** The administrator's command line. `run` takes the arguments after the script's name and never throws. */
export interface Program {
  run(args: readonly string[]): Promise<ExitCode>;
}

/** Builds the program on its dependencies; nothing is opened before a command needs it. */
export function buildProgram(dependencies: CliDependencies): Program {
  return {
    async run(args) {
      let code: ExitCode = EXIT.done;
      const cli: Cli = {
        ...dependencies,
        async withContext(action) {
          const context = await dependencies.open();
          try {
            code = await action(context);
          } finally {
            await context.close();
          }
        },
        async withKeeping(action) {
          code = await action(await dependencies.openKeeping());
        },
      };
      try {
        await rootCommand(cli).parseAsync(args, { from: 'user' });
        return code;
      } catch (error) {
        return reportFault(error, cli);
      }
    },
  };
}

function rootCommand(cli: Cli): Command {
  const root = configured(new Command('admin'), cli)
    .usage('<group> <command> [options]')
    .description('Administration of Một Cửa ID. It may be used while the server runs.')
    .addHelpText('after', EXAMPLES);
  addGroups(root, groups, cli);
  return root;
}

function addGroups(parent: Command, children: readonly Group[], cli: Cli): void {
  for (const { name, description, commands = [], groups: below = [] } of children) {
    const group = configured(parent.command(name), cli).description(description);
    for (const build of commands) group.addCommand(configured(build(cli), cli));
    addGroups(group, below, cli);
  }
}

function configured(command: Command, cli: Cli): Command {
  const { out, err } = cli;
  const outLayout = layoutOf(out, cli);
  const errLayout = layoutOf(err, cli);
  return command
    .exitOverride()
    .helpOption('-h, --help', 'show this help')
    .helpCommand(false)
    .configureOutput({
      writeOut: (text) => out.write(text),
      writeErr: (text) => err.write(text),
      getOutHelpWidth: () => outLayout.width,
      getErrHelpWidth: () => errLayout.width,
      getOutHasColors: () => outLayout.colour,
      getErrHasColors: () => errLayout.colour,
    });
}

/** Their messages are sentences to print. A row that cannot be read is named, its content is not. */
const KNOWN = [ConfigurationError, StorageUnavailable, MisfitDocument];

/** Commander has already said what it has to say; known faults are one message, others a stack to report. */
function reportFault(error: unknown, { err }: Cli): ExitCode {
  if (error instanceof CommanderError)
    return error.code.startsWith('commander.help') ? EXIT.done : EXIT.badInput;
  const refused = error instanceof BackupRefused;
  const known = refused || KNOWN.some((kind) => error instanceof kind);
  const detail =
    error instanceof Error ? (known ? error.message : (error.stack ?? error.message)) : String(error);
  err.write(`${detail}\n`);
  return refused ? EXIT.badInput : EXIT.fault;
}
