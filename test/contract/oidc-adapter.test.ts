import { createHash } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import { createAdapterFactory } from '../../src/oidc/adapter.ts';
import { openModel } from '../../src/oidc/models.ts';
import { createTokenBuckets } from '../../src/oidc/token-bucket.ts';
import { bucketOf } from '../../src/storage/bucket.ts';
import { mongoServer } from '../support/mongo.ts';
import { createTestCipher } from '../support/storage.ts';
import { type Harness, type OpenHarness, type StandingClock, standingClock } from './harness.ts';
import { openMongoHarness } from './mongo-harness.ts';
import { openSqliteHarness } from './sqlite-harness.ts';

const GRANT = 'grant-1';
/** Of the same person. */
const OTHER_GRANT = 'grant-2';
const UID = 'uid-of-a-session';

/** Values and names as the library is made to give them: each says where its row is. */
const buckets = createTokenBuckets((value) => createHash('sha256').update(value).digest('base64url'));
const token = (name: string): string => buckets.issue(GRANT, name);
const cookie = (name: string): string => `${UID} ${name}`;
const epoch = (clock: StandingClock) => Math.floor(clock.now() / 1000);

/** What the adapter does, on whichever engine. */
const describeAdapter = (openHarness: OpenHarness) => () => {
  const opened: Harness[] = [];
  afterEach(async () => {
    for (const harness of opened.splice(0)) await harness.close();
  });
  const open = async () => {
    const clock = standingClock();
    const harness = await openHarness({ clock, cipher: createTestCipher() });
    opened.push(harness);
    const adapter = createAdapterFactory(
      {
        storage: harness.storage,
        clock,
        buckets,
        limits: { idle: 3_600, absolute: 43_200 },
        readAhead: {
          follow: () => undefined,
          grant: (id) => openModel(harness.storage, 'Grant').get(id),
          session: (uid) => openModel(harness.storage, 'Session').find('uid', uid),
        },
      },
      { find: async () => undefined },
    );
    return { clock, harness, adapter };
  };
  const eight = <T>(act: (index: number) => Promise<T>) =>
    Promise.allSettled(Array.from({ length: 8 }, (_, index) => act(index)));
  const errorsOf = (outcomes: PromiseSettledResult<unknown>[]) =>
    outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason.error] : []));

  it.each(['AuthorizationCode', 'RefreshToken'])(
    'consumes a %s once, however many race for it',
    async (model) => {
      const { adapter } = await open();
      await adapter(model).upsert(token('id'), { grantId: GRANT }, 60);
      const outcomes = await eight(() => adapter(model).consume(token('id')));
      expect(errorsOf(outcomes)).toEqual(Array(7).fill('invalid_grant'));
    },
  );

  it('consumes a pushed request once', async () => {
    const { adapter } = await open();
    await adapter('PushedAuthorizationRequest').upsert('id', { request: 'x' }, 60);
    const outcomes = await eight(() => adapter('PushedAuthorizationRequest').consume('id'));
    expect(errorsOf(outcomes)).toEqual(Array(7).fill('invalid_request_uri'));
  });

  it('ends everything of a grant with the first lost race for its code', async () => {
    const { adapter } = await open();
    for (const model of ['AuthorizationCode', 'AccessToken', 'RefreshToken']) {
      await adapter(model).upsert(token('id'), { grantId: GRANT }, 60);
      await adapter(model).upsert(token('other'), { grantId: OTHER_GRANT }, 60);
    }
    await adapter('Grant').upsert(GRANT, { accountId: GRANT, clientId: 'c' }, 60);
    await adapter('AuthorizationCode').consume(token('id'));
    await expect(adapter('AuthorizationCode').consume(token('id'))).rejects.toMatchObject({
      error: 'invalid_grant',
    });
    expect(await adapter('Grant').find(GRANT)).toBeUndefined();
    for (const model of ['AccessToken', 'RefreshToken']) {
      expect(await adapter(model).find(token('id'))).toBeUndefined();
      expect(await adapter(model).find(token('other'))).toMatchObject({ grantId: OTHER_GRANT });
    }
  });

  it('says that a row was consumed, also after it was written again', async () => {
    const { adapter, clock } = await open();
    const tokens = adapter('RefreshToken');
    await tokens.upsert(token('id'), { grantId: GRANT }, 60);
    await tokens.consume(token('id'));
    expect(await tokens.find(token('id'))).toMatchObject({ consumed: epoch(clock) });
    await tokens.upsert(token('id'), { grantId: GRANT, rotations: 1 }, 60);
    expect(await tokens.find(token('id'))).toMatchObject({ consumed: epoch(clock), rotations: 1 });
  });

  it('takes each replay mark once', async () => {
    const { adapter } = await open();
    const marks = adapter('ReplayDetection');
    expect(await marks.find('id')).toBeUndefined();
    const outcomes = await eight(() => marks.upsert('id', { iss: 'c' }, 60));
    expect(errorsOf(outcomes)).toEqual(Array(7).fill('invalid_client'));
    expect(await marks.find('id')).toBeUndefined();
  });

  it('keeps what parallel requests add to a session for other relying parties', async () => {
    const { adapter } = await open();
    const sessions = adapter('Session');
    await sessions.upsert(cookie('id'), { uid: UID, accountId: 'a' }, 60);
    await eight((index) =>
      sessions.upsert(
        cookie('id'),
        { uid: UID, accountId: 'a', authorizations: { [`c${index}`]: { sid: 's' } } },
        60,
      ),
    );
    const found = await sessions.find(cookie('id'));
    expect(Object.keys(found?.authorizations ?? {}).toSorted()).toEqual(
      Array.from({ length: 8 }, (_, index) => `c${index}`),
    );
  });

  it('does not bring a destroyed session back', async () => {
    const { adapter, clock } = await open();
    const sessions = adapter('Session');
    await sessions.upsert(cookie('id'), { uid: UID, accountId: 'a' }, 60);
    await Promise.all([
      sessions.upsert(cookie('id'), { uid: UID, accountId: 'a' }, 60),
      sessions.destroy(cookie('id')),
      sessions.upsert(cookie('id'), { uid: UID, accountId: 'a' }, 60),
    ]);
    clock.time += 30_000;
    await sessions.upsert(cookie('id'), { uid: UID, accountId: 'a' }, 600);
    expect(await sessions.find(cookie('id'))).toBeUndefined();
    expect(await sessions.findByUid(UID)).toBeUndefined();
  });

  it('finds the newest of two sessions with one uid', async () => {
    const { adapter, clock } = await open();
    const sessions = adapter('Session');
    await sessions.upsert(cookie('b'), { uid: UID, accountId: 'older', exp: epoch(clock) + 10 }, 60);
    await sessions.upsert(cookie('a'), { uid: UID, accountId: 'newer', exp: epoch(clock) + 20 }, 60);
    expect(await sessions.findByUid(UID)).toMatchObject({ accountId: 'newer' });
    expect(await sessions.findByUid('other')).toBeUndefined();
  });

  it('keeps a row for the tolerance of clocks longer than it lives', async () => {
    const { adapter, clock } = await open();
    await adapter('AccessToken').upsert(token('id'), { grantId: GRANT }, 60);
    clock.time += 74_000;
    expect(await adapter('AccessToken').find(token('id'))).toBeDefined();
    clock.time += 2_000;
    expect(await adapter('AccessToken').find(token('id'))).toBeUndefined();
  });

  it('keeps kinds apart: what is one thing cannot be presented as another', async () => {
    const { adapter } = await open();
    const kinds = [
      'AuthorizationCode',
      'AccessToken',
      'RefreshToken',
      'Session',
      'PushedAuthorizationRequest',
    ];
    for (const kind of kinds) {
      await adapter(kind).upsert(token(`of ${kind}`), { grantId: GRANT }, 60);
      for (const other of kinds.filter((name) => name !== kind)) {
        expect(await adapter(other).find(token(`of ${kind}`))).toBeUndefined();
      }
    }
  });

  it('keeps no bearer value, and gives it back to who brings it', async () => {
    const { adapter, harness } = await open();
    const value = token('a-value-that-opens-a-door-to-whoever-has-it');
    for (const kind of ['AuthorizationCode', 'AccessToken', 'RefreshToken', 'Session', 'ReplayDetection']) {
      await adapter(kind).upsert(
        value,
        { jti: value, grantId: GRANT, uid: `${bucketOf(value)} ${kind}` },
        60,
      );
    }
    expect((await harness.rawBytes()).includes(value)).toBe(false);
    expect(await adapter('AccessToken').find(value)).toMatchObject({ jti: value });
  });

  it('has nothing of features that are off, and refuses to write it', async () => {
    const { adapter } = await open();
    expect(await adapter('DeviceCode').find('id')).toBeUndefined();
    expect(() => adapter('DeviceCode').upsert('id', {}, 60)).toThrow(TypeError);
    expect(() => adapter('Client').upsert('id', {}, 60)).toThrow(TypeError);
  });
};

describe('the adapter of the OpenID library on SQLite', describeAdapter(openSqliteHarness));

describe.skipIf(!mongoServer())(
  'the adapter of the OpenID library on MongoDB',
  describeAdapter(openMongoHarness),
);
