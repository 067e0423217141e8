import { it } from 'vitest';
import { openBrowser, person, signIn } from '../../support/citizen.ts';
import { startProvider } from '../../support/provider.ts';
import { register, start } from '../../support/relying-parties.ts';
it('probe', async () => {
  const provider = await startProvider();
  const rp = await register(provider);
  for (const p of [{ nonce: '\0' }, { state: '\0x' }, {login_hint: '\0'}, {ui_locales: '\0' }, {claims: '{"userinfo":{"x":{"value":"\\u0000\\ud800"}}}' }, {claims: '{"userinfo":{"a\\u0000":{"value":"\\u0000\\ud800"}}}' }, {acr_values: '\0'}, {display: 'x'}, {claims: `{"userinfo":{"x":{"value":${'['.repeat(1900)}${']'.repeat(1900)}}}}` }] as Record<string,string>[]) {
  const { url } = await start(rp, p);
  const before = provider.logged.length;
  const r = await signIn(openBrowser(provider), url, person('level-1')).catch((e) => e);
  console.log(JSON.stringify(p).slice(0,100), String(r), provider.logged.slice(before).filter((l) => l.err).map((l) => JSON.stringify(l.err).slice(0, 700)).at(-1));
  }
  await provider.close();
});
