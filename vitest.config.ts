import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    projects: [
      { test: { name: 'unit', include: ['src/**/*.test.ts', 'tests/content/*.test.ts'] } },
      // One worker, so that PostgreSQL starts once for all store tests.
      {
        test: {
          name: 'store',
          include: ['tests/store/*.test.ts'],
          isolate: false,
          fileParallelism: false,
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
