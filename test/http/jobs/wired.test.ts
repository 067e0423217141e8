import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { formatDate } from '../../../src/messages/format.ts';
import { person } from '../../support/citizen.ts';
import { startProvider, type TestProvider } from '../../support/provider.ts';

describe('the wired provider', () => {
  let provider: TestProvider;
  beforeAll(async () => {
    provider = await startProvider();
  });
  afterAll(async () => {
    vi.useRealTimers();
    await provider.close();
  });

  it('tells the synthetic people whose papers are about to expire, once, without a number in the letter', async () => {
    const { application, letters } = provider;
    const told = await application.expiryNotices.run();
    await application.deliveries.run();
    expect(letters).toHaveLength(told);
    const { email, identity_paper_expires_at: ends = '' } = person('foreigner').subject;
    const foreigner = letters.filter(({ to }) => to.address === email?.address);
    expect(foreigner).toMatchObject([{ subject: expect.stringMatching(/^Giấy tờ của bạn sắp hết hạn/) }]);
    expect(foreigner[0]?.text).toContain(`Hết hạn ngày: ${formatDate(ends)}`);
    expect(letters.map(({ text }) => text).join()).not.toMatch(/\d{12}/);
    expect(await application.expiryNotices.run()).toBe(0);
    await application.deliveries.run();
    expect(letters).toHaveLength(told);
  });
});
