import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser, person, signIn } from '../../support/citizen.ts';
import { startProvider, type TestProvider } from '../../support/provider.ts';
import { redeem, register, start, type TestRelyingParty, userInfo } from '../../support/relying-parties.ts';

describe('a sign-in', () => {
  let provider: TestProvider;
  let rp: TestRelyingParty;
  beforeAll(async () => {
    provider = await startProvider();
    rp = await register(provider);
  });
  afterAll(() => provider.close());

  it('at level 1 gives acr 1 and what was agreed to', async () => {
    const started = await start(rp, { scope: 'openid profile identity' });
    const callback = await signIn(openBrowser(provider), started.url, person('level-1'));
    const tokens = await redeem(started, callback);
    expect(tokens.claims()).toMatchObject({ acr: '1', amr: ['pwd'] });
    const info = await userInfo(started, tokens);
    expect(info).toMatchObject({ acr: '1', name: person('level-1').subject.name });
    expect(info.sub).not.toContain(person('level-1').subject.personal_number);
  });

  it('at level 2 gives acr 2 and the documents that were agreed to, and no others', async () => {
    const who = person('all-documents');
    const started = await start(rp, {
      scope: 'openid profile doc:id_card doc:driving_licence doc:residence',
    });
    const callback = await signIn(openBrowser(provider), started.url, who, ['doc:driving_licence']);
    const tokens = await redeem(started, callback);
    expect(tokens.claims()).toMatchObject({ acr: '2', amr: ['pwd', 'otp', 'mfa'], authentication_level: 2 });
    expect(tokens.claims()).not.toHaveProperty('id_card');
    const info = await userInfo(started, tokens);
    expect(info.id_card).toMatchObject([{ status: 'valid' }]);
    expect(info.driving_licence).toBeInstanceOf(Array);
    expect(info).not.toHaveProperty('residence');
  });
});
