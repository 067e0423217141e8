import { describe, expect, it } from 'vitest';
import { runScript } from '../../support/process.ts';

const NOWHERE = { PATH: '/nonexistent' };

describe('the drill on a real replica set', { timeout: 60_000 }, () => {
  const drill = (...args: string[]) => runScript(['scripts/step-down-drill.ts', ...args], NOWHERE);

  it('says in one sentence what it lacks on a machine without mongod', async () => {
    const { code, err, out } = await drill();
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err.trim()).toBe(
      'This drill needs a mongod (MongoDB 7 or newer): install one so that it is on the PATH, or name it with --mongod.',
    );
  });

  it.each([
    [['--seconds', 'long'], '--seconds takes a whole number from 1.'],
    [['--minutes', '1'], "Unknown option '--minutes'"],
    [['--mongod', '/nonexistent/mongod'], 'spawn /nonexistent/mongod ENOENT'],
  ])('refuses %j', async (args, sentence) => {
    const { code, err } = await drill(...args);
    expect(code).toBe(2);
    expect(err).toContain(sentence);
    expect(err.trim().split('\n')).toHaveLength(1);
  });

  it('explains itself', async () => {
    const { code, err, out } = await drill('--help');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    for (const option of ['--seconds', '--seed', '--mongod']) expect(out).toContain(option);
  });
});

describe('the drill that kills servers', { timeout: 60_000 }, () => {
  it('explains itself', async () => {
    const { code, out } = await runScript(['scripts/kill-drill.ts', '--help'], NOWHERE);
    expect(code).toBe(0);
    for (const option of ['--seconds', '--storage', '--instances', '--seed']) expect(out).toContain(option);
  });
});
