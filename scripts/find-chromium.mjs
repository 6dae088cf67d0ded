// @ts-check
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chromium } from '@playwright/test';

const names = [
  'chromium',
  'chromium-browser',
  'google-chrome-stable',
  'google-chrome',
  'microsoft-edge',
];

/** The first of our names for it on the PATH. */
function onPath() {
  const { stdout } = spawnSync('sh', [
    '-c',
    names.map((name) => `command -v ${name}`).join(' || '),
  ]);
  return stdout.toString().trim().split('\n')[0] || undefined;
}

/**
 * A Chromium for the browser tests: `CHROMIUM_PATH`, Playwright's own, the system's, or a new one from Debian's packages.
 *
 * Undefined, with a sentence on what to do, when there is none.
 */
export function findChromium() {
  const given = process.env.CHROMIUM_PATH;
  if (given) {
    if (existsSync(given)) return given;
    console.error(`There is nothing at CHROMIUM_PATH=${given}.`);
    return undefined;
  }
  if (existsSync(chromium.executablePath())) return chromium.executablePath();
  const found = onPath();
  if (found) return found;
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    console.log('Installing the package "chromium" for the browser tests.');
    const install = 'apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium';
    spawnSync('sh', ['-c', install], {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    });
    const installed = onPath();
    if (installed) return installed;
  }
  console.error(
    'The browser tests need a Chromium. Run "npx playwright install chromium", or install Chromium or Chrome, ' +
      'or set CHROMIUM_PATH to one.',
  );
  return undefined;
}
