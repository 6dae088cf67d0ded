import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import Sqlite from 'better-sqlite3';
import { expect, startCampus, test } from '../support/campus.ts';
import { newLearner } from '../support/people.ts';

/** Starts `npm start` on a free port; its address, once it says so. */
async function npmStart(dataDir: string) {
  const npm = spawn('npm', ['start'], {
    env: { ...process.env, PORT: '0', DATA_DIR: dataDir, ORIGIN: '', DATABASE_URL: '' },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  for await (const line of createInterface({ input: npm.stdout })) {
    const url = /at (http:\S+)/.exec(line)?.[1];
    if (url) return { npm, url };
  }
  throw new Error('npm start ended before it said where it is');
}

for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
  test(`the server ends when npm gets ${signal}`, async () => {
    const dataDir = mkdtempSync(path.join(os.tmpdir(), 'campus-start-'));
    const { npm, url } = await npmStart(dataDir);
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
    npm.kill(signal);
    await expect
      .poll(() =>
        fetch(`${url}/healthz`).then(
          () => 'serving',
          () => 'gone',
        ),
      )
      .toBe('gone');
    rmSync(dataDir, { recursive: true, force: true });
  });
}

test('when something breaks inside, a person gets a friendly page and a program a problem document', async ({
  browser,
}) => {
  const campus = await startCampus();
  const { page, context } = await newLearner(browser, campus);
  const file = new Sqlite(path.join(campus.dataDir, 'campus.sqlite'));
  file.exec('alter table cohort rename to lost; alter table progress rename to gone');
  file.close();

  const response = await page.goto('/home');
  expect(response?.status()).toBe(500);
  await expect(
    page.getByRole('heading', { name: 'Something went wrong on our side' }),
  ).toBeVisible();
  const api = await context.request.get('/api/record?course=sensitizing');
  expect(api.status()).toBe(500);
  expect(api.headers()['content-type']).toBe('application/problem+json');
  expect(await api.text()).not.toMatch(/sqlite|select|progress/i);
  await campus.stop();
});
