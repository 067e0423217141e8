import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const START = join(import.meta.dirname, '..', '..', 'scripts', 'ferretdb', 'start.sh');
/** What `start.sh` ends with when the machine cannot run it: nothing is prepared, or nobody but root may. */
const CANNOT = 2;

/** A FerretDB of our own, with data that nobody else sees. */
export interface FerretdbServer {
  readonly uri: string;
  /** The version of the PostgreSQL underneath, `18.6`. */
  readonly postgresVersion: string;
  /** Ends FerretDB and PostgreSQL at once, as a crash does. */
  kill(): Promise<void>;
  /** Brings both back after `kill`, on the same address and data. */
  restart(): Promise<void>;
  /** Ends both and removes the data. */
  stop(): Promise<void>;
}

interface Supervisor {
  readonly child: ChildProcess;
  /** The next line it says; undefined when it has ended. */
  readonly nextLine: () => Promise<string | undefined>;
  readonly errors: () => string;
  readonly closed: Promise<number | null>;
}

const superviseBy = (child: ChildProcess): Supervisor => {
  let errors = '';
  child.stderr?.setEncoding('utf8').on('data', (part: string) => {
    errors += part;
  });
  // Orders to one that has just died come back as the end of its output.
  child.stdin?.on('error', () => undefined);
  const closed = new Promise<number | null>((resolve) => {
    child.once('close', resolve);
    child.once('error', () => resolve(CANNOT));
  });
  if (!child.stdout) throw new Error('start.sh was started without a pipe for its output');
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const nextLine = async () => (await lines.next()).value;
  return { child, nextLine, errors: () => errors, closed };
};

/** The words of the next line, which must open with this one. */
const expectLine = async ({ nextLine, errors }: Supervisor, word: string): Promise<string[]> => {
  const words = (await nextLine())?.split(' ') ?? [];
  if (words[0] !== word) throw new Error(`FerretDB said no '${word}': ${errors()}`);
  return words;
};

const serverOf = (
  supervisor: Supervisor,
  [, port, postgresVersion = '']: readonly string[],
): FerretdbServer => {
  const order = (word: string) => supervisor.child.stdin?.write(`${word}\n`);
  return {
    uri: `mongodb://127.0.0.1:${port}/`,
    postgresVersion,
    kill: async () => {
      order('kill');
      await expectLine(supervisor, 'killed');
    },
    restart: async () => {
      order('start');
      await expectLine(supervisor, 'ready');
    },
    stop: async () => {
      supervisor.child.stdin?.end();
      await supervisor.closed;
    },
  };
};

/**
 * Starts the FerretDB that `scripts/prepare-ferretdb.sh` prepared. It lives no longer than this process, however
 * this process ends. `lasting` makes a write that was acknowledged survive `kill`.
 * @returns the sentence why there is none, where none can be started on this machine
 */
export async function startFerretdb({ lasting = false } = {}): Promise<FerretdbServer | string> {
  if (process.platform !== 'linux') return 'FerretDB can be prepared on Linux only';
  // A group of its own: an interrupt from the terminal is for us, and we then stop it in order.
  const child = spawn('bash', [START, '0', lasting ? 'on' : 'off'], { stdio: 'pipe', detached: true });
  const supervisor = superviseBy(child);
  const first = await supervisor.nextLine();
  if (first !== undefined) return serverOf(supervisor, first.split(' '));
  const code = await supervisor.closed;
  if (code === CANNOT) return supervisor.errors().trim() || 'bash is not installed';
  throw new Error(`FerretDB did not start (code ${code}): ${supervisor.errors()}`);
}
