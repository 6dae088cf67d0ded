import { defineConfig } from '@playwright/test';

/** Chromium tries to call home at every start; a test machine may have no network. */
const quiet = [
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export default defineConfig({
  testDir: 'tests/e2e',
  workers: 2,
  fullyParallel: true,
  // Only a test that hangs ends by it: a busy machine takes its time.
  timeout: 180_000,
  expect: { timeout: 30_000 },
  // A machine of many masters may stall for longer than anybody would wait; what passes only then is named as such.
  retries: process.env.CI ? 1 : 0,
  reporter: [['list'], ['json', { outputFile: 'test-results/browser.json' }]],
  use: {
    // A trace of everything would take as long again.
    trace: 'on-first-retry',
    screenshot: 'only-on-failure',
    launchOptions: {
      ...(process.env.CHROMIUM_PATH ? { executablePath: process.env.CHROMIUM_PATH } : {}),
      // Chromium has no sandbox for the all-mighty user.
      args: process.getuid?.() === 0 ? [...quiet, '--no-sandbox'] : quiet,
    },
  },
});
