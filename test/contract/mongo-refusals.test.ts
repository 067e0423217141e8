import { createServer, type Socket } from 'node:net';
import mongoose, { type Connection } from 'mongoose';
import { afterEach, describe, expect, it } from 'vitest';
import { StorageUnavailable } from '../../src/storage/contract.ts';
import { parseAddress } from '../../src/storage/mongo/address.ts';
import { openMongoStorage } from '../../src/storage/mongo/mongo-storage.ts';
import { identify } from '../../src/storage/mongo/product.ts';
import { mongoServer } from '../support/mongo.ts';
import { withDatabase } from '../support/mongo-uri.ts';
import { createTestCipher } from '../support/storage.ts';
import { standingClock } from './harness.ts';

const { BSON } = mongoose.mongo;

const undo: (() => Promise<unknown> | unknown)[] = [];

afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
});

/** A server that does `answer` with each piece of what it is sent; its port. */
const listen = async (answer: (socket: Socket, sent: Buffer) => void): Promise<number> => {
  const server = createServer((socket) => {
    undo.push(() => socket.destroy());
    socket.on('error', () => undefined).on('data', (sent: Buffer) => answer(socket, sent));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  undo.push(() => server.close());
  const address = server.address();
  return typeof address === 'object' && address ? address.port : 0;
};

const OP_QUERY = 2004;
const OP_REPLY = 1;
const OP_MSG = 2013;

/** A reply of the wire protocol to a request, in the form of the request. */
const reply = (sent: Buffer, document: object): Buffer => {
  const body = BSON.serialize(document);
  const old = sent.readInt32LE(12) === OP_QUERY;
  const head = Buffer.alloc(old ? 36 : 21);
  head.writeInt32LE(head.length + body.length, 0);
  head.writeInt32LE(sent.readInt32LE(4), 8);
  head.writeInt32LE(old ? OP_REPLY : OP_MSG, 12);
  if (old) head.writeInt32LE(1, 32);
  return Buffer.concat([head, body]);
};

const opening = (url: string) =>
  openMongoStorage({ url, cipher: createTestCipher(), clock: standingClock() }).then(
    async (storage) => {
      await storage.close();
      return undefined;
    },
    (error: unknown) => error,
  );

const expectRefusal = async (url: string, ...words: string[]): Promise<void> => {
  const error = await opening(url);
  expect(error).toBeInstanceOf(StorageUnavailable);
  for (const word of words) expect(String(error)).toContain(word);
  expect(String(error)).not.toMatch(/secret|nguyen/);
};

const QUICK = 'serverSelectionTimeoutMS=300';

describe('an address of MongoDB', () => {
  it('is taken apart, without credentials in what is shown', () => {
    const parsed = parseAddress('mongodb://nguyen:secret@a:1,b:2/motcua?replicaSet=rs0&maxPoolSize=5');
    expect(parsed).toMatchObject({ database: 'motcua', server: 'mongodb://a:1,b:2/motcua' });
    expect([parsed.says('maxpoolsize'), parsed.says('maxPoolSize'), parsed.says('appName')]).toEqual([
      true,
      true,
      false,
    ]);
    expect(parseAddress('mongodb+srv://u:p@h.example/x').server).toBe('mongodb+srv://h.example/x');
    expect(parseAddress('mongodb://[::1]:27017/x').server).toBe('mongodb://[::1]:27017/x');
  });

  it.each([
    ['postgres://nguyen:secret@h/x', 'not of the form'],
    ['mongodb://nguyen:sec@ret@h/x', 'percent-encode'],
    ['mongodb://nguyen:secret@h', 'name the database in the address'],
    ['mongodb://nguyen:secret@h/?replicaSet=rs0', 'name the database in the address'],
    ['mongodb://nguyen:secret@h/a.b', 'name the database in the address'],
    ['mongodb://nguyen:q8/secret@h:27017', 'percent-encode'],
    ['mongodb://nguyen:q8/secret@h:27017/x', 'percent-encode'],
    ['mongodb://nguyen:27017/secret@h', 'percent-encode'],
    ['mongodb://h:1/x?secret@h:27017/x', 'percent-encode'],
    ['mongodb://nguyen:secret/x', 'percent-encode'],
    ['mongodb://nguyen:secret@h:1,/x', 'not of the form'],
    ['mongodb://nguyen:secret@,/x', 'not of the form'],
    ['mongodb://nguyen:secret@h:/x', 'not of the form'],
    ['mongodb://nguyen:secret@h:99999/x', 'not of the form'],
    ['mongodb://nguyen:secret@[::zz]/x', 'not of the form'],
    ['mongodb+srv://nguyen:secret@h.example:1/x', 'the driver refuses the address'],
    ['mongodb+srv://nguyen:secret@h.example,i.example/x', 'the driver refuses the address'],
    ['mongodb://nguyen:secret%zz@h/x', 'the driver refuses the address'],
    ['mongodb://nguyen%zz:secret@h/x', 'the driver refuses the address'],
    ['mongodb://ngu:yen:secret@h/x', 'the driver refuses the address'],
    ['mongodb://:secret@h/x', 'the driver refuses the address'],
    ['mongodb://nguyen:secret@h/d%b', 'the driver refuses the address'],
    ['mongodb://nguyen:secret@h/x?nonsense=1', 'nonsense'],
    ['mongodb://nguyen:secret@h/x?maxPoolSize=many', 'maxPoolSize'],
  ])('is refused with a sentence: %s', (url, words) => expectRefusal(url, words));

  it.each([
    ['w=1', 'leave w=1 out'],
    ['w=0&w=majority', 'leave w=0 out'],
    ['W=majority&w=1', 'leave w=1 out'],
    ['w=', 'leave w= out'],
    ['%77=1', 'leave w=1 out'],
    ['journal=false', 'leave journal=false out'],
    ['Journal=false&journal=true', 'leave journal=false out'],
    ['j=false', 'leave j=false out'],
    ['fsync=false', 'leave fsync=false out'],
    ['readPreference=secondary', 'leave readpreference=secondary out'],
    ['readPreference=primary&READPREFERENCE=secondary', 'leave readpreference=secondary out'],
    ['READPREFERENCE=secondary&readPreference=primary', 'leave readpreference=secondary out'],
    ['readPreference=primaryPreferred', 'leave readpreference=primaryPreferred out'],
    ['readConcernLevel=available', 'leave readconcernlevel=available out'],
    ['replicaSet=rs0&directConnection=true', 'leave directconnection=true out'],
    ['DirectConnection=true&replicaSet=rs0', 'leave directconnection=true out'],
  ])('does not loosen what a write and a revocation rest on: %s', (options, words) =>
    expectRefusal(`mongodb://nguyen:secret@h/x?${options}`, words),
  );

  it.each([
    'w=majority&journal=true&readPreference=primary&readConcernLevel=majority&replicaSet=rs0',
    'replicaSet=rs0&directConnection=false',
    'directConnection=true',
  ])('may say what holds anyway, and name one member where there is no set: %s', (options) => {
    expect(parseAddress(`mongodb://h/x?${options}`).server).toBe('mongodb://h/x');
  });

  it.each([
    'mongodb://nguyen:q8%2Fs%40%3Ax@a.example:27017,b.example:27018/x',
    'mongodb://[::1]:27017,127.0.0.1/x',
    'mongodb://%2Ftmp%2Fmongodb-27017.sock/x',
    'mongodb+srv://nguyen:secret@db.example/x?retryWrites=true',
  ])('is taken in every form that the driver takes: %s', (url) => {
    expect(parseAddress(url).database).toBe('x');
  });
});

describe('opening the MongoDB engine', () => {
  it('says that nobody answers, and where', async () => {
    const port = await listen(() => undefined);
    await expectRefusal(`mongodb://nguyen:secret@127.0.0.1:1/x?${QUICK}`, '127.0.0.1:1/x', 'ECONNREFUSED');
    await expectRefusal(`mongodb://nguyen:secret@127.0.0.1:${port}/x?${QUICK}`, 'no MongoDB answers there');
  });

  it('says so where another kind of server answers', async () => {
    const port = await listen((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
    await expectRefusal(`mongodb://127.0.0.1:${port}/x?${QUICK}`, 'no MongoDB answers there');
  });

  it('gives up within seconds where the address says nothing about it', async () => {
    const start = performance.now();
    await expectRefusal(`mongodb://127.0.0.1:${await listen(() => undefined)}/x`, 'no MongoDB answers there');
    expect(performance.now() - start).toBeLessThan(6_000);
  });

  it('names the oldest server that is understood', async () => {
    const hello = { ismaster: true, isWritablePrimary: true, minWireVersion: 0, maxWireVersion: 8, ok: 1 };
    const port = await listen((socket, sent) => socket.write(reply(sent, hello)));
    await expectRefusal(`mongodb://127.0.0.1:${port}/x?${QUICK}`, 'too old', 'MongoDB 4.4');
  });

  it('does not read one member of a replica set past the others', async () => {
    const hello = { isWritablePrimary: true, maxWireVersion: 25, minWireVersion: 0, setName: 'rs0', ok: 1 };
    const port = await listen((socket, sent) =>
      socket.write(reply(sent, { ...hello, version: '8.0.4', hosts: ['a:1', 'b:1'], me: 'a:1' })),
    );
    await expectRefusal(
      `mongodb://127.0.0.1:${port}/x?directConnection=true`,
      'leave directConnection=true out',
    );
  });

  it.skipIf(!mongoServer())('says that user name or password are refused', async () => {
    const url = withDatabase(mongoServer()?.uri ?? '', 'x').replace(/\/\/(.*@)?/, '//nguyen:secret@');
    await expectRefusal(url, 'user name or the password is refused');
  });
});

describe('the label of the engine', () => {
  /** A connection to a server that says this of itself; nothing else of it is asked for. */
  const saying = (buildInfo: object, hello: object = {}): Connection => {
    const command = async (asked: object) => ('buildInfo' in asked ? buildInfo : hello);
    // A stand-in for the one path through the driver that is walked.
    return { getClient: () => ({ db: () => ({ command }) }) } as unknown as Connection;
  };
  const alone = { server: 'mongodb://h/x', direct: true };
  const labelOf = async (...said: Parameters<typeof saying>) =>
    (await identify(saying(...said), alone)).label;

  it('says product, version and form', async () => {
    expect(await labelOf({ version: '8.0.4' }, { setName: 'rs0' })).toBe('MongoDB 8.0.4 (replica set rs0)');
    expect(await labelOf({ version: '8.0.4' }, { msg: 'isdbgrid' })).toBe('MongoDB 8.0.4 (sharded cluster)');
    expect(await labelOf({ version: '7.0.2' })).toBe('MongoDB 7.0.2 (standalone)');
    expect(await labelOf({ version: '7.0.77', ferretdb: { version: 'v2.7.0' } })).toBe('FerretDB 2.7.0');
  });

  it('is not given to a FerretDB that loses writes', async () => {
    const old = saying({ version: '7.0.42', ferretdbVersion: 'v1.24.0' });
    await expect(identify(old, alone)).rejects.toThrow('FerretDB 1.24.0 loses concurrent writes');
  });
});
