import { afterEach, describe, expect, it, vi } from 'vitest';
import { DAY, HOUR, MINUTE } from '../../../src/clock/clock.ts';
import type { NewLetter } from '../../../src/outbox/letter.ts';
import type { Outbox } from '../../../src/outbox/outbox.ts';
import type { DeliveryOutcome, Transport } from '../../../src/outbox/transport.ts';
import { freePort } from '../../support/process.ts';
import { advance } from '../../support/provider.ts';
import { makeCertificate } from '../../support/smtp-certificate.ts';
import { startSmtpServer, type TestSmtpServer } from '../../support/smtp-server.ts';
import { issuer } from '../../unit/outbox/sample-letters.ts';
import { openPostOffice, type PostOffice, smtpTo } from './post-office.ts';

const certificate = makeCertificate('localhost');
const trusted = { ca: certificate.cert };

const letter = (name = 'Nguyễn Thị Bích Ngọc', expiresIn = 10 * DAY): NewLetter => ({
  kind: 'new_sign_in',
  values: {
    at: Date.now(),
    portal: { vi: 'Cổng Mẫu' },
    device: { vi: 'Chrome trên Android', en: 'Chrome on Android' },
    link: `${issuer}/khong-phai-toi/8Jx0vT2m`,
  },
  to: { address: 'bich.ngoc@congdan.example', name },
  language: 'vi',
  subject: 'subject-of-this-test',
  expiresAt: Date.now() + expiresIn,
});

