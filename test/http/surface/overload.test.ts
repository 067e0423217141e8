import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser } from '../../support/citizen.ts';
import { startProvider, type TestProvider } from '../../support/provider.ts';
import { register, start, type TestRelyingParty } from '../../support/relying-parties.ts';
import { ask } from './wire.ts';

const EACH = { personal_number: '098000000001', password: 'nobody has this password' };

describe('more passwords than there is time to check', () => {
  let provider: TestProvider;
  let rp: TestRelyingParty;
  beforeAll(async () => {
    provider = await startProvider({
      people: false,
      config: { passwords: { memory_kib: 65_536, passes: 6, parallelism: 1, workers: 1, queue: 1 } },
    });
    rp = await register(provider);
  });
  afterAll(() => provider.close());

  it('are refused at once with a page, while those before them are checked and all else is served', async () => {
    const pages = await Promise.all(
      Array.from({ length: 6 }, async () => {
        const browser = openBrowser(provider);
        return { browser, visit: await browser.follow((await start(rp)).url) };
      }),
    );
    const answered: { status: number | undefined; text: string; headers: Record<string, string> }[] = [];
    const posts = pages.map(async ({ browser, visit }) => {
      const { page } = await browser.submit(visit, '/password', EACH);
      answered.push({ status: page?.status, text: page?.text ?? '', headers: page?.headers ?? {} });
    });
    const health = ask(provider, '/readyz');
    await Promise.all([...posts, health]);
    expect((await health).status).toBe(200);
    expect(answered.map(({ status }) => status).sort()).toEqual([422, 422, 503, 503, 503, 503]);
    expect(answered.at(-1)?.status).toBe(422);
    for (const { status, text, headers } of answered) {
      if (status !== 503) continue;
      expect(headers['retry-after']).toBe('5');
      expect(text).toContain('Đang có rất nhiều người đăng nhập');
    }
    const [again] = pages;
    expect((await again?.browser.submit(again.visit, '/password', EACH))?.page?.status).toBe(422);
  });
});
