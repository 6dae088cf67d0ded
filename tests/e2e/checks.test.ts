import type { Browser, Page } from '@playwright/test';
import type { CampusCourses } from '../../src/app.server.ts';
import { GradedBank } from '#features/questions/question.ts';
import { violations } from '../support/axe.ts';
import { type Campus, expect, startCampus, test as base } from '../support/campus.ts';
import { newCohort, newLearner, sendEvents } from '../support/people.ts';

const bankId = 'sensitizing/relevance/module';
const outcome = 'explain-why-now';
/** A choice of three, `a` is right. */
const choice = (id: string) => ({
  id,
  kind: 'choice',
  outcome,
  prompt: `Which of **${id}**?`,
  reread: 'winners-and-losers#why-the-gap-can-grow',
  hints: ['A hint that only practice shows.'],
  choices: ['a', 'b', 'c'].map((one) => ({
    id: one,
    text: `Choice ${one} of ${id}`,
    correct: one === 'a',
    feedback: `Because of ${one} in ${id}.`,
  })),
});
const bankWith = (settings: object) =>
  GradedBank.parse({
    title: 'The check',
    draw: 2,
    pass: 0.75,
    attempts: 3,
    questions: [choice('one'), choice('two')],
    ...settings,
  });

/** A campus whose first check behaves as told. */
async function campusWith(settings: object): Promise<Campus> {
  const bank = bankWith(settings);
  return startCampus({
    change: (courses: CampusCourses) => {
      courses.graded[bankId] = { hash: JSON.stringify(settings), bank };
      // The reader of courses does this for what stands in a file.
      for (const { id, reread } of bank.questions) {
        const url = `/learn/sensitizing/relevance/${reread ?? ''}`;
        courses.rereads[`${bankId}/${id}`] = { url, heading: 'Why the gap can grow' };
      }
    },
  });
}
const test = base.extend<{ started: Campus[]; check: (settings: object) => Promise<Campus> }>({
  started: async ({}, use) => {
    const started: Campus[] = [];
    await use(started);
    for (const campus of started) await campus.stop();
  },
  check: async ({ started }, use) =>
    use(async (settings) => {
      const campus = await campusWith(settings);
      started.push(campus);
      return campus;
    }),
});

const begin = async (page: Page) => {
  await page.goto(`/check/${bankId}`);
  await page.getByRole('button', { name: /^Begin/ }).click();
  await page.getByText('Question 1 of').waitFor();
  // What the server sent has no listeners yet.
  await page.locator('fieldset.question:enabled').waitFor();
  return page.url().split('/').at(-1)!;
};
/** Chooses in the question that is shown. */
const choose = async (page: Page, part: string) =>
  page.getByRole('radio', { name: new RegExp(`^Choice ${part} of`) }).check();
const next = (page: Page) =>
  page.getByRole('button', { name: /^(Next|Check before handing in)$/ }).click();
const handIn = (page: Page) => page.getByRole('button', { name: /^Hand in/ }).click();
/** An administrator with a group, and a learner in it. */
async function groupWithLearner(browser: Browser, campus: Campus) {
  const { page: instructor, code, url } = await newCohort(browser, campus);
  const { page } = await newLearner(browser, campus);
  await page.goto(`/join/${code.replace(/\W/g, '')}`);
  await page.getByRole('button', { name: /Join/ }).first().click();
  await page.waitForURL('**/home**');
  return { instructor, page, url: new URL(url).pathname };
}

test('when the time is up it is handed in by itself, with what was answered', async ({
  browser,
  check,
}) => {
  const campus = await check({ timeLimit: 20 });
  const { page } = await newLearner(browser, campus);
  await page.clock.install();
  await begin(page);
  await expect(page.getByRole('timer')).toHaveText(/Time left: (20:00|19:5\d)/);
  await choose(page, 'a');
  await expect(page.getByText('All answers received by the campus.')).toBeVisible();
  await page.clock.fastForward('15:30');
  await expect(page.getByText('5 minutes left.')).toBeAttached();
  await page.clock.fastForward('05:00');
  await expect(page.locator('.result-score')).toHaveText('Not passed yet');
  await expect(page.getByText('50% of the marks.', { exact: false })).toBeVisible();
});

test('an instructor gives a learner extra time, and their clock shows it', async ({
  browser,
  check,
}) => {
  const campus = await check({ timeLimit: 20 });
  const { instructor, page, url } = await groupWithLearner(browser, campus);
  await begin(page);
  await instructor.goto(url);
  await instructor.locator('.matrix th[scope=row] a').first().click();
  await instructor.getByLabel('Extra time').selectOption('50 % more');
  await instructor.getByRole('button', { name: 'Give this time' }).click();
  await expect(instructor.getByText('The extra time is set.')).toBeVisible();
  await page.reload();
  await expect(page.getByRole('timer')).toHaveText(/Time left: (30:00|29:[45]\d)/);
  await page.goto(`/check/${bankId}`);
  await expect(page.getByText('that is 30 minutes')).toBeVisible();
});

