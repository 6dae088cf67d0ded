// @ts-check
/**
 * The one command behind `npm start`, `npm test` and the others.
 *
 * Runs on whatever Node 20 or newer the machine has and needs nothing installed: it installs what the campus needs, the
 * project's own Node included, and does the rest with that.
 */
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

process.chdir(path.dirname(path.dirname(fileURLToPath(import.meta.url))));
const [mode = 'start', ...args] = process.argv.slice(2);
const bin = path.resolve('node_modules/.bin');
const parent = process.ppid;

/** @param {string} line */
const say = (line) => process.stderr.write(`${line}\n`);
/** @param {string} text */
const hash = (text) => createHash('sha256').update(text).digest('hex');
/** @param {string} file */
const readOr = (file) => (existsSync(file) ? readFileSync(file, 'utf8') : '');

/** All files below a folder; from names alone, since Node before 20.12 knows no `parentPath`. @param {string} folder */
const filesIn = (folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => path.join(folder, name))
    .filter((file) => statSync(file).isFile());

/** Waits, without doing anything, for a while. @param {number} milliseconds */
const pause = (milliseconds) =>
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);

/**
 * Does what two commands must not do at once, installing and building: the one would take away what the other is at.
 * Whoever comes second waits. What an ended command left behind does not count, nor what is older than a quarter of an hour.
 * @template T
 * @param {() => T} work
 */
function alone(work) {
  const mark = '.busy';
  for (let told = false; ; told = true) {
    try {
      writeFileSync(mark, String(process.pid), { flag: 'wx' });
      break;
    } catch (error) {
      if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EEXIST') throw error;
    }
    // Empty for a moment after it was made.
    const owner = Number(readOr(mark));
    const made = statSync(mark, { throwIfNoEntry: false })?.mtimeMs ?? Date.now();
    if ((owner && !isAlive(owner)) || Date.now() - made > 900_000) rmSync(mark, { force: true });
    else {
      if (!told) say('Another command is installing or building here; waiting for it.');
      pause(300);
    }
  }
  try {
    return work();
  } finally {
    rmSync(mark, { force: true });
  }
}

/** Installs what package-lock.json says, unless that has been done; whether it is there now. */
function install() {
  const lock = hash(readOr('package-lock.json'));
  if (readOr('node_modules/.stamp') === lock) return true;
  say(
    'Installing what the campus needs, its own Node included. This happens once and takes about a minute.',
  );
  // A nested npm must not take itself for the outer one.
  const kept = Object.entries(process.env).filter(
    ([key]) => !/^npm_(package|lifecycle|command)/.test(key),
  );
  const env = { ...Object.fromEntries(kept), PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD: '1' };
  const npm = process.env.npm_execpath;
  const { status } = npm?.endsWith('npm-cli.js')
    ? spawnSync(process.execPath, [npm, 'ci'], { stdio: ['ignore', 2, 2], env })
    : spawnSync('npm', ['ci'], { stdio: ['ignore', 2, 2], env, shell: true });
  if (status !== 0) {
    say(
      'The installation failed; npm says why above. Check the network and run the same command again.',
    );
    return false;
  }
  writeFileSync('node_modules/.stamp', lock);
  return true;
}

/** The project's own Node, or the machine's where there is none for it. */
function ownNode() {
  for (const name of ['node', 'node.exe']) {
    const own = path.join(bin, name);
    if (existsSync(own)) return own;
  }
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > 22 || (major === 22 && minor >= 18)) return process.execPath;
  say(
    `There is no Node for this machine in the installation, and its own (${process.version}) is too old. Install Node 24.`,
  );
  return process.exit(1);
}

if (!alone(install)) process.exit(1);
const node = ownNode();
const environment = {
  ...process.env,
  PATH: bin + path.delimiter + (process.env.PATH ?? ''),
  ASTRO_TELEMETRY_DISABLED: '1',
};

/**
 * Runs a script with the project's Node; whether it went well.
 * @param {string[]} what
 * @param {NodeJS.ProcessEnv} [env]
 */
function run(what, env = {}) {
  const { status } = spawnSync(node, what, { stdio: 'inherit', env: { ...environment, ...env } });
  return status === 0;
}

