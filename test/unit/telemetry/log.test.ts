import { describe, expect, test } from 'vitest';
import { createLog, type Log } from '../../../src/telemetry/log.ts';

function captured(level: 'info' | 'silent' = 'info'): {
  log: Log;
  lines: () => Record<string, unknown>[];
  text: () => string;
} {
  const written: string[] = [];
  const log = createLog({ level, destination: { write: (line: string) => void written.push(line) } });
  return { log, lines: () => written.map((line) => JSON.parse(line)), text: () => written.join('') };
}

const SECRET = 'bi-mat-097090000001';

describe('what never reaches the log', () => {
  test.each([
    'password',
    'passcode',
    'code',
    'token',
    'access_token',
    'secret',
    'client_secret',
    'authorization',
    'Authorization',
    'cookie',
    'set-cookie',
    'client_assertion',
    'personal_number',
    'email',
    'phone',
    'name',
    'anything_else',
  ])('a field %s', (field) => {
    const { log, lines, text } = captured();
    log.info(Object.fromEntries([[field, SECRET]]), 'signed in');
    expect(text()).not.toContain(SECRET);
    expect(lines().map((line) => line[field])).toEqual(['[redacted]']);
  });

  test('an object in a listed field', () => {
    const { log, text } = captured();
    log.info(Object.fromEntries([['reason', { password: SECRET }]]), 'refused');
    expect(text()).toContain('[redacted]');
    expect(text()).not.toContain(SECRET);
  });

  test('what hangs on an error, on its cause, or is thrown in place of one', () => {
    const { log, text } = captured();
    const cause = Object.assign(new Error('refused'), { request: { headers: { cookie: SECRET } } });
    log.error({ err: Object.assign(new Error('broken', { cause }), { row: SECRET }) }, 'fault');
    log.error({ err: { password: SECRET } }, 'fault');
    expect(text()).not.toContain(SECRET);
  });

  test('a line below the level', () => {
    const { log, text } = captured();
    log.debug({ event: 'x' }, 'quiet');
    const silent = captured('silent');
    silent.log.error('quiet');
    expect(text() + silent.text()).toBe('');
  });

  test('a second line smuggled in by a value', () => {
    const { log, lines, text } = captured();
    log.info({ path: '/a\n{"level":60,"msg":"forged"}' }, 'request');
    expect(text().trimEnd().split('\n')).toHaveLength(1);
    expect(lines()).toHaveLength(1);
  });
});

describe('a line', () => {
  test('is JSON with its fields, message and UTC time', () => {
    const { log, lines } = captured();
    log.warn({ event: 'sign_in.refused', status: 401, reason: undefined }, 'sign-in refused');
    expect(lines()[0]).toMatchObject({
      level: 40,
      event: 'sign_in.refused',
      status: 401,
      msg: 'sign-in refused',
    });
    expect(lines()[0]).not.toHaveProperty('reason');
    expect(lines()[0]?.time).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
  });

  test('describes an error by type, message, code, stack and cause', () => {
    const { log, lines } = captured();
    const cause = Object.assign(new Error('locked'), { code: 'SQLITE_BUSY' });
    log.error({ err: new TypeError('cannot write', { cause }) }, 'fault');
    expect(lines()[0]?.err).toMatchObject({
      type: 'TypeError',
      message: 'cannot write',
      stack: expect.stringContaining('log.test.ts'),
      cause: { message: 'locked', code: 'SQLITE_BUSY' },
    });
  });

  test('ends with an error that is its own cause', () => {
    const { log, lines } = captured();
    const error = new Error('round');
    error.cause = error;
    log.error({ err: error }, 'fault');
    expect(lines()).toHaveLength(1);
  });
});