test('one after the other: there is no way back, here or on another device', async ({
  browser,
  check,
}) => {
  const campus = await check({ navigation: 'sequential' });
  const { page, context } = await newLearner(browser, campus);
  await begin(page);
  await choose(page, 'a');
  await next(page);
  await expect(page.getByText('Question 2 of 2')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Back', exact: true })).toBeHidden();
  await expect(page.getByRole('button', { name: /^Question 1:/ })).toBeDisabled();
  const elsewhere = await context.newPage();
  await elsewhere.goto(page.url());
  await expect(elsewhere.getByText('Question 2 of 2')).toBeVisible();
  await choose(page, 'a');
  await next(page);
  await expect(page.getByRole('button', { name: 'Go back to the questions' })).toBeHidden();
  await handIn(page);
  await expect(page.locator('.result-score')).toHaveText('✓ You passed');
});

test('with feedback at once, keyboard alone: an answer is checked, explained, and final', async ({
  browser,
  check,
}) => {
  const campus = await check({ feedback: 'immediate', certainty: 'informs' });
  const { page } = await newLearner(browser, campus);
  await begin(page);
  const button = page.getByRole('button', { name: 'Check my answer' });
  await button.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByText('Answer the question first.')).toBeVisible();
  await page.getByRole('radio', { name: /^Choice b of/ }).focus();
  await page.keyboard.press('Space');
  await button.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByText('Say how sure you are.')).toBeVisible();
  await page.getByRole('radio', { name: 'Sure', exact: true }).focus();
  await page.keyboard.press('Space');
  await button.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByText(/^Because of b in (one|two)\.$/)).toBeVisible();
  await expect(page.locator('.verdict')).toBeFocused();
  expect(await violations(page)).toEqual([]);
  await expect(page.getByRole('radio', { name: /^Choice a of/ })).toBeDisabled();
  await page.reload();
  // What is final stays so, and the next question is where one goes on.
  await page.getByRole('button', { name: /^Question 1:/ }).click();
  await expect(page.getByText(/^Because of b in/)).toBeVisible();
  await expect(page.getByRole('radio', { name: /^Choice a of/ })).toBeDisabled();
});

test('with feedback at once and no network, the answer is kept and marked when it returns', async ({
  browser,
  check,
}) => {
  const campus = await check({ feedback: 'immediate' });
  const { page, context } = await newLearner(browser, campus);
  await begin(page);
  await context.setOffline(true);
  await choose(page, 'a');
  await page.getByRole('button', { name: 'Check my answer' }).click();
  await expect(
    page.getByText('Kept on this device. It is marked when there is a network.'),
  ).toBeVisible();
  const sent = page.waitForResponse('**/api/events');
  await context.setOffline(false);
  await sent;
  await page.reload();
  await page.getByRole('button', { name: /^Question 1:/ }).click();
  await expect(page.getByText(/^Because of a in/)).toBeVisible();
});