/** What a build is made of, as one hash. */
function buildInputs() {
  const files = ['src', 'courses', 'public', 'scripts'].flatMap(filesIn);
  const single = ['astro.config.mjs', 'package-lock.json', 'tsconfig.json'];
  const marks = [...files, ...single].sort().map((file) => {
    const { size, mtimeMs } = statSync(file);
    return `${file} ${size} ${mtimeMs}`;
  });
  return hash(marks.join('\n'));
}

/** Builds, unless what is built is up to date; whether there is a good build now. */
const build = () => alone(buildIfNeeded);

function buildIfNeeded() {
  const inputs = buildInputs();
  if (readOr('dist/.stamp') === inputs) return true;
  say('Building the campus …');
  rmSync('dist/.stamp', { force: true });
  const steps = [
    ['src/cli/main.ts', 'courses', 'check', '--quiet'],
    ['node_modules/astro/bin/astro.mjs', 'build', '--silent'],
    ['src/cli/main.ts', 'courses', 'publish', 'dist/server/courses.json'],
    ['scripts/pack.mjs'],
  ];
  for (const step of steps) {
    if (run(step)) continue;
    say(`The build stopped at: ${step.join(' ')}`);
    return false;
  }
  // Only now: an interrupted build is never taken for a good one.
  writeFileSync('dist/.stamp', inputs);
  return true;
}

/**
 * The npm behind the shell that it may put between us, as a list of one or none. A login shell behind npm is not meant: a
 * campus started with nohup outlives it.
 */
function npmBehindShell() {
  if (process.platform === 'win32') return [];
  const asked = spawnSync('ps', ['-o', 'ppid=,args=', '-p', String(parent)], { encoding: 'utf8' });
  const [, pid, args = ''] = /^\s*(\d+)\s+(.*)$/m.exec(asked.stdout ?? '') ?? [];
  return pid && args.includes('run.mjs') ? [Number(pid)] : [];
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM';
  }
}

/**
 * Runs a server until it ends, or until whoever started us does.
 * @param {string[]} what
 * @param {NodeJS.ProcessEnv} [env]
 * @param {() => void} [after]
 */
function serve(what, env = {}, after = () => {}) {
  const server = spawn(node, what, { stdio: 'inherit', env: { ...environment, ...env } });
  let stopping = false;
  const stop = () => {
    if (stopping) return;
    // A terminal sends Ctrl-C to the server too; a second signal does no harm there.
    stopping = true;
    server.kill('SIGTERM');
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, stop);
  // npm passes no signals on: when it is killed, or the shell that it puts between us, we end too.
  const starters = [parent, ...npmBehindShell()];
  setInterval(() => {
    if (process.ppid !== parent || !starters.every(isAlive)) stop();
  }, 250).unref();
  server.on('exit', (code) => {
    after();
    process.exit(stopping ? 0 : (code ?? 1));
  });
}

/** A campus with a demonstration cohort, on a database that is thrown away. */
function demo() {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'led-campus-demo-'));
  serve(['src/serve.ts'], { CAMPUS_DEMO: '1', DATA_DIR: folder, DATABASE_URL: '' }, () =>
    rmSync(folder, { recursive: true, force: true }),
  );
}

/** @type {Record<string, () => void>} */
const modes = {
  start: () => (build() ? serve(['src/serve.ts']) : process.exit(1)),
  demo: () => (build() ? demo() : process.exit(1)),
  build: () => process.exit(build() ? 0 : 1),
  dev: () => serve(['node_modules/astro/bin/astro.mjs', 'dev', ...args]),
  campus: () => process.exit(run(['src/cli/main.ts', ...args]) ? 0 : 1),
  bench: () => process.exit(build() && run(['tests/bench/main.ts', ...args]) ? 0 : 1),
  test: () => process.exit(run(['scripts/check.mjs', ...args]) ? 0 : 1),
  format: () =>
    process.exit(run(['node_modules/prettier/bin/prettier.cjs', '--write', '.']) ? 0 : 1),
};
const chosen = modes[mode];
if (chosen) chosen();
else {
  say(`There is no "${mode}". Use one of: ${Object.keys(modes).join(', ')}.`);
  process.exit(1);
}
