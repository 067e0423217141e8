import { expect, it } from 'vitest';
import { createBoundedMap } from '../../../src/demo/bounded-map.ts';
import { createPortalState } from '../../../src/demo/portal-state.ts';

function openMap(limit: number) {
  let now = 0;
  const map = createBoundedMap<string>({ limit, lifetime: 1000, clock: { now: () => now } });
  return {
    map,
    turnTo: (moment: number) => {
      now = moment;
    },
  };
}

it('does not give an entry back when its time is over', () => {
  const { map, turnTo } = openMap(10);
  map.set('a', '1');
  turnTo(1000);
  expect(map.get('a')).toBeUndefined();
  expect(map.take('a')).toBeUndefined();
});

it('gives an entry to one taker only', () => {
  const { map } = openMap(10);
  map.set('a', '1');
  expect([map.take('a'), map.take('a')]).toEqual(['1', undefined]);
});

it('never holds more than its limit: the oldest gives way', () => {
  const { map } = openMap(3);
  for (const key of ['a', 'b', 'c', 'd']) map.set(key, key);
  expect(map.size).toBe(3);
  expect([map.get('a'), map.get('d')]).toEqual([undefined, 'd']);
});

it('forgets the dead when something new arrives', () => {
  const { map, turnTo } = openMap(10);
  map.set('a', '1');
  map.set('b', '2');
  turnTo(2000);
  map.set('c', '3');
  expect(map.size).toBe(1);
});

it('bounds what a flood of started sign-ins can take', () => {
  const portal = createPortalState({
    issuer: 'http://127.0.0.1:1',
    origin: 'http://127.0.0.1:3001',
    clientId: 'cong-mau',
    privateKeyJwk: {},
    clock: { now: () => 0 },
  });
  const attempt = { state: '', nonce: '', verifier: '', request: {} };
  for (let index = 0; index < 5000; index += 1)
    portal.attempts.set(`state-${index}`, { attempt, browser: '', procedure: undefined, silent: false });
  expect(portal.attempts.size).toBe(1000);
});

it('marks the cookies of an https portal as bound to its host', () => {
  const { cookies } = createPortalState({
    issuer: 'https://id.tinh.example',
    origin: 'https://cong.tinh.example',
    clientId: 'cong-mau',
    privateKeyJwk: {},
    clock: { now: () => 0 },
  });
  expect(cookies.session).toBe('__Host-cong-mau_session');
});
