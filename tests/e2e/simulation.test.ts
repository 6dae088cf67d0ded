import type { Locator, Page } from '@playwright/test';
import { gzipSync } from 'node:zlib';
import { createViteServer } from 'vitest/node';
import { contributions, outcome, replay, worldOf } from '#features/simulation/engine.ts';
import { readCampusCourses } from '../../src/app.server.ts';
import { violations } from '../support/axe.ts';
import { expect, test } from '../support/campus.ts';
import { newLearner, sendEvents } from '../support/people.ts';
import type { RecordedRun } from '../support/browser-runs.ts';

const { courses, scenarios } = readCampusCourses('courses').courses;
const all = Object.entries(scenarios);
const valora = all.find(([id]) => id.endsWith('/valora'))!;
/** Goes to a control with Tab alone, as one without a mouse does, and presses a key. */
async function press(page: Page, target: Locator, key = 'Enter') {
  for (let tabs = 0; tabs < 200; tabs++) {
    if (await target.evaluate((element) => element === document.activeElement)) {
      await page.keyboard.press(key);
      return;
    }
    await page.keyboard.press('Tab');
  }
  throw new Error('Not reached by keyboard.');
}

const stageOf = (page: Page) => page.locator('.player').getAttribute('data-stage');

/** Plays one round: two cards that can be taken, what came of it, and the news. */
async function playRound(page: Page, by: typeof press) {
  const round = await page.locator('.player h2').textContent();
  const cards = page.locator('.card:not(:has(.shares)) input');
  const count = await cards.count();
  for (const at of [0, Math.min(3, count - 1)]) {
    await by(page, cards.nth(at), 'Space');
  }
  await by(page, page.locator('.turn > .button'), 'Enter');
  await expect(page.locator('.player h2')).toBeFocused();
  while (['resolving', 'event'].includes((await stageOf(page))!)) {
    await by(page, page.locator('.hand .actions .button'), 'Enter');
    await expect(page.locator('.player h2')).toBeFocused();
  }
  return round;
}
const click = async (_: Page, target: Locator) => target.click();

for (const [at, [id, { scenario }]] of all.entries()) {
  test(`${scenario.title} is played to its end by keyboard alone on a 360 px screen, and axe finds nothing`, async ({
    browser,
    campus,
  }) => {
    test.setTimeout(240_000);
    const { page } = await newLearner(browser, campus, {
      viewport: { width: 360, height: 740 },
      colorScheme: at === 0 ? 'dark' : 'light',
    });
    const lesson = courses
      .flatMap(({ modules }) => modules)
      .flatMap(({ lessons }) => lessons)
      .find((one) => one.simulations.includes(id))!;
    await page.goto(`/learn/${lesson.id}`);
    await press(page, page.getByRole('link', { name: `Play: ${scenario.title}` }));
    const begin = page.getByRole('button', { name: 'Begin' });
    await expect(begin).toBeEnabled();
    expect(await violations(page)).toEqual([]);
    await press(page, begin);
    await expect(page.locator('.player h2')).toBeFocused();
    expect(await violations(page)).toEqual([]);

    for (let round = 1; round <= scenario.rounds; round++) {
      const title = await playRound(page, press);
      expect(title).toContain(`${scenario.round} ${round} of ${scenario.rounds}`);
      const fits = await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth);
      expect(fits).toBe(true);
    }
    expect(await stageOf(page)).toBe('debrief');
    await expect(page.getByText('How it ended')).toBeVisible();
    const endings = Object.values(scenario.endings).map(({ title }) => title);
    expect(endings).toContain(await page.locator('.ending h2').textContent());
    await expect(
      page.getByRole('heading', { name: 'What each decision contributed' }),
    ).toBeVisible();
    expect(await violations(page)).toEqual([]);
    // The charts have the same figures as a table.
    await press(page, page.locator('summary', { hasText: 'All figures as a table' }));
    await expect(page.getByRole('region', { name: 'All figures as a table' })).toBeVisible();
  });
}

