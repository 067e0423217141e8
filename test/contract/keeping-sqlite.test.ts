import { describe } from 'vitest';
import { describeKeeping } from './keeping-suite.ts';
import { openSqliteHarness } from './sqlite-harness.ts';

describe('keeping data on SQLite', () => describeKeeping(openSqliteHarness));