describe('letters', () => {
  const open: (() => unknown)[] = [];
  afterEach(async () => {
    vi.useRealTimers();
    for (const close of open.splice(0).reverse()) await close();
  });
  const serve = async (options: Parameters<typeof startSmtpServer>[0] = {}): Promise<TestSmtpServer> => {
    const server = await startSmtpServer({ certificate, ...options });
    open.push(server.close);
    return server;
  };
  const office = async (transport: Transport): Promise<PostOffice> => {
    const opened = await openPostOffice(transport);
    open.push(opened.close);
    return opened;
  };
  /** A transport that says what it is told to, and counts. */
  const scripted = (say: () => DeliveryOutcome): Transport & { readonly tries: number } => {
    const transport = {
      tries: 0,
      deliver: async () => {
        transport.tries += 1;
        return say();
      },
      close: () => undefined,
    };
    return transport;
  };
  /** Puts a letter in and waits for the round that begins by itself. */
  const put = async ({ outbox, deliveries }: PostOffice, one = letter()): Promise<void> => {
    await outbox.enqueue(one);
    await deliveries.run();
  };

  it('leave at once when they are put in, each once', async () => {
    const server = await serve();
    const { outbox, waiting } = await office(smtpTo(server.port, trusted));
    const names = Array.from({ length: 20 }, (_, n) => `Người thứ ${n}`);
    await Promise.all(names.map((name) => outbox.enqueue(letter(name))));
    await vi.waitFor(async () => expect(await waiting()).toEqual([]), { timeout: 10_000 });
    const received = server.received.map(({ read }) => read.to?.[0]?.name);
    expect(received.toSorted()).toEqual(names.toSorted());
    expect(new Set(server.received.map(({ read }) => read.messageId)).size).toBe(20);
  });

  it('leave once also when several instances look for them at the same time', async () => {
    const server = await serve();
    const one = await office(smtpTo(server.port, trusted));
    const others = [1, 2, 3].map(() => one.open(smtpTo(server.port, trusted)));
    const all: { outbox: Outbox }[] = [one, ...others];
    const names = Array.from({ length: 20 }, (_, n) => `Người thứ ${n}`);
    await Promise.all(names.map((name, n) => all[n % 4]?.outbox.enqueue(letter(name))));
    await Promise.all([one, ...others].map(({ deliveries }) => deliveries.run()));
    expect(await one.waiting()).toEqual([]);
    expect(server.received.map(({ read }) => read.to?.[0]?.name).toSorted()).toEqual(names.toSorted());
  });

  it('of an instance that died while sending go again from another, as the same letter', async () => {
    let dying = true;
    const { promise: hung, resolve: die } = Promise.withResolvers<undefined>();
    // The letter arrives, and the instance never hears of it.
    const server = await serve({ take: () => (dying ? hung : Promise.resolve(undefined)) });
    const dead = await office(smtpTo(server.port, trusted));
    await dead.outbox.enqueue(letter());
    await vi.waitFor(async () => expect(await dead.waiting()).toMatchObject([{ failures: 0 }]));
    const other = dead.open(smtpTo(server.port, trusted));
    await vi.waitFor(() => expect(server.connections()).toBe(1));
    dying = false;
    advance(2 * 60 + 1);
    expect(await other.deliveries.run()).toBe(1);
    die(undefined);
    await vi.waitFor(() => expect(server.received).toHaveLength(2));
    const [first, second] = server.received;
    expect(second?.read.messageId).toBe(first?.read.messageId);
    expect(second?.read.text).toBe(first?.read.text);
    expect(second?.read.date).toBe(first?.read.date);
  });

  it('that the server wants later leave later, and then once', async () => {
    let busy = true;
    const server = await serve({ recipient: () => (busy ? 451 : undefined) });
    const post = await office(smtpTo(server.port, trusted));
    await put(post);
    expect(await post.waiting()).toMatchObject([{ failures: 1, cause: 'busy' }]);
    busy = false;
    advance(59);
    expect(await post.deliveries.run()).toBe(0);
    advance(1);
    expect(await post.deliveries.run()).toBe(1);
    expect(await post.deliveries.run()).toBe(0);
    expect(server.received).toHaveLength(1);
    expect(await post.waiting()).toEqual([]);
  });

  it('wait for a server that is away, without losing their lives, and leave once when it is back', async () => {
    const port = await freePort();
    const post = await office(smtpTo(port, trusted));
    for (let n = 0; n < 6; n += 1) await put(post);
    expect(await post.waiting()).toHaveLength(6);
    for (let hours = 0; hours < 48; hours += 12) {
      advance((12 * HOUR) / 1000);
      expect(await post.deliveries.run()).toBe(0);
    }
    expect(await post.waiting()).toHaveLength(6);
    const server = await serve({ port });
    advance(HOUR / 1000);
    expect(await post.deliveries.run()).toBe(6);
    expect(server.received).toHaveLength(6);
    expect(await post.audited()).toEqual([]);
  });

  it('meet a server that is away a few at a time, not all one after the other', async () => {
    const transport = scripted(() => ({ kind: 'failed', cause: 'server_away', permanent: false }));
    const post = await office(transport);
    await Promise.all(Array.from({ length: 30 }, () => post.outbox.enqueue(letter())));
    await post.deliveries.run();
    expect(transport.tries).toBeLessThan(10);
    const { tries } = transport;
    advance(16);
    await post.deliveries.run();
    expect(transport.tries).toBeGreaterThan(tries);
  });

  it('do not go to a server whose certificate is for another host, and the trail says so, once a letter', async () => {
    const wrong = makeCertificate('mail.evil.example');
    const server = await serve({ certificate: wrong });
    const post = await office(smtpTo(server.port, { ca: wrong.cert }));
    await put(post);
    advance(5 * 60);
    await post.deliveries.run();
    expect(await post.waiting()).toMatchObject([{ failures: 2, cause: 'untrusted_server' }]);
    expect(await post.audited()).toMatchObject([
      {
        kind: 'mail.server_untrusted',
        subject: 'subject-of-this-test',
        detail: { letter: 'new_sign_in', cause: 'untrusted_server', attempts: 1 },
      },
    ]);
    expect(server.received).toEqual([]);
  });

  it('to a mailbox that does not exist are given up at once, with an event, and no address in the log', async () => {
    const server = await serve({ recipient: () => 550 });
    const post = await office(smtpTo(server.port, trusted));
    await put(post);
    expect(await post.waiting()).toEqual([]);
    expect(await post.audited()).toMatchObject([
      { kind: 'mail.given_up', detail: { letter: 'new_sign_in', cause: 'recipient_refused', attempts: 1 } },
    ]);
    expect(post.logged).toContainEqual(
      expect.objectContaining({ event: 'mail.given_up', reason: 'recipient_refused', status: 550 }),
    );
    expect(JSON.stringify(post.logged)).not.toMatch(/congdan|Ngọc|khong-phai-toi|redacted/);
    expect(JSON.stringify(await post.audited())).not.toMatch(/congdan|Ngọc|khong-phai-toi/);
  });

  it('that are refused again and again are tried ten times more within two days, and then given up', async () => {
    const transport = scripted(() => ({ kind: 'failed', cause: 'busy', permanent: false, reply: 451 }));
    const post = await office(transport);
    await put(post);
    for (let hours = 0; hours < 49; hours += 0.25) {
      advance((MINUTE * 15) / 1000);
      await post.deliveries.run();
    }
    expect(transport.tries).toBe(11);
    expect(await post.waiting()).toEqual([]);
    expect(await post.audited()).toMatchObject([{ kind: 'mail.given_up', detail: { attempts: 11 } }]);
  });

  it('whose purpose ends before they could be tried again are given up, and never leave late', async () => {
    const transport = scripted(() => ({ kind: 'failed', cause: 'server_away', permanent: false }));
    const post = await office(transport);
    await put(post, letter('Ngọc', 50_000));
    expect(await post.waiting()).toEqual([]);
    expect(await post.audited()).toMatchObject([{ kind: 'mail.given_up' }]);
    advance(3600);
    await post.deliveries.run();
    expect(transport.tries).toBe(1);
  });

  it('that cannot be handed over by a fault of ours do not hold up the others', async () => {
    let broken = true;
    const transport = scripted(() => {
      if (broken) throw new TypeError('a fault of this test');
      return { kind: 'sent' };
    });
    const post = await office(transport);
    await put(post);
    broken = false;
    await put(post);
    expect(await post.waiting()).toMatchObject([{ failures: 1, cause: 'fault' }]);
    expect(post.logged).toContainEqual(expect.objectContaining({ level: 50, job: 'deliveries' }));
  });

  it('under way when the program ends are waited for', async () => {
    const { promise: taken, resolve: take } = Promise.withResolvers<undefined>();
    let arrived = false;
    const server = await serve({
      take: () => {
        arrived = true;
        return taken;
      },
    });
    const post = await office(smtpTo(server.port, trusted));
    await post.outbox.enqueue(letter());
    await vi.waitFor(() => expect(arrived).toBe(true));
    const stopped = post.deliveries.stop();
    take(undefined);
    await stopped;
    expect(server.received).toHaveLength(1);
    expect(await post.waiting()).toEqual([]);
  });

  it('under way to a server that hangs are cut off when the program ends, and stay', async () => {
    const { promise: never, resolve: release } = Promise.withResolvers<undefined>();
    open.push(() => release(undefined));
    let arrived = false;
    const server = await serve({
      take: () => {
        arrived = true;
        return never;
      },
    });
    const post = await office(smtpTo(server.port, trusted));
    await post.outbox.enqueue(letter());
    await vi.waitFor(() => expect(arrived).toBe(true));
    const since = performance.now();
    await post.deliveries.stop();
    expect(performance.now() - since).toBeLessThan(8000);
    expect(await post.waiting()).toMatchObject([{ failures: 0 }]);
  });
});
