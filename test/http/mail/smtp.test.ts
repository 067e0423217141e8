import { createServer, type Server, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { DAY } from '../../../src/clock/clock.ts';
import { createLetterWriter } from '../../../src/outbox/render.ts';
import type { Transport } from '../../../src/outbox/transport.ts';
import { makeCertificate } from '../../support/smtp-certificate.ts';
import { startSmtpServer, type TestSmtpServer } from '../../support/smtp-server.ts';
import { letters, waiting } from '../../unit/outbox/sample-letters.ts';
import { smtpTo } from './post-office.ts';

const certificate = makeCertificate('localhost');
const write = createLetterWriter({
  province: { vi: 'Tỉnh Mẫu', en: 'Sample Province' },
  accent: { light: '#0b5cad', onLight: '#ffffff' },
});
const [signIn] = letters;
if (signIn === undefined) throw new Error('there are no samples');
const sent = write(waiting(signIn), DAY);
const never = new AbortController().signal;

describe('SMTP', () => {
  const open: (() => unknown)[] = [];
  afterEach(async () => {
    for (const close of open.splice(0).reverse()) await close();
  });
  const serve = async (options: Parameters<typeof startSmtpServer>[0] = {}): Promise<TestSmtpServer> => {
    const server = await startSmtpServer(options);
    open.push(server.close);
    return server;
  };
  const through = (transport: Transport): Transport => {
    open.push(transport.close);
    return transport;
  };

  const UNTRUSTED = { kind: 'failed', cause: 'untrusted_server', permanent: false };

  it.each([
    ['an authority that is not known', makeCertificate('localhost'), certificate.cert],
    ['another host’s name', makeCertificate('mail.evil.example'), undefined],
    ['a certificate that is over', makeCertificate('localhost', { until: 2020 }), undefined],
  ])(
    'to a server with %s hands over nothing, by STARTTLS and by TLS from the start',
    async (_what, wrong, ca) => {
      for (const tlsFromStart of [false, true]) {
        const server = await serve({ certificate: wrong, tlsFromStart });
        const scheme = tlsFromStart ? 'smtps' : 'smtp';
        for (const plainLoopback of [false, true]) {
          const url = `${scheme}://user:password@localhost:${server.port}`;
          const transport = through(smtpTo(server.port, { url, ca: ca ?? wrong.cert, plainLoopback }));
          expect(await transport.deliver(sent, never)).toMatchObject(UNTRUSTED);
        }
        expect(server.received).toEqual([]);
      }
    },
  );

  it('to a server without STARTTLS hands over nothing, neither letter nor password', async () => {
    const server = await serve({ password: 'secret-word' });
    const url = `smtp://motcua:secret-word@localhost:${server.port}`;
    expect(await through(smtpTo(server.port, { url })).deliver(sent, never)).toMatchObject(UNTRUSTED);
    expect(server.received).toEqual([]);
  });

  it('goes without TLS to loopback alone, and only where that is allowed', async () => {
    const server = await serve();
    const plain = smtpTo(server.port, { plainLoopback: true });
    expect(await through(plain).deliver(sent, never)).toEqual({ kind: 'sent' });
    expect(server.received).toMatchObject([{ secure: false }]);
  });

  it.each([false, true])('hands over a letter on verified TLS (from the start: %s)', async (tlsFromStart) => {
    const server = await serve({ certificate, tlsFromStart });
    const url = `${tlsFromStart ? 'smtps' : 'smtp'}://localhost:${server.port}`;
    const transport = through(smtpTo(server.port, { url, ca: certificate.cert }));
    expect(await transport.deliver(sent, never)).toEqual({ kind: 'sent' });
    expect(server.received).toMatchObject([
      {
        secure: true,
        from: 'khong-tra-loi@tinhmau.example',
        to: ['bich.ngoc@congdan.example'],
        read: {
          from: { address: 'khong-tra-loi@tinhmau.example', name: 'Một Cửa ID' },
          to: [{ address: 'bich.ngoc@congdan.example', name: 'Nguyễn Thị Bích Ngọc' }],
          subject: 'Đăng nhập trên thiết bị mới / Sign-in on a new device',
          messageId: '<0123456789abcdef@id.tinhmau.example>',
          date: '2026-11-21T03:05:00.000Z',
        },
      },
    ]);
    const [{ read } = { read: undefined }] = server.received;
    expect(read?.text?.trim()).toBe(sent.text);
    expect(read?.html?.trim()).toBe(sent.html);
    const headers = new Map(read?.headers.map(({ key, value }) => [key, value]));
    expect(headers.get('auto-submitted')).toBe('auto-generated');
    expect(headers.get('content-language')).toBe('vi');
  });

  it.each([
    'Ngọc\r\nBcc: victim@y.example',
    'x@evil.example, <victim@y.example>',
    '"<victim@y.example>" (comment',
    'group: a@b.example;',
    '=?utf-8?B?QmNjOg==?=',
  ])('has one recipient, whatever is in the name: %j', async (name) => {
    const server = await serve({ certificate });
    const to = { address: 'bich.ngoc@congdan.example', name };
    const transport = through(smtpTo(server.port, { ca: certificate.cert }));
    expect(await transport.deliver({ ...sent, to, subject: 'x\r\nBcc: victim@y.example' }, never)).toEqual({
      kind: 'sent',
    });
    expect(server.received).toMatchObject([{ to: ['bich.ngoc@congdan.example'] }]);
    const [{ read } = { read: undefined }] = server.received;
    expect(read?.to?.map(({ address }) => address)).toEqual(['bich.ngoc@congdan.example']);
    expect(read?.headers.map(({ key }) => key)).not.toContain('bcc');
  });

  it('proves itself with what stands in the address, percent-decoded', async () => {
    const server = await serve({ certificate, password: 'p@ss/word' });
    const url = `smtp://m%C3%B4t:p%40ss%2Fword@localhost:${server.port}`;
    const transport = through(smtpTo(server.port, { url, ca: certificate.cert }));
    expect(await transport.deliver(sent, never)).toEqual({ kind: 'sent' });
    expect(server.received).toMatchObject([{ user: 'môt' }]);
  });

  it('with a wrong password says so, and that it is not the letter', async () => {
    const server = await serve({ certificate, password: 'right' });
    const url = `smtp://motcua:wrong@localhost:${server.port}`;
    const transport = through(smtpTo(server.port, { url, ca: certificate.cert }));
    expect(await transport.deliver(sent, never)).toMatchObject({
      cause: 'credentials_refused',
      permanent: false,
    });
  });

  it.each([
    [550, 'recipient_refused', true],
    [452, 'busy', false],
  ])('to a recipient that is refused with %i is %s (for good: %s)', async (code, cause, permanent) => {
    const server = await serve({ certificate, recipient: () => code });
    const transport = through(smtpTo(server.port, { ca: certificate.cert }));
    expect(await transport.deliver(sent, never)).toEqual({ kind: 'failed', cause, permanent, reply: code });
  });

  it.each([
    [554, 'letter_refused', true],
    [451, 'busy', false],
    [421, 'server_away', false],
  ])('with a letter that is refused with %i is %s (for good: %s)', async (code, cause, permanent) => {
    const server = await serve({ certificate, take: async () => code });
    const transport = through(smtpTo(server.port, { ca: certificate.cert }));
    expect(await transport.deliver(sent, never)).toEqual({ kind: 'failed', cause, permanent, reply: code });
  });

  it('waits for nobody without end: it is cut off when told to', async () => {
    const sockets = new Set<Socket>();
    const silent: Server = createServer((socket) => sockets.add(socket));
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const address = silent.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    open.push(() => {
      for (const socket of sockets) socket.destroy();
      silent.close();
    });
    const transport = through(smtpTo(address.port));
    const outcome = await transport.deliver(sent, AbortSignal.timeout(200));
    expect(outcome).toMatchObject({ cause: 'server_away', permanent: false });
  });

  it('keeps its connections for the next letters', async () => {
    const server = await serve({ certificate });
    const transport = through(smtpTo(server.port, { ca: certificate.cert }));
    for (let n = 0; n < 10; n += 1) expect(await transport.deliver(sent, never)).toEqual({ kind: 'sent' });
    expect(server.received).toHaveLength(10);
    expect(server.connections()).toBeLessThanOrEqual(2);
  });
});