test('after a check: what was sure and wrong comes first, with the section to read again', async ({
  browser,
  check,
}) => {
  const campus = await check({ certainty: 'informs' });
  const { page } = await newLearner(browser, campus);
  await begin(page);
  await choose(page, 'a');
  await next(page);
  await expect(page.getByText('Say how sure you are.')).toBeVisible();
  await page.getByRole('radio', { name: 'I am guessing' }).check();
  await next(page);
  await choose(page, 'c');
  await page.getByRole('radio', { name: 'Sure', exact: true }).check();
  await next(page);
  await handIn(page);
  await expect(page.getByRole('heading', { name: 'Look at these first' })).toBeVisible();
  const first = page.locator('.reviewed').first().locator('> li');
  await expect(first).toHaveCount(1);
  await expect(first).toContainText('You were sure');
  await expect(first).toContainText('Because of c in');
  await expect(page.locator('.outcome-results')).toContainText('Look at this again');
  // Sure and wrong costs 6, guessed and right brings 1.
  await expect(
    page.getByText('By certainty you have -5 of 6 points.', { exact: false }),
  ).toBeVisible();
  expect(await violations(page)).toEqual([]);
  await first.getByRole('link', { name: 'Read again: Why the gap can grow' }).click();
  await expect(page).toHaveURL(/winners-and-losers#why-the-gap-can-grow$/);
});

test('a written answer waits for the instructor, who marks it by its rubric without seeing a name; the learner is told', async ({
  browser,
  check,
}) => {
  const written = {
    id: 'plan',
    kind: 'open-response',
    outcome,
    prompt: 'What do you do on Monday?',
    words: { min: 3, max: 50 },
    model: 'I call both unions.',
    rubric: [
      { id: 'who', text: 'Says who acts', points: 2 },
      { id: 'when', text: 'Says when', points: 1 },
    ],
  };
  const campus = await check({ draw: 1, questions: [written], pass: 0.5 });
  const alone = await newLearner(browser, campus);
  await alone.page.goto(`/check/${bankId}`);
  await expect(alone.page.getByText('or nobody can mark them', { exact: false })).toBeVisible();
  const { instructor, page, url } = await groupWithLearner(browser, campus);
  await begin(page);
  await page.getByRole('textbox').fill('On Monday <b>I</b> call both unions.');
  await next(page);
  await handIn(page);
  await expect(page.locator('.result-score')).toHaveText('Handed in');
  await expect(page.getByText('1 answer waits for your instructor')).toBeVisible();
  expect(await page.content()).not.toContain('I call both unions.</div>');

  await instructor.goto(url);
  await instructor.getByRole('link', { name: 'Mark 1 answer' }).click();
  await expect(instructor.getByText('On Monday <b>I</b> call both unions.')).toBeVisible();
  expect(await instructor.locator('main').textContent()).not.toContain('Learner');
  expect(await violations(instructor)).toEqual([]);
  await instructor.getByRole('checkbox', { name: /Says who acts/ }).check();
  await instructor.getByLabel(/What do you want to tell/).fill('Good. Say when.');
  await instructor.getByRole('button', { name: 'Give these marks' }).click();
  await expect(instructor.getByText('Marked. The learner sees it now.')).toBeVisible();
  await expect(instructor.getByText('Nothing waits to be marked.', { exact: false })).toBeVisible();

  await page.goto('/home');
  await expect(page.getByText('Your result: 66%.', { exact: false })).toBeVisible();
  await page.getByRole('link', { name: 'See what was said' }).click();
  await expect(page.locator('.result-score')).toHaveText('✓ You passed');
  await expect(page.getByText('Good. Say when.')).toBeVisible();
});

test('an instructor corrects a question: the dry run shows whose result changes, then it does, and the learner is told why', async ({
  browser,
  check,
}) => {
  const campus = await check({ attempts: 1 });
  const { instructor, page, url } = await groupWithLearner(browser, campus);
  await begin(page);
  for (let at = 0; at < 2; at++) {
    const isOne = await page.getByRole('radio', { name: /of one$/ }).count();
    await choose(page, isOne ? 'b' : 'a');
    await next(page);
  }
  await handIn(page);
  await expect(page.locator('.result-score')).toHaveText('Not passed yet');

  await instructor.goto(url);
  await instructor.getByRole('link', { name: 'The check' }).click();
  await expect(instructor.getByText('1 attempt is too few', { exact: false })).toBeVisible();
  expect(await violations(instructor)).toEqual([]);
  await instructor.setViewportSize({ width: 320, height: 640 });
  expect(
    await instructor.evaluate(() => document.documentElement.scrollWidth - innerWidth),
  ).toBeLessThanOrEqual(0);
  await instructor.setViewportSize({ width: 1280, height: 720 });
  await instructor.locator('#one').getByRole('link', { name: 'Correct this question' }).click();
  await instructor.getByRole('button', { name: 'Show me whose result changes' }).click();
  await expect(instructor.getByText('Choose what should hold, and which answer.')).toBeVisible();
  await instructor.getByLabel('Another answer is right as well.').check();
  await instructor.getByLabel('Choice b of one (1 time)').check();
  await instructor.getByLabel(/Why\?/).fill('Both can be defended.');
  expect(await violations(instructor)).toEqual([]);
  await instructor.getByRole('button', { name: 'Show me whose result changes' }).click();
  await expect(instructor.getByText('1 result changes.')).toBeVisible();
  await expect(instructor.getByRole('row', { name: /Learner .* 50% 100% ✓ Passed/ })).toBeVisible();
  expect(await violations(instructor)).toEqual([]);
  // Nothing has changed yet.
  await page.reload();
  await expect(page.locator('.result-score')).toHaveText('Not passed yet');
  await instructor.getByRole('button', { name: 'Correct it and change 1 result' }).click();
  await expect(
    instructor.getByText('Corrected. 1 result has changed', { exact: false }),
  ).toBeVisible();

  await page.goto('/home');
  await expect(
    page.getByText('Your result was 50% and is now 100%.', { exact: false }),
  ).toBeVisible();
  await page.getByRole('link', { name: 'See what was said' }).click();
  await expect(page.locator('.result-score')).toHaveText('✓ You passed');
  await expect(page.getByText('It was 50%.', { exact: false })).toBeVisible();
  await expect(page.getByText('This question was corrected: Both can be defended.')).toBeVisible();

  // Another instructor has no way to it.
  const stranger = await newLearner(browser, campus);
  for (const place of [
    `${url}/marking`,
    `${url}/questions/${bankId}`,
    `${url}/correct/${bankId}/one`,
  ]) {
    expect((await stranger.page.goto(place))!.status(), place).toBe(404);
  }
});

test('no way is found to a key before handing in: not by hint, conflict, feedback, export, another attempt or account', async ({
  browser,
  check,
}) => {
  const campus = await check({ attempts: 3, waitMinutes: 0 });
  const { page, context } = await newLearner(browser, campus);
  const said: string[] = [];
  page.on('response', (response) => {
    void response.text().then(
      (text) => said.push(text),
      () => undefined,
    );
  });
  const secret = /Because of \w in|A hint that only practice shows|"correct"/;

  // A first attempt, all wrong, handed in: it may say what was chosen, and no more.
  await begin(page);
  for (let at = 0; at < 2; at++) {
    await choose(page, 'b');
    await next(page);
  }
  await handIn(page);
  await page.locator('.result-score').waitFor();
  expect(await page.content()).not.toMatch(/Because of a in/);
  await expect(page.getByText('Right answer')).toHaveCount(0);

  said.length = 0;
  const attempt = await begin(page);
  const question = (await page.locator('[data-question]').getAttribute('data-question'))!;
  const { request } = context;
  const timestamp = new Date().toISOString();
  const answer = (part: string, id: string = crypto.randomUUID()) => ({
    id,
    verb: 'answered',
    object: `${bankId}/${question}`,
    attempt,
    timestamp,
    result: { response: { kind: 'choice', chosen: [part] } },
  });
  const outcomesOf = async (events: object[]) =>
    (await (await sendEvents(request, campus, events)).text()).replaceAll(/[0-9a-f-]{36}/g, 'id');

  // Right and wrong are answered alike, once, twice, and under an id that is taken.
  const right = answer('a');
  const wrong = answer('b');
  expect(await outcomesOf([right])).toBe(await outcomesOf([wrong]));
  expect(await outcomesOf([right])).toBe(await outcomesOf([wrong]));
  const taken = right.id;
  expect(await outcomesOf([answer('b', taken)])).toBe(await outcomesOf([answer('c', taken)]));
  expect(await outcomesOf([answer('b', taken)])).toContain('conflict');

  const places = [
    `/api/feedback?attempt=${attempt}&question=${question}`,
    '/account/data.json',
    '/home',
    '/review',
    `/check/${bankId}`,
    `/api/record?course=sensitizing&lesson=sensitizing/relevance/winners-and-losers`,
  ];
  for (const place of places) said.push(await (await request.get(place)).text());
  // The earlier attempt shows no key while this one is open.
  const earlier = await (await request.get(`/check/${bankId}`)).text();
  for (const [, id] of earlier.matchAll(/\/attempt\/([0-9a-f-]{36})/g)) {
    if (id === attempt) continue;
    const shown = await (await request.get(`/attempt/${id!}`)).text();
    expect(shown).not.toMatch(/Because of a in|Right answer/);
  }
  expect(said.join('\n')).not.toMatch(secret);

  // Somebody else’s account sees nothing of it and can’t ask on its behalf.
  const other = await newLearner(browser, campus);
  for (const place of places.slice(0, 2)) {
    const response = await other.context.request.get(place);
    expect(await response.text()).not.toContain(attempt);
  }
  expect((await other.context.request.get(`/attempt/${attempt}`)).status()).toBe(404);
  expect(await (await sendEvents(other.context.request, campus, [answer('a')])).text()).toContain(
    'unknown-attempt',
  );
  // Nor can a learner say a score.
  const scored = { ...answer('a'), verb: 'scored', object: bankId, result: { score: 1 } };
  expect(await outcomesOf([scored])).toContain('not-yours-to-say');
});

test('results that are to be shown later are nowhere to be read before', async ({
  browser,
  check,
}) => {
  const review = { marks: 'closed', feedback: 'closed', key: 'closed' };
  const campus = await check({ review, attempts: 1 });
  const { page, context } = await newLearner(browser, campus);
  await begin(page);
  for (let at = 0; at < 2; at++) {
    await choose(page, 'b');
    await next(page);
  }
  await handIn(page);
  await expect(page.locator('.result-score')).toHaveText('Handed in');
  expect(await page.locator('main').textContent()).not.toMatch(/Because of|%|Not right/);
  await page.goto(`/check/${bankId}`);
  expect(await page.locator('main').textContent()).not.toMatch(/Not passed|0%/);
  const data = (await (await context.request.get('/account/data.json')).json()) as {
    events: { verb: string; score?: number }[];
  };
  const handedIn = data.events.find(({ verb }) => verb === 'completed');
  expect(handedIn).toBeDefined();
  expect(handedIn?.score).toBeUndefined();
});
