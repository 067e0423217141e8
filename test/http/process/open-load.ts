import { Agent, type ClientRequest, type IncomingMessage, request } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import type { ServerProcess } from '../../support/process.ts';

/** What became of one request: its answer, read to its end, or why there was none. */
export interface Outcome {
  /** Asked on a connection that would be kept. */
  readonly kept: boolean;
  readonly status?: number;
  /** As the server's log has it. */
  readonly id?: string;
  readonly connection?: string | undefined;
  readonly failure?: string;
}

export interface Load {
  /** How many requests were sent so far. */
  sent(): number;
  /** Sends no more; resolves with what became of every request. */
  end(): Promise<Outcome[]>;
}

const FORM = { 'Content-Type': 'application/x-www-form-urlencoded' };
const BODY = ['grant_type=authorization_code', '&code=x'] as const;
const SLOW_BODY_MS = 150;

async function answered(answer: IncomingMessage): Promise<Omit<Outcome, 'kept'>> {
  for await (const _ of answer);
  const { 'x-request-id': id, connection } = answer.headers;
  return { status: answer.statusCode ?? 0, id: String(id), connection };
}

/** Posts in two parts: for a while the request is neither here nor there. */
async function postSlowly(sent: ClientRequest): Promise<void> {
  sent.write(BODY[0]);
  await wait(SLOW_BODY_MS);
  sent.end(BODY[1]);
}

/**
 * Sends requests at a fixed rate, whether or not the ones before were answered: of each four, two on kept connections
 * and two on new ones, one of each a form that takes its time.
 */
export function startLoad({ address, issuer }: ServerProcess, perSecond: number): Load {
  const keeping = new Agent({ keepAlive: true });
  const { host } = new URL(issuer);
  const outcomes: Promise<Outcome>[] = [];
  const send = (turn: number): Promise<Outcome> =>
    new Promise((resolve) => {
      const kept = turn % 2 === 0;
      const slow = turn % 4 >= 2;
      const sent = request(`${address}${slow ? '/token' : '/'}`, {
        method: slow ? 'POST' : 'GET',
        agent: kept ? keeping : new Agent(),
        headers: { Host: host, Accept: 'text/html', ...(slow ? FORM : {}) },
      });
      const failed = (error: NodeJS.ErrnoException) =>
        resolve({ kept, failure: error.code ?? error.message });
      sent.on('error', failed);
      sent.on('response', (answer) =>
        answered(answer).then((outcome) => resolve({ kept, ...outcome }), failed),
      );
      if (slow) void postSlowly(sent);
      else sent.end();
    });
  const timer = setInterval(() => outcomes.push(send(outcomes.length)), 1000 / perSecond);
  return {
    sent: () => outcomes.length,
    async end() {
      clearInterval(timer);
      const ended = await Promise.all(outcomes);
      keeping.destroy();
      return ended;
    },
  };
}
