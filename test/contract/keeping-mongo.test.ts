import { describe } from 'vitest';
import { mongoServer } from '../support/mongo.ts';
import { describeKeeping } from './keeping-suite.ts';
import { openMongoHarness } from './mongo-harness.ts';

describe.skipIf(!mongoServer())('keeping data on a MongoDB-compatible server', () =>
  describeKeeping(openMongoHarness),
);
