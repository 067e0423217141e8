import { openSqliteHarness } from './sqlite-harness.ts';
import { describeStorage } from './suite.ts';

describeStorage('SQLite', openSqliteHarness);
