import { type DestinationStream, type Logger, pino } from 'pino';
import type { Config } from '../config/schema.ts';

type Scalar = string | number | boolean | undefined;

/**
 * The fields a log line may carry, with what belongs in them. Nothing here identifies a person: `subject` is the
 * internal identifier. A new field needs a line here.
 */
const FIELDS = [
  /** What happened, as a fixed word: `sign_in.refused`. */
  'event',
  /** The reference number shown to the person. */
  'request_id',
  /** An error code of the errors table, an OAuth error, or why something was refused, as a fixed word. */
  'error',
  'reason',
  /** The request: method, path without query and identifiers, status, milliseconds. */
  'method',
  'path',
  'status',
  'duration_ms',
  'subject',
  'acr',
  /** The process and what it does. */
  'component',
  'job',
  'collection',
  'count',
  'signal',
] as const;

/** `err` is any thrown value; of an `Error` type, message, code, stack and causes are written. */
export type LogFields = { readonly [K in (typeof FIELDS)[number]]?: Scalar } & { readonly err?: unknown };

interface Write {
  (message: string): void;
  (fields: LogFields, message: string): void;
}

/** Structured log. Messages are fixed sentences; values go into the listed fields. */
export interface Log {
  readonly error: Write;
  readonly warn: Write;
  readonly info: Write;
  readonly debug: Write;
  readonly trace: Write;
}

const REDACTED = '[redacted]';
const MOST_CAUSES = 3;
const listed: ReadonlySet<string> = new Set(FIELDS);
const isScalar = (value: unknown): value is Scalar => ['string', 'number', 'boolean'].includes(typeof value);

function describeError(error: unknown, causes = MOST_CAUSES): Record<string, unknown> {
  if (!(error instanceof Error))
    return { type: typeof error, message: isScalar(error) ? String(error) : REDACTED };
  const { name, message, stack, cause } = error;
  return {
    type: name,
    message,
    ...('code' in error && isScalar(error.code) ? { code: error.code } : {}),
    stack,
    ...(cause === undefined || causes === 0 ? {} : { cause: describeError(cause, causes - 1) }),
  };
}

function admit([name, value]: [string, unknown]): [string, unknown] {
  if (name === 'err') return [name, describeError(value)];
  return [name, listed.has(name) && isScalar(value) ? value : REDACTED];
}

const admitted = (fields: object): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(fields)
      .filter(([, value]) => value !== undefined)
      .map(admit),
  );

function write(logger: Logger, level: keyof Log): Write {
  return (first: string | LogFields, message?: string) => {
    if (!logger.isLevelEnabled(level)) return;
    if (typeof first === 'string') logger[level]({}, first);
    else logger[level](admitted(first), message);
  };
}

const wrap = (logger: Logger): Log => ({
  error: write(logger, 'error'),
  warn: write(logger, 'warn'),
  info: write(logger, 'info'),
  debug: write(logger, 'debug'),
  trace: write(logger, 'trace'),
});

/** JSON lines on standard output, or on `destination`. */
export function createLog(options: { level: Config['log']['level']; destination?: DestinationStream }): Log {
  const settings = {
    level: options.level,
    timestamp: pino.stdTimeFunctions.isoTime,
    serializers: { err: (described: unknown) => described },
  };
  return wrap(options.destination ? pino(settings, options.destination) : pino(settings));
}