test('a run goes on where it was on a second device, and was reckoned alike on both', async ({
  browser,
  campus,
}) => {
  const [id, { scenario }] = valora;
  const one = await newLearner(browser, campus);
  await one.page.goto(`/simulate/${id}`);
  await one.page.getByRole('button', { name: 'Begin' }).click();
  for (let round = 0; round < 3; round++) await playRound(one.page, click);
  await expect(one.page.locator('.player h2')).toHaveText(`Quarter 4 of ${scenario.rounds}`);
  const state = await one.page.locator('.instruments').textContent();

  const second = await browser.newContext({ baseURL: campus.url });
  const page = await second.newPage();
  await page.goto('/sign-in');
  await page.getByLabel('E-mail address').fill(one.email);
  await page.getByLabel('Password').fill(one.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL('**/home');
  await page.goto(`/simulate/${id}`);
  await expect(
    page.getByText(`You are in Quarter 4 of ${scenario.rounds} of an earlier run.`),
  ).toBeVisible();
  await page.getByRole('button', { name: 'Go on where I was' }).click();
  await expect(page.locator('.player h2')).toHaveText(`Quarter 4 of ${scenario.rounds}`);
  expect(await page.locator('.instruments').textContent()).toBe(state);
});

test('with the network cut one plays on to the end; what was decided arrives when it is back', async ({
  browser,
  campus,
}) => {
  const [id, { scenario }] = valora;
  const { page, context } = await newLearner(browser, campus);
  await page.goto(`/simulate/${id}`);
  const begin = page.getByRole('button', { name: 'Begin' });
  await expect(begin).toBeEnabled();
  await context.setOffline(true);
  await begin.click();
  for (let round = 1; round < scenario.rounds; round++) await playRound(page, click);
  await page.locator('.turn > .button').click();
  await expect(page.getByText('Kept on this device.', { exact: false })).toBeVisible();
  while ((await stageOf(page)) !== 'debrief') await page.locator('.hand .actions .button').click();
  const ending = await page.locator('.ending h2').textContent();

  const sent = page.waitForResponse('**/api/events');
  await context.setOffline(false);
  const { outcomes } = (await (await sent).json()) as { outcomes: { status: string }[] };
  expect(outcomes.map(({ status }) => status)).toEqual(Array(scenario.rounds).fill('stored'));
  await page.reload();
  await page.getByRole('button', { name: 'See how it ended' }).click();
  await expect(page.locator('.ending h2')).toHaveText(ending!);
});

test('one can go back to a round and decide otherwise, or play again with the same luck', async ({
  page,
}) => {
  const [id, { scenario }] = valora;
  await page.goto(`/simulate/${id}`);
  await page.getByRole('button', { name: 'Begin' }).click();
  const start = await page.locator('.instruments').textContent();
  await playRound(page, click);
  const second = await page.locator('.instruments').textContent();
  await playRound(page, click);
  await page.getByText('Go back …').click();
  await page.getByRole('button', { name: 'Back to Quarter 2' }).click();
  await expect(page.locator('.player h2')).toHaveText(`Quarter 2 of ${scenario.rounds}`);
  expect(await page.locator('.instruments').textContent()).toBe(second);
  await page.getByText('Go back …').click();
  await page.getByRole('button', { name: 'Back to Quarter 1' }).click();
  expect(await page.locator('.instruments').textContent()).toBe(start);
});

test('a visitor plays as well, and takes the run along when signing up', async ({
  browser,
  campus,
}) => {
  const [id] = valora;
  const context = await browser.newContext({ baseURL: campus.url });
  const page = await context.newPage();
  await page.goto(`/simulate/${id}`);
  await page.getByRole('button', { name: 'Begin' }).click();
  await playRound(page, click);
  await page.goto('/sign-up');
  await page.getByLabel('Your name').fill('Nia');
  await page.getByLabel('E-mail address').fill(`nia-${Date.now()}@example.org`);
  await page.getByLabel('Password').fill('four quiet rivers');
  const sent = page.waitForResponse('**/api/events');
  await page.getByRole('button', { name: 'Sign up' }).click();
  await sent;
  await page.goto(`/simulate/${id}`);
  await expect(page.getByText('You are in Quarter 2', { exact: false })).toBeVisible();
});

test('a list of decisions that nobody can have made is refused, whatever it claims', async ({
  browser,
  campus,
}) => {
  const [id, { hash, scenario }] = valora;
  const { page, context } = await newLearner(browser, campus);
  await page.goto('/home');
  const decided = (rounds: unknown, extra: object = {}) => ({
    id: crypto.randomUUID(),
    verb: 'decided',
    object: id,
    attempt: crypto.randomUUID(),
    result: { version: hash, seed: 11, rounds, ...extra },
    timestamp: new Date().toISOString(),
  });
  const response = await sendEvents(context.request, campus, [
    decided([[{ decision: 'work_pact' }]]),
    decided([[{ decision: 'forum_wide' }, { decision: 'forum_chamber' }]]),
    decided([[{ decision: 'walk_and_ask' }], [{ decision: 'walk_and_ask' }]]),
    decided(Array.from({ length: scenario.rounds + 1 }, () => [])),
    decided([[{ decision: 'walk_and_ask' }]], { ending: 'own_hands' }),
    decided([[{ decision: 'walk_and_ask' }]]),
  ]);
  const { outcomes } = (await response.json()) as { outcomes: { status: string }[] };
  expect(outcomes.map(({ status }) => status)).toEqual([
    ...Array<string>(5).fill('refused'),
    'stored',
  ]);
});

test('a simulation page adds at most 45 KB of JavaScript to that of its lesson', async ({
  page,
  campus,
}) => {
  const [id] = valora;
  const scripts = new Set<string>();
  page.on('request', (request) => {
    if (request.resourceType() === 'script') scripts.add(request.url());
  });
  const lesson = courses
    .flatMap(({ modules }) => modules)
    .flatMap(({ lessons }) => lessons)
    .find((one) => one.simulations.includes(id))!;
  await page.goto(`${campus.url}/learn/${lesson.id}`);
  await page.locator('.quiz').scrollIntoViewIfNeeded();
  await expect(page.getByRole('button', { name: 'Check my answer' })).toBeEnabled();
  const before = new Set(scripts);
  await page.goto(`${campus.url}/simulate/${id}`);
  await expect(page.getByRole('button', { name: 'Begin' })).toBeEnabled();
  const added = await Promise.all(
    [...scripts].filter((url) => !before.has(url)).map((url) => page.request.get(url)),
  );
  const sizes = await Promise.all(added.map(async (one) => gzipSync(await one.body()).length));
  const bytes = sizes.reduce((sum, size) => sum + size, 0);
  expect(bytes).toBeGreaterThan(5_000);
  expect(bytes).toBeLessThanOrEqual(45 * 1024);
});

test('12,000 runs come out in the browser as on the server, to the last bit', async ({
  browser,
}) => {
  test.setTimeout(180_000);
  const vite = await createViteServer({
    configFile: false,
    logLevel: 'error',
    server: { host: '127.0.0.1', port: 0, hmr: false, ws: false },
  });
  await vite.listen();
  try {
    const page = await browser.newPage();
    await page.goto(`${vite.resolvedUrls!.local[0]!}tests/support/blank.html`);
    for (const [id, { scenario }] of all) {
      const runs = await page.evaluate(
        async ([data, count]) => {
          const url = '/tests/support/browser-runs.ts';
          const { playMany } = (await import(
            /* @vite-ignore */ url
          )) as typeof import('../support/browser-runs.ts');
          return playMany(data, count);
        },
        [scenario, 4000] as const,
      );
      const world = worldOf(scenario);
      const again = runs.map(({ seed, rounds }: RecordedRun): RecordedRun => {
        const states = replay(world, seed, rounds);
        const { ending, axes } = outcome(world, states.at(-1)!);
        return {
          seed,
          rounds,
          ending,
          axes: [...axes.values()],
          values: states.map(({ values }) => [...values]),
        };
      });
      expect(runs.length).toBe(4000);
      expect([id, JSON.stringify(again) === JSON.stringify(runs)]).toEqual([id, true]);
      expect(new Set(runs.map(({ ending }) => ending)).size).toBeGreaterThan(3);
      // What the debrief reckons, too.
      const { seed, rounds } = runs[0]!;
      const total = contributions(world, seed, rounds);
      expect(total.length).toBe(rounds.flat().length);
    }
  } finally {
    await vite.close();
  }
});
