// @ts-check
/**
 * Everything that says whether the project is good, in one run: `npm test`, or `npm test -- unit browser` for some of it.
 *
 * Goes on after a failure, so that one run tells all, and ends with `N passed, N failed`.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { findChromium } from './find-chromium.mjs';
import { findPostgres } from './find-postgres.mjs';

const wanted = process.argv.slice(2);
/** @type {string[]} */
const names = [];
let passed = 0;
let failed = 0;

/**
 * Runs a script of an installed package, or of ours, with this Node.
 * @param {string[]} what
 * @param {NodeJS.ProcessEnv} [env]
 */
const run = (what, env = {}) =>
  spawnSync(process.execPath, what, { stdio: 'inherit', env: { ...process.env, ...env } })
    .status === 0;

/**
 * What a step gives, or a failure if it breaks: the others are run, and the last line is written, all the same.
 * @template T
 * @param {() => T} work
 */
function attempt(work) {
  try {
    return work();
  } catch (error) {
    console.error(error);
    return false;
  }
}

/**
 * One step: by itself one check, or as many as the tests it counts.
 * @param {string} name
 * @param {() => boolean | { passed: number, failed: number }} work
 */
function step(name, work) {
  names.push(name);
  if (wanted.length > 0 && !wanted.includes(name)) return;
  console.log(`\n── ${name}`);
  const result = attempt(work);
  const counted =
    typeof result === 'boolean' ? { passed: Number(result), failed: Number(!result) } : result;
  passed += counted.passed;
  failed += counted.failed;
  console.log(`── ${name}: ${counted.passed} passed, ${counted.failed} failed`);
}

/**
 * Counts of a test runner's report; a run that failed without saying where counts as one failure.
 * @param {boolean} good
 * @param {string} file
 * @param {(report: any) => { passed: number, failed: number }} read
 */
function counted(good, file, read) {
  const none = { passed: 0, failed: 0 };
  const counts = existsSync(file) ? read(JSON.parse(readFileSync(file, 'utf8'))) : none;
  return good || counts.failed > 0 ? counts : { ...counts, failed: 1 };
}

const types = [
  'node_modules/@astrojs/check/bin/astro-check.js',
  '--minimumFailingSeverity',
  'warning',
];
rmSync('test-results', { recursive: true, force: true });
mkdirSync('test-results');

step('format', () =>
  run(['node_modules/prettier/bin/prettier.cjs', '--check', '--log-level', 'warn', '.']),
);
// The types of the content collections are made by Astro; lint and types need them.
if (!existsSync('.astro/types.d.ts')) run(['node_modules/astro/bin/astro.mjs', 'sync', '--silent']);
step('lint', () => run(['node_modules/eslint/bin/eslint.js', '.']));
step('types', () => run(types));
step('islands', () =>
  run(['node_modules/svelte-check/bin/svelte-check', '--fail-on-warnings', '--output', 'human']),
);
step('unused', () => run(['node_modules/knip/bin/knip.js']));
step('courses', () => run(['src/cli/main.ts', 'courses', 'check']));
step('unit', () => {
  const report = 'test-results/vitest.json';
  const good = run(
    [
      'node_modules/vitest/vitest.mjs',
      'run',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${report}`,
    ],
    findPostgres(),
  );
  return counted(good, report, (all) => ({
    passed: all.numPassedTests,
    failed: all.numFailedTests,
  }));
});
const build = () => run(['scripts/run.mjs', 'build']);
step('build', build);
step('browser', () => {
  // Does nothing when what is built is up to date; tests of an old or half a build would tell nothing.
  if (!build()) return false;
  const chromium = findChromium();
  if (!chromium) return false;
  const report = 'test-results/browser.json';
  const good = run(['node_modules/@playwright/test/cli.js', 'test'], {
    ...findPostgres(),
    CHROMIUM_PATH: chromium,
  });
  return counted(good, report, ({ stats }) => {
    if (stats.flaky > 0)
      console.log(`Of these, ${stats.flaky} passed only when tried again: see "flaky" above.`);
    return { passed: stats.expected + stats.flaky, failed: stats.unexpected };
  });
});

for (const name of wanted.filter((one) => !names.includes(one))) {
  console.error(`There is no step "${name}". Use one of: ${names.join(', ')}.`);
  failed++;
}
console.log(`\n${passed} passed, ${failed} failed`);
process.exit(failed === 0 && passed > 0 ? 0 : 1);
