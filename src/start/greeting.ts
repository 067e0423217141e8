import type { Config } from '../config/schema.ts';
import { embedded } from '../config/workers.ts';
import type { Demo } from '../demo/demo.ts';

const counted = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`;

function processes({ workers, passwords, storage }: Config, engine: string): string {
  const threads = `${counted(passwords.workers, 'thread', 'threads')} for passwords`;
  const several = workers > 1 ? `${workers} processes, each with ${threads}` : `One process and ${threads}`;
  return `${several}, on ${engine}${embedded(storage.url) ? '; several processes need MongoDB' : ''}.`;
}

/** What is said once the server serves: where, in how many processes and, in development, what to do next. */
export function greeting(config: Config, engine: string, demo: Demo | undefined): string {
  const { issuer, profile } = config;
  const running = [`Một Cửa ID is running: ${issuer} (${profile})`, processes(config, engine)];
  if (!demo) return running.join('\n');
  const people = demo.examples.map(
    ({ level, number, password, code }) =>
      `       level ${level}:  ${number}  ${password}${code ? '  and the code shown at /dev/' : ''}`,
  );
  return [
    ...running,
    '',
    `  1. Open the demo portal:  ${demo.portalOrigin}`,
    '  2. Choose a procedure and sign in, for example as',
    ...people,
    `  3. Everybody else, and the current one-time codes:  ${issuer}/dev/`,
    '',
    'Stop with Ctrl+C; the data stay for the next start.',
  ].join('\n');
}
