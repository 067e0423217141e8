import { PassThrough } from 'node:stream';
import type { AuditFact } from '../../../src/audit/trail.ts';
import type { AdminContext } from '../../../src/cli/admin-context.ts';
import type { KeepingContext } from '../../../src/cli/keeping-context.ts';
import { buildProgram } from '../../../src/cli/program.ts';
import { createRegistry } from '../../../src/relying-party/registry.ts';
import type { Storage } from '../../../src/storage/contract.ts';

/** What one invocation printed and returned. */
export interface Invocation {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

export interface AdminOptions {
  /** Keys to press, one after another; makes both streams a terminal. */
  readonly keys?: readonly string[];
  /** What is piped into standard input; without it and without keys there is nothing to read. */
  readonly input?: string;
  readonly columns?: number;
  readonly noColour?: boolean;
  readonly context?: Partial<AdminContext>;
  readonly events?: AuditFact[];
  readonly open?: () => Promise<AdminContext>;
  readonly keeping?: KeepingContext;
  /** Given what Ctrl+C calls, once a command listens to it. */
  readonly onInterrupt?: (heard: () => void) => void;
}

const NOW = Date.parse('2026-11-21T02:03:04Z');

/** The context an invocation opens: its own registry over a storage that others write too. */
export function adminContext(storage: Storage, { context, events }: AdminOptions = {}): AdminContext {
  const clock = { now: () => NOW };
  return {
    registry: createRegistry({ storage, clock, cacheSeconds: 0 }),
    clock,
    issuer: 'https://id.example',
    allowLoopbackHttp: false,
    registryCacheSeconds: 2,
    withdrawConsent: async () => 'unknown_person',
    get people(): AdminContext['people'] {
      throw new Error('this test has no people');
    },
    audit: {
      record: async (fact) => {
        events?.push(fact);
      },
    },
    close: async () => {},
    ...context,
  };
}

/** Runs the administrator's command line over a storage and captures what it prints. */
export const runAdmin = (storage: Storage, args: readonly string[], options: AdminOptions = {}) =>
  run(args, { open: async () => adminContext(storage, options), ...options });

/** The same without a storage that is open already: for commands that move and keep data. */
export async function run(args: readonly string[], options: AdminOptions): Promise<Invocation> {
  const terminal = options.keys !== undefined;
  const [out, err] = [captured(terminal, options.columns), captured(terminal, options.columns)];
  const stdin = Object.assign(new PassThrough(), { isTTY: terminal, setRawMode: () => stdin });
  if (!terminal) stdin.end(options.input ?? '');
  const typing = type(stdin, err.stream, options.keys ?? []);
  const program = buildProgram({
    stdin,
    out: out.stream,
    err: err.stream,
    noColour: options.noColour ?? false,
    onInterrupt: (heard) => {
      options.onInterrupt?.(heard);
      return () => {};
    },
    open: async () => {
      if (!options.open) throw new Error('this test opens no context');
      return options.open();
    },
    openKeeping: async () => {
      if (!options.keeping) throw new Error('this test keeps no data');
      return options.keeping;
    },
  });
  const code = await program.run(args);
  clearInterval(typing);
  return { code, out: out.text(), err: err.text() };
}

function captured(isTTY: boolean, columns: number | undefined) {
  const chunks: string[] = [];
  const stream = new PassThrough();
  stream.on('data', (chunk: Buffer) => chunks.push(chunk.toString()));
  const size = columns === undefined ? {} : { columns };
  return { stream: Object.assign(stream, { isTTY, ...size }), text: () => chunks.join('') };
}

/** Presses the next key whenever the screen has been still for a moment. */
function type(stdin: PassThrough, screen: PassThrough, keys: readonly string[]) {
  const left = [...keys];
  let drawn = Date.now();
  screen.on('data', () => {
    drawn = Date.now();
  });
  return setInterval(() => {
    if (Date.now() - drawn < 40 || left.length === 0) return;
    drawn = Date.now();
    stdin.write(left.shift());
  }, 10);
}
