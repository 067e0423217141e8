import { openBrowser, type TestBrowser } from '../../support/citizen.ts';
import type { TestProvider } from '../../support/provider.ts';

const HERE = { domain: 'localhost', path: '/', secure: false, script: false };

/** Another browser that counts as the same device: it has the other's cookie of the device, and no session. */
export function twinOf(provider: TestProvider, { agent }: TestBrowser): TestBrowser {
  const twin = openBrowser(provider);
  const device = agent.jar.getCookie('device', HERE);
  if (device !== undefined) twin.agent.jar.setCookie(device.toString(), 'localhost', '/');
  return twin;
}

/** The same browser at another provider: it has all cookies of the other. */
export function cloneOf(provider: TestProvider, { agent }: TestBrowser): TestBrowser {
  const clone = openBrowser(provider);
  for (const cookie of agent.jar.getCookies(HERE)) {
    clone.agent.jar.setCookie(cookie.toString(), 'localhost', '/');
  }
  return clone;
}

/** The session cookie that a browser holds, with its signature, as it sends them. */
export const heldCookie = ({ agent }: TestBrowser): string =>
  ['session', 'session.sig'].map((name) => `${name}=${agent.jar.getCookie(name, HERE)?.value}`).join('; ');
