import { Command } from 'commander';
import { resealAll } from '../storage/keeping/reseal-all.ts';
import type { Cli } from './command.ts';
import { EXIT, type ExitCode } from './exit-code.ts';
import { interruptible, refusedToGo } from './go-ahead.ts';
import { closingAfter, type KeepingContext, type KeptStorage, recordIn } from './keeping-context.ts';
import { sealName } from './key-survey.ts';
import { counted } from './layout.ts';
import { createProgress, createRowProgress } from './progress.ts';
import { printableAddress } from './storage-address.ts';
import { printJson } from './terminal.ts';

interface RotateFlags {
  readonly yes?: boolean;
  readonly json?: boolean;
}

const HELP = `
Every stored row that holds personal data is encrypted. The list keys.storage (MOTCUA_KEYS_STORAGE) says with which
keys: the first one writes, all of them read. To change the key:
  1. Make one:           openssl rand -base64 32 | tr "+/" "-_" | tr -d "="
  2. Several instances:  add it at the END of the list on all of them and restart them, so that all can read it.
  3. Put it FIRST in the list, the old one behind it, and restart every instance.
  4. Run this command, with the same list:
       npm run admin -- key storage rotate
       npm run admin -- key storage rotate --yes     asks nothing, for scripts
  5. When it says so, take the old key out of the list and restart.

It works while the servers run. Ctrl+C ends it after the batch under way; run it again and it goes on from there.`;

/** `key storage rotate`: encrypts every row anew that the first configured key did not encrypt. */
export function keyStorageRotate(cli: Cli): Command {
  return new Command('rotate')
    .description('Encrypt all data anew with the first key of keys.storage.')
    .option('--yes', 'do not ask; needed where nobody can answer')
    .option('--json', 'print one JSON object')
    .addHelpText('after', HELP)
    .action((flags: RotateFlags) =>
      cli.withKeeping((context) =>
        closingAfter(context.openCurrent(), (kept) => rotate(cli, context, kept, flags)),
      ),
    );
}

async function rotate(
  cli: Cli,
  context: KeepingContext,
  { storage, collections }: KeptStorage,
  { yes, json }: RotateFlags,
): Promise<ExitCode> {
  const sealed = collections.filter((kept) => kept.sealed);
  const counts = await Promise.all(sealed.map(({ collection }) => collection.count()));
  const rows = counts.reduce((sum, count) => sum + count, 0);
  const refused = await refusedToGo(cli, {
    says: intention(context, sealed.length, rows),
    question: 'Encrypt anew?',
    yes: yes === true,
  });
  if (refused !== undefined) return refused;
  await recordIn(storage, context, { kind: 'storage.rotation_begun' });
  const progress = createProgress(cli);
  const { end, resealed } = await interruptible(cli, async (stopped) =>
    resealAll({
      storage,
      collections,
      task: `rotate/${await sealName(context.cipher)}`,
      watch: { report: createRowProgress(progress, rows), stopped },
    }),
  );
  progress.end();
  if (json) printJson(cli, { end, resealed });
  else cli.out.write(`Encrypted anew: ${counted(resealed, 'row')}.\n`);
  cli.err.write(ENDS[end].says);
  return ENDS[end].code;
}

const intention = ({ url, ciphers }: KeepingContext, collections: number, rows: number): string[] => [
  `Storage: ${printableAddress(url)}`,
  `${counted(rows, 'row')} in ${counted(collections, 'encrypted collection')} will be looked at; those that the first ` +
    `of ${counted(ciphers.length, 'configured key')} did not encrypt will be encrypted anew.`,
  ...(ciphers.length === 1
    ? ['Only one key is configured. To change it, put the new one before it first: key storage rotate --help']
    : []),
];

const ENDS = {
  done: {
    code: EXIT.done,
    says:
      'All rows were looked at once more: every one is encrypted with the first key. Once every instance runs with ' +
      'that key in the first place, the others may be taken out of keys.storage.\n',
  },
  stopped: {
    code: EXIT.cancelled,
    says: 'Interrupted. Keep all keys in the list and run the same command again: it goes on from here.\n',
  },
  unsettled: {
    code: EXIT.fault,
    says:
      'Rows keep coming up that another key encrypted: an instance still runs with the former list. Restart it with ' +
      'the new one, keep all keys in the list, and run this command again.\n',
  },
} as const;
