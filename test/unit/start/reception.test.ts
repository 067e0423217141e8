import { once } from 'node:events';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createReception, type Reception } from '../../../src/start/reception.ts';
import { type FakeWorker, fakeWorker } from './fake-worker.ts';

describe('the reception of several workers', () => {
  let reception: Reception;
  let clients: Socket[];
  beforeEach(async () => {
    reception = createReception();
    clients = [];
    await once(reception.server.listen(0, '127.0.0.1'), 'listening');
  });
  afterEach(() => {
    for (const client of clients) client.destroy();
    reception.server.close();
  });

  async function come(): Promise<void> {
    const client = connect((reception.server.address() as AddressInfo).port, '127.0.0.1');
    clients.push(client);
    await once(client, 'connect');
  }

  function admitted(): FakeWorker {
    const worker = fakeWorker();
    worker.serve();
    reception.admit(worker);
    return worker;
  }

  const handed = (worker: FakeWorker, count: number) =>
    vi.waitFor(() => {
      expect(worker.handed).toHaveLength(count);
      return worker.handed;
    });

  it('gives a connection that did not reach its worker to another', async () => {
    const [full, other] = [admitted(), admitted()];
    await come();
    const [lost] = await handed(full, 1);
    lost?.answer(false);
    const [found] = await handed(other, 1);
    expect(found?.socket).toBe(lost?.socket);
    expect(found?.socket.destroyed).toBe(false);
  });

  it('says when it closes whether somebody was left standing', async () => {
    await come();
    expect(await reception.close()).toBe(false);
    reception = createReception();
    await once(reception.server.listen(0, '127.0.0.1'), 'listening');
    const worker = admitted();
    await come();
    (await handed(worker, 1))[0]?.answer(true);
    expect(await reception.close()).toBe(true);
  });

  it('tries a worker again that had no room for a connection', async () => {
    const only = admitted();
    await come();
    (await handed(only, 1))[0]?.answer(false);
    const [first, again] = await handed(only, 2);
    expect(again?.socket).toBe(first?.socket);
    again?.answer(true);
    expect(again?.socket.destroyed).toBe(true);
    await come();
    await handed(only, 3);
  });

  it('does not go back to one that had no room and has ended since', async () => {
    const gone = admitted();
    await come();
    const [lost] = await handed(gone, 1);
    vi.useFakeTimers();
    lost?.answer(false);
    gone.end('SIGKILL');
    reception.dismiss(gone);
    await vi.runAllTimersAsync();
    vi.useRealTimers();
    const next = admitted();
    expect(next.handed.map(({ socket }) => socket)).toEqual([lost?.socket]);
    expect(gone.handed).toHaveLength(1);
  });

  it('holds what a worker had not taken when it ended, and nothing that it had', async () => {
    const dying = admitted();
    await come();
    const [taken] = await handed(dying, 1);
    taken?.answer(true);
    await come();
    const [, untaken] = await handed(dying, 2);
    dying.end('SIGKILL');
    reception.dismiss(dying);
    expect(taken?.socket.destroyed).toBe(true);
    expect(admitted().handed.map(({ socket }) => socket)).toEqual([untaken?.socket]);
  });
});
