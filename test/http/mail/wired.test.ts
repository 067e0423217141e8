import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { DAY } from '../../../src/clock/clock.ts';
import { loadConfig } from '../../../src/config/load-config.ts';
import type { NewLetter } from '../../../src/outbox/letter.ts';
import { openServices } from '../../../src/services.ts';
import { buildApplication } from '../../../src/wiring.ts';
import { endServer, fastHashing, startServer } from '../../support/process.ts';
import { startProvider, type TestProvider } from '../../support/provider.ts';
import { startSmtpServer } from '../../support/smtp-server.ts';
import { temporaryFolder } from '../../support/storage.ts';

const letter = (): NewLetter => ({
  kind: 'code',
  values: { code: '482913', purpose: 'new_device' },
  to: { address: 'bich.ngoc@congdan.example', name: 'Nguyễn Thị Bích Ngọc' },
  language: 'vi',
  expiresAt: Date.now() + DAY,
});

describe('the wired provider', () => {
  const open: (() => unknown)[] = [];
  afterEach(async () => {
    for (const close of open.splice(0).reverse()) await close();
  });
  const provide = async (options: Parameters<typeof startProvider>[0] = {}): Promise<TestProvider> => {
    const provider = await startProvider({ people: false, ...options });
    open.push(provider.close);
    return provider;
  };

  it('hands letters to the tests’ own mailbox', async () => {
    const { services, application, letters } = await provide();
    await services.outbox.enqueue(letter());
    await application.deliveries.run();
    expect(letters).toMatchObject([
      {
        to: { address: 'bich.ngoc@congdan.example' },
        subject: 'Mã xác nhận của bạn / Your confirmation code',
      },
    ]);
  });

  it('in development sends to a mail server on this machine, when one is named', async () => {
    const server = await startSmtpServer();
    open.push(server.close);
    const { services, application, letters } = await provide({
      config: { mail: { url: `smtp://127.0.0.1:${server.port}` } },
    });
    await services.outbox.enqueue(letter());
    await application.deliveries.run();
    expect(server.received).toMatchObject([{ from: 'khong-tra-loi@motcua.example', secure: false }]);
    expect(letters).toEqual([]);
  });

  it('without mail server and mailbox keeps letters, and says so once', async () => {
    const { services, logged } = await provide();
    const before = logged.length;
    const application = await buildApplication(services);
    open.push(application.close);
    expect(logged.slice(before)).toContainEqual(expect.objectContaining({ level: 40, job: 'deliveries' }));
    expect(await application.deliveries.run()).toBe(0);
  });
});

it('a server that is started sends what was put in before, and shows it in its mailbox', {
  timeout: 90_000,
}, async () => {
  const { folder, remove } = await temporaryFolder();
  const url = `sqlite:${join(folder, 'motcua.db')}`;
  const directory = join(import.meta.dirname, '..', '..', '..', 'config');
  // As the command line has it: what it puts in waits for a server.
  const { outbox, storage } = await openServices(
    loadConfig({ env: {}, directory, overrides: { storage: { url } } }),
  );
  await outbox.enqueue(letter());
  await storage.close();
  const server = await startServer({ env: { ...fastHashing, MOTCUA_STORAGE_URL: url } });
  try {
    await vi.waitFor(
      async () => {
        const page = await fetch(`${server.issuer}/dev/mail`, { headers: { accept: 'text/html' } });
        expect(await page.text()).toContain('Mã xác nhận của bạn');
      },
      { timeout: 80_000, interval: 500 },
    );
  } finally {
    await endServer(server);
    await remove();
  }
});
