import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['src/**/*.test.ts', 'tests/content/*.test.ts'],
          // Some read all courses several times: a busy machine must not make them fail.
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      // One worker, since all store tests share one PostgreSQL.
      {
        test: {
          name: 'store',
          include: ['tests/store/*.test.ts'],
          globalSetup: 'tests/support/databases.ts',
          isolate: false,
          fileParallelism: false,
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
