import { describe } from 'vitest';
import { mongoServer } from '../support/mongo.ts';
import { openMongoHarness } from './mongo-harness.ts';
import { describeStorage } from './suite.ts';

describe.skipIf(!mongoServer())('on the MongoDB-compatible server of this run', () => {
  describeStorage('MongoDB', openMongoHarness);
});
