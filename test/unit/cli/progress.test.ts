import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { createProgress, createRowProgress } from '../../../src/cli/progress.ts';
import { printableAddress } from '../../../src/cli/storage-address.ts';

/** A progress on a terminal or a pipe, with a clock that is moved by hand. */
const bench = (isTTY: boolean, columns = 80) => {
  const clock = { time: 0 };
  const err = Object.assign(new PassThrough(), { isTTY, columns });
  const chunks: string[] = [];
  err.on('data', (chunk) => chunks.push(String(chunk)));
  const terminal = { stdin: new PassThrough(), out: err, err, noColour: true, onInterrupt: () => () => {} };
  return { clock, progress: createProgress(terminal, () => clock.time), written: () => chunks.join('') };
};

describe('progress without a terminal', () => {
  it('says nothing about what is over at once', () => {
    const { progress, written } = bench(false);
    progress.show('papers', 1, 2);
    progress.show('papers', 2, 2);
    progress.end();
    expect(written()).toBe('');
  });

  it('writes a plain line every few seconds, with how long it will take', () => {
    const { clock, progress, written } = bench(false);
    for (clock.time = 0; clock.time <= 12_000; clock.time += 1_000)
      progress.show('papers', clock.time, 24_000);
    expect(written()).toBe(
      '20 %  papers: 5,000 of 24,000, about 19 s left\n41 %  papers: 10,000 of 24,000, about 14 s left\n',
    );
  });

  it('does not take what was done before an interruption for speed', () => {
    const { clock, progress, written } = bench(false);
    progress.show('papers', 9_000, 10_000);
    clock.time = 5_000;
    progress.show('papers', 9_500, 10_000);
    expect(written()).toContain('about 5 s left');
  });
});

describe('progress on a terminal', () => {
  it('draws one bar over and over, never wider than the terminal, and leaves the last state', () => {
    const { clock, progress, written } = bench(true, 50);
    for (let at = 0; at <= 10; at += 1) {
      clock.time = at * 60;
      progress.show('pushed_authorization_requests', at, 10);
    }
    progress.end();
    const drawn = written().split('\r\u001b[2K').slice(1);
    expect(drawn.length).toBeGreaterThan(3);
    expect(drawn.length).toBeLessThan(8);
    for (const line of drawn) expect(line.trimEnd().length).toBeLessThan(50);
    expect(drawn.at(-1)).toMatch(/^\[#{24}\] 100 %.*\n$/);
  });
});

describe('progress over several collections', () => {
  it('counts their rows together and never exceeds the whole', () => {
    const { clock, progress, written } = bench(false);
    const report = createRowProgress(progress, 10);
    report('papers', 4);
    clock.time = 6_000;
    report('secrets', 3);
    clock.time = 12_000;
    report('secrets', 9);
    expect(written()).toBe('70 %  secrets: 7 of 10, about 6 s left\n100 %  secrets: 10 of 10\n');
  });
});

describe('an address as it is shown', () => {
  it.each([
    ['sqlite:./data/a@b.db', 'sqlite:./data/a@b.db'],
    ['mongodb://user:p@ss@h1:1,h2:2/motcua?replicaSet=rs0', 'mongodb://h1:1,h2:2/motcua'],
    ['mongodb+srv://u:secret@db.example/motcua', 'mongodb+srv://db.example/motcua'],
    ['mongodb://u:q8/secret@db.example:27017', 'mongodb://db.example:27017'],
    ['mongodb://db/motcua?authMechanismProperties=TOKEN:secret@x', 'mongodb://db/motcua'],
  ])('%s hides what is secret', (url, shown) => {
    expect(printableAddress(url)).toBe(shown);
  });
});
