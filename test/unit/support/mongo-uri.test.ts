import { expect, test } from 'vitest';
import { hostsOf, withDatabase } from '../../support/mongo-uri.ts';

test('an address that is none is refused without being repeated', () => {
  expect(() => hostsOf('postgres://someone:secret@db.example/')).toThrow(/^MONGODB_URI is no mongodb:\/\//);
});

test('the hosts are given without user and password', () => {
  expect(hostsOf('mongodb://someone:se%40cret@a.example:27017,b.example/?replicaSet=rs')).toEqual([
    'a.example:27017',
    'b.example',
  ]);
});

test('the database is put in place of another, and the options stay', () => {
  expect(withDatabase('mongodb://127.0.0.1:1', 'mine')).toBe('mongodb://127.0.0.1:1/mine');
  expect(withDatabase('mongodb://a:1,b:2/other?replicaSet=rs&w=majority', 'mine')).toBe(
    'mongodb://a:1,b:2/mine?replicaSet=rs&w=majority',
  );
});

test('credentials are looked for where they were before', () => {
  expect(withDatabase('mongodb+srv://u:p@a.example/people', 'mine')).toBe(
    'mongodb+srv://u:p@a.example/mine?authSource=people',
  );
  expect(withDatabase('mongodb://u:p@a/people?authSource=admin', 'mine')).toBe(
    'mongodb://u:p@a/mine?authSource=admin',
  );
  expect(withDatabase('mongodb://u:p@a/', 'mine')).toBe('mongodb://u:p@a/mine');
});
