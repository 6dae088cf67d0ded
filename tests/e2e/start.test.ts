import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
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

/** A project in which installing and building have nothing to do, with the campus's own command. */
function emptyProject() {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'campus-project-'));
  for (const name of ['scripts', 'src/cli', 'node_modules'])
    mkdirSync(path.join(folder, name), { recursive: true });
  cpSync('scripts/run.mjs', path.join(folder, 'scripts/run.mjs'));
  writeFileSync(path.join(folder, 'package-lock.json'), '{}');
  const stamp = createHash('sha256').update('{}').digest('hex');
  writeFileSync(path.join(folder, 'node_modules/.stamp'), stamp);
  writeFileSync(path.join(folder, 'src/cli/main.ts'), "console.log('done');");
  return folder;
}

test('a command waits while another installs or builds here, and not for one that has ended', async () => {
  const folder = emptyProject();
  const mark = path.join(folder, '.busy');
  const command = () => {
    const child = spawn(process.execPath, ['scripts/run.mjs', 'campus'], { cwd: folder });
    const said: string[] = [];
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (part: Buffer) => said.push(part.toString()));
    const ended = new Promise<string>((done) => child.on('close', () => done(said.join(''))));
    return { said, ended };
  };

  writeFileSync(mark, String(process.pid));
  const waiting = command();
  await expect.poll(() => waiting.said.join('')).toContain('Another command is installing');
  expect(waiting.said.join('')).not.toContain('done');
  rmSync(mark);
  expect(await waiting.ended).toContain('done');
  expect(existsSync(mark)).toBe(false);

  const gone = spawn(process.execPath, ['--version']);
  await new Promise((done) => gone.on('exit', done));
  writeFileSync(mark, String(gone.pid));
  expect((await command().ended).trim()).toBe('done');
  rmSync(folder, { recursive: true, force: true });
});

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
