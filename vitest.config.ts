import { defineConfig } from 'vitest/config';

/**
 * What every test gets. Two projects run far from UTC and from Việt Nam on purpose: a date that depends on the
 * machine's time zone shows there.
 */
const project = (name: string, timeZone: string) => ({
  name,
  include: [`test/${name}/**/*.test.ts`],
  env: { TZ: timeZone },
  setupFiles: ['test/support/network-off.ts'],
  testTimeout: 15_000,
  hookTimeout: 30_000,
});

/** Starts a MongoDB-compatible server, or finds out that there is none, for the projects that have tests for one. */
const withMongoServer = { globalSetup: ['test/support/mongo-server.ts'] };

export default defineConfig({
  test: {
    pool: 'forks',
    allowOnly: false,
    reporters: ['default', './test/support/closing-line-reporter.ts'],
    projects: [
      { test: project('unit', 'Pacific/Kiritimati') },
      { test: { ...project('contract', 'UTC'), ...withMongoServer } },
      { test: { ...project('http', 'America/Los_Angeles'), ...withMongoServer } },
      {
        // After the others and one file at a time: a browser wants the machine for itself.
        test: {
          ...project('browser', 'UTC'),
          testTimeout: 60_000,
          hookTimeout: 120_000,
          maxWorkers: 1,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
