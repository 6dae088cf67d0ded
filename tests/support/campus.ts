import { type ChildProcess, spawn } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { test as base } from '@playwright/test';
import type { CampusCourses } from '../../src/app.server.ts';

/** A campus of its own for a test: the real build, a real server, an empty database. */
export interface Campus {
  url: string;
  /** The one-time link for the first administrator. */
  setupUrl: string;
  dataDir: string;
  /** Ends it as Ctrl-C would. */
  stop(): Promise<void>;
  /** Ends it as a power cut would. */
  kill(): Promise<void>;
}

/** What is to be ended and removed with this process, tests that failed midway included. */
const servers = new Set<ChildProcess>();
const folders = new Set<string>();
process.once('exit', () => {
  for (const server of servers) server.kill('SIGKILL');
  for (const folder of folders) rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
});

/** A folder with the built campus, whose courses are changed. */
function changedBuild(change: (courses: CampusCourses) => void): string {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'campus-build-'));
  folders.add(folder);
  for (const name of ['src', 'node_modules', 'package.json']) {
    symlinkSync(path.resolve(name), path.join(folder, name));
  }
  mkdirSync(path.join(folder, 'dist'));
  for (const name of ['client', '_headers.json']) {
    symlinkSync(path.resolve('dist', name), path.join(folder, 'dist', name));
  }
  cpSync(path.resolve('dist/server'), path.join(folder, 'dist/server'), { recursive: true });
  const file = path.join(folder, 'dist/server/courses.json');
  const courses = JSON.parse(readFileSync(file, 'utf8')) as CampusCourses;
  change(courses);
  writeFileSync(file, JSON.stringify(courses));
  return folder;
}

/** Starts the built campus on a free port; `dataDir` to go on with what another one left. */
export async function startCampus(
  options: {
    dataDir?: string;
    env?: Record<string, string>;
    /** Changes the published courses: banks that behave as a test needs it. */
    change?: (courses: CampusCourses) => void;
  } = {},
): Promise<Campus> {
  const dataDir = options.dataDir ?? mkdtempSync(path.join(os.tmpdir(), 'campus-'));
  const server = spawn(process.execPath, ['src/serve.ts'], {
    cwd: options.change ? changedBuild(options.change) : process.cwd(),
    env: {
      ...process.env,
      PORT: '0',
      DATA_DIR: dataDir,
      DATABASE_URL: '',
      ORIGIN: '',
      ...options.env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  folders.add(dataDir);
  servers.add(server);
  server.once('exit', () => servers.delete(server));
  const { url, setupUrl } = await greeting(server);
  const end = (signal: NodeJS.Signals) =>
    new Promise<void>((done) => {
      if (server.exitCode !== null || server.signalCode !== null) return done();
      server.once('exit', () => done());
      server.kill(signal);
    });
  return { url, setupUrl, dataDir, stop: () => end('SIGTERM'), kill: () => end('SIGKILL') };
}

/** What the server says on starting. */
async function greeting(server: ChildProcess): Promise<{ url: string; setupUrl: string }> {
  const complaints: string[] = [];
  server.stderr?.on('data', (part: Buffer) => complaints.push(part.toString()));
  let url = '';
  let setupUrl = '';
  for await (const line of createInterface({ input: server.stdout! })) {
    url = /at (http:\S+)/.exec(line)?.[1] ?? url;
    setupUrl = /(http:\S+\/setup\/\S+)/.exec(line)?.[1] ?? setupUrl;
    if (line.startsWith('Press Ctrl-C')) return { url, setupUrl };
  }
  throw new Error(`The campus did not start: ${complaints.join('')}`);
}

/** Tests with a campus to themselves, one for all tests of a worker. */
export const test = base.extend<object, { campus: Campus }>({
  campus: [
    async ({}, use) => {
      const campus = await startCampus();
      await use(campus);
      await campus.stop();
    },
    { scope: 'worker' },
  ],
  baseURL: async ({ campus }, use) => use(campus.url),
});

export { expect } from '@playwright/test';
