import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createSmsTransport } from '../../../src/outbox/sms.ts';
import { advance, startProvider } from '../../support/provider.ts';
import { makeCertificate } from '../../support/smtp-certificate.ts';

interface Received {
  readonly method: string | undefined;
  readonly path: string | undefined;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: string;
}

const TOKEN = 'a-token-of-the-gateway';
const message = {
  messageId: '<0123456789abcdef@id.tinhmau.example>',
  date: 0,
  to: { phone: '+84970000001' },
  text: 'Tỉnh Mẫu: 482913 là mã đổi số điện thoại',
};
const never = new AbortController().signal;

describe('the gateway for text messages', () => {
  const open: (() => unknown)[] = [];
  afterEach(async () => {
    vi.useRealTimers();
    for (const close of open.splice(0).reverse()) await close();
  });

  const listen = async (server: Server): Promise<number> => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    open.push(() => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    });
    return (server.address() as AddressInfo).port;
  };

  /** A gateway that answers with the statuses in turn, and then goes on with the last. */
  async function gateway(...statuses: number[]) {
    const received: Received[] = [];
    const answer: RequestListener = (request, response) => {
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => void parts.push(part));
      request.on('end', () => {
        const { headers, method, url: path } = request;
        received.push({ headers, method, path, body: Buffer.concat(parts).toString('utf8') });
        const status = statuses[Math.min(received.length, statuses.length) - 1] ?? 500;
        response.writeHead(status, status < 400 && status >= 300 ? { Location: '/elsewhere' } : {});
        response.end('{"error":"of no interest"}');
      });
    };
    const port = await listen(createServer(answer));
    return { received, url: `http://127.0.0.1:${port}/messages` };
  }
  const deliver = (url: string) => createSmsTransport({ url, token: TOKEN }).deliver(message, never);

  it.each([
    [400, 'letter_refused', true],
    [404, 'letter_refused', true],
    [422, 'letter_refused', true],
    [401, 'credentials_refused', false],
    [403, 'credentials_refused', false],
    [408, 'busy', false],
    [429, 'busy', false],
    [500, 'server_away', false],
    [503, 'server_away', false],
  ])('that answers %i has not taken the message: %s, for good %s', async (status, cause, permanent) => {
    const { received, url } = await gateway(status);
    expect(await deliver(url)).toEqual({ kind: 'failed', cause, permanent, reply: status });
    expect(received).toHaveLength(1);
  });

  it.each([301, 302, 303, 307, 308])('that redirects with %i is not followed', async (status) => {
    const { received, url } = await gateway(status);
    expect(await deliver(url)).toMatchObject({ kind: 'failed', permanent: false });
    expect(received.map(({ path }) => path)).toEqual(['/messages']);
  });

  it('that is away, or never answers, is tried again later', async () => {
    const port = await listen(createServer(() => undefined));
    const ending = new AbortController();
    const hanging = createSmsTransport({ url: `http://127.0.0.1:${port}/`, token: TOKEN });
    const waiting = hanging.deliver(message, ending.signal);
    ending.abort();
    const away = { kind: 'failed', cause: 'server_away', permanent: false };
    expect(await waiting).toMatchObject(away);
    expect(await deliver('http://127.0.0.1:9/')).toMatchObject(away);
  });

  it.each([
    ['an authority that is not known', makeCertificate('localhost')],
    ['another host’s name', makeCertificate('sms.evil.example')],
    ['a certificate that is over', makeCertificate('localhost', { until: 2020 })],
  ])('with %s is told neither token nor message', async (_what, certificate) => {
    let asked = 0;
    const answer: RequestListener = (_request, response) => {
      asked += 1;
      response.end();
    };
    const port = await listen(createTlsServer(certificate, answer));
    expect(await deliver(`https://localhost:${port}/messages`)).toMatchObject({
      kind: 'failed',
      cause: 'untrusted_server',
      permanent: false,
    });
    expect(asked).toBe(0);
  });

  it.each([200, 201, 202, 204])('that answers %i has taken it, with token and key', async (status) => {
    const { received, url } = await gateway(status);
    expect(await deliver(url)).toEqual({ kind: 'sent' });
    const [request] = received;
    expect(request).toMatchObject({ method: 'POST', path: '/messages' });
    expect(request?.headers).toMatchObject({
      authorization: `Bearer ${TOKEN}`,
      'content-type': 'application/json',
      'idempotency-key': message.messageId,
    });
    expect(JSON.parse(request?.body ?? '')).toEqual({ to: '+84970000001', text: message.text });
  });

  it('is asked once more under the same key, and holds up no letter while it is away', async () => {
    const { received, url } = await gateway(503, 200);
    const provider = await startProvider({ people: false, config: { sms: { url, token: TOKEN } } });
    open.push(provider.close);
    const { outbox } = provider.services;
    const about = { language: 'vi', expiresAt: Date.now() + 3_600_000 } as const;
    const code = { kind: 'code', values: { code: '482913', purpose: 'phone_change' } } as const;
    await outbox.enqueue({ ...code, ...about, to: message.to });
    await provider.application.deliveries.run();
    await outbox.enqueue({ ...code, ...about, to: { address: 'a@congdan.example', name: 'Ngọc' } });
    await provider.application.deliveries.run();
    expect(provider.letters).toHaveLength(1);
    expect(received).toHaveLength(1);
    advance(61);
    await provider.application.deliveries.run();
    await provider.application.deliveries.run();
    expect(received.map(({ headers }) => headers['idempotency-key'])).toEqual(
      Array(2).fill(received[0]?.headers['idempotency-key']),
    );
    expect(provider.texts).toEqual([]);
    expect(JSON.stringify(provider.logged)).not.toMatch(new RegExp(`${TOKEN}|482913|970000001`));
  });
});
