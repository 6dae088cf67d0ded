import { type Pick, begin, canAdd, isOver, play, worldOf } from '#features/simulation/engine.ts';
import { readCampusCourses } from '../../src/app.server.ts';
import { violations } from '../support/axe.ts';
import { expect, test } from '../support/campus.ts';
import { newCohort, newLearner, sendEvents } from '../support/people.ts';

const { scenarios } = readCampusCourses('courses').courses;
const [id, { hash, scenario }] = Object.entries(scenarios).find(([one]) =>
  one.endsWith('/valora'),
)!;
const world = worldOf(scenario);

/** A whole run that prefers these decisions. */
function runOf(seed: number, prefers: string[]) {
  let state = begin(world, seed);
  const rounds: Pick[][] = [];
  while (!isOver(world, state)) {
    const picks: Pick[] = [];
    for (const decision of prefers)
      if (canAdd(world, state, picks, { decision })) picks.push({ decision });
    rounds.push(picks);
    state = play(world, state, picks);
  }
  return rounds;
}
const careful = [
  'walk_and_ask',
  'open_budget',
  'forum_wide',
  'permit_counter',
  'market_shed',
  'by_law',
  'work_pact',
  'health_cover',
  'savings_link',
];
const hasty = [
  'consultant',
  'forum_chamber',
  'court_investor',
  'tax_gift',
  'cheap_loans',
  'open_course',
  'allowances',
];

test('an instructor sees what a group decided and how it ended, without names, and two runs side by side', async ({
  browser,
  campus,
}) => {
  const cohort = await newCohort(browser, campus, 'Kita district');
  const { page } = cohort;
  await page.getByRole('link', { name: scenario.title }).click();
  await expect(
    page.getByText('Nobody of this group has played it yet.', { exact: false }),
  ).toBeVisible();
  const address = page.url();

  for (const [seed, prefers, count] of [
    [1, careful, 8],
    [2, hasty, 8],
    [3, hasty, 3],
  ] as const) {
    const { page: own, context } = await newLearner(browser, campus);
    await own.goto(`/join/${cohort.code}`);
    await own.getByRole('button', { name: 'Join' }).click();
    await own.waitForURL('**/home**');
    const rounds = runOf(seed, [...prefers]).slice(0, count);
    const response = await sendEvents(context.request, campus, [
      {
        id: crypto.randomUUID(),
        verb: 'decided',
        object: id,
        attempt: crypto.randomUUID(),
        result: { version: hash, seed, rounds },
        timestamp: new Date().toISOString(),
      },
    ]);
    const { outcomes } = (await response.json()) as { outcomes: { status: string }[] };
    expect(outcomes[0]!.status).toBe('stored');
  }

  for (const width of [360, 1280]) {
    await page.setViewportSize({ width, height: 800 });
    await page.goto(address);
    await expect(
      page.getByText('3 members have begun it, 2 to the end.', { exact: false }),
    ).toBeVisible();
    const row = page.locator('.heat tr', { hasText: 'Order a report from consultants' });
    await expect(row.locator('td').first()).toHaveText('2');
    await expect(page.locator('.class-questions li')).toHaveCount(3);
    const heads = page.locator('.side thead th');
    await expect(heads).toHaveCount(2);
    expect(await heads.nth(0).textContent()).not.toBe(await heads.nth(1).textContent());
    await expect(page.getByText(/Learner \d/)).toHaveCount(0);
    expect(await violations(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(
      true,
    );
  }

  // Nobody else’s group.
  const stranger = await newLearner(browser, campus);
  const answer = await stranger.page.goto(address);
  expect(answer!.status()).toBe(404);
});
