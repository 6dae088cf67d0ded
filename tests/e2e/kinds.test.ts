import type { Page } from '@playwright/test';
import { lessonsOf, urlOf } from '#features/catalog/course.ts';
import { keyOf } from '#features/questions/questions.ts';
import {
  courses,
  give,
  giveByKeyboard,
  practiceQuestion,
  wrongAnswer,
} from '../support/answering.ts';
import { violations } from '../support/axe.ts';
import { expect, test } from '../support/campus.ts';
import { newLearner } from '../support/people.ts';

const lessons = courses.courses.flatMap(lessonsOf);
/** The first practice question of each kind, with where it stands. */
const kinds = new Map(
  lessons
    .flatMap((lesson) =>
      lesson.questions.map((object, at) => {
        const cut = object.lastIndexOf('/');
        const { questions } = courses.practice[object.slice(0, cut)]!;
        const { kind } = questions.find(({ id }) => id === object.slice(cut + 1))!;
        return [kind, { lesson, object, at }] as const;
      }),
    )
    .toReversed(),
);

async function openQuestion(page: Page, kind: string) {
  const { lesson, object, at } = kinds.get(kind as never)!;
  await page.goto(urlOf(lesson.id));
  const quiz = page.locator('.quiz');
  await quiz.scrollIntoViewIfNeeded();
  const step = quiz.getByRole('button', { name: new RegExp(`^Question ${at + 1},`) });
  await expect(step).toBeEnabled();
  await step.focus();
  await page.keyboard.press('Enter');
  await expect(quiz.locator(`[data-question="${object.split('/').at(-1)!}"]`)).toBeVisible();
  return { quiz, question: practiceQuestion(object) };
}

const faults = (page: Page) => violations(page, '.quiz');

test('the courses ask every kind of question that there is', () => {
  expect([...kinds.keys()].sort()).toEqual([
    'budget',
    'calculated',
    'choice',
    'gaps',
    'hotspot',
    'matching',
    'matrix',
    'numeric',
    'open-response',
    'ordering',
    'short-answer',
    'sorting',
    'true-false',
  ]);
});

for (const kind of [...kinds.keys()].sort()) {
  test(`with the keyboard alone one answers: ${kind}; axe finds nothing before or after, and it fits 320 px`, async ({
    browser,
    campus,
  }) => {
    const colorScheme = kind.length % 2 ? 'dark' : 'light';
    const context = await browser.newContext({
      baseURL: campus.url,
      viewport: { width: 320, height: 640 },
      colorScheme,
    });
    const page = await context.newPage();
    const { quiz, question } = await openQuestion(page, kind);
    const fits = () =>
      page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth);
    expect(await faults(page)).toEqual([]);
    expect(await fits()).toBe(true);

    const submit = async (name: RegExp) => {
      await quiz.getByRole('button', { name }).focus();
      await page.keyboard.press('Enter');
    };
    await giveByKeyboard(quiz, question, keyOf(question));
    if (kind === 'open-response') {
      await submit(/Compare with a good answer/);
      await expect(quiz.locator('.assess')).toBeFocused();
      expect(await faults(page)).toEqual([]);
      for (const box of await quiz.locator('.assess').getByRole('checkbox').all()) {
        await box.focus();
        await page.keyboard.press('Space');
      }
      await submit(/Keep my judgement/);
    } else await submit(/Check my answer/);
    await expect(quiz.locator('.verdict')).toBeFocused();
    await expect(quiz.getByText('Right.', { exact: true })).toBeVisible();
    expect(await faults(page)).toEqual([]);
    expect(await fits()).toBe(true);
    await context.close();
  });
}

test('a wrong answer of every kind is told why, and the next try is worth less', async ({
  browser,
  campus,
}) => {
  const page = await (await browser.newContext({ baseURL: campus.url })).newPage();
  for (const kind of kinds.keys()) {
    if (kind === 'open-response') continue;
    const { quiz, question } = await openQuestion(page, kind);
    await give(quiz, question, wrongAnswer(question));
    await quiz.getByRole('button', { name: 'Check my answer' }).click();
    await expect(quiz.locator('.verdict'), kind).toBeFocused();
    await expect(quiz.getByText('Right.', { exact: true }), kind).toBeHidden();
    const said = await quiz.locator('small, .verdict div').allTextContents();
    expect(said.join('').trim().length, kind).toBeGreaterThan(20);
    await expect(quiz.getByText('Worth 75% of its marks now.'), kind).toBeVisible();
    expect(await faults(page), kind).toEqual([]);
  }
});

test('after the last question it says what to read again', async ({ browser, campus }) => {
  const page = await (await browser.newContext({ baseURL: campus.url })).newPage();
  const { lesson } = kinds.get('numeric')!;
  await page.goto(urlOf(lesson.id));
  const quiz = page.locator('.quiz');
  await quiz.scrollIntoViewIfNeeded();
  for (const object of lesson.questions) {
    const question = practiceQuestion(object);
    const check = quiz.getByRole('button', { name: 'Check my answer' });
    await expect(check).toBeEnabled();
    await give(
      quiz,
      question,
      question.kind === 'numeric' ? wrongAnswer(question) : keyOf(question),
    );
    await check.click();
    await quiz.getByRole('button', { name: /Next question|See how you did/ }).click();
  }
  await expect(quiz.getByText('To look at again:')).toBeVisible();
  const { reread } = courses.practice[
    kinds.get('numeric')!.object.replace(/\/[^/]+$/, '')
  ]!.questions.find(({ kind }) => kind === 'numeric')!;
  await quiz.locator('.summary a').first().click();
  await expect(page).toHaveURL(new RegExp(`${reread!}$`));
});

test('hints come one by one and cost something; after three tries the right answer may be shown', async ({
  browser,
  campus,
}) => {
  const { page, context } = await newLearner(browser, campus);
  const { quiz, question } = await openQuestion(page, 'numeric');
  await expect(quiz.getByText('takes 25% off', { exact: false })).toBeVisible();
  await quiz.getByRole('button', { name: 'Show a hint' }).click();
  await expect(quiz.getByText('Hint 1:', { exact: false })).toBeVisible();
  for (const left of ['50%', '25%', '0%']) {
    await give(quiz, question, wrongAnswer(question));
    await quiz.getByRole('button', { name: 'Check my answer' }).click();
    await expect(quiz.getByText(`Worth ${left} of its marks now.`)).toBeVisible();
    if (left !== '0%') {
      await expect(quiz.getByRole('button', { name: 'Show the right answer' })).toBeHidden();
      await quiz.getByRole('button', { name: 'Try again' }).click();
    }
  }
  await quiz.getByRole('button', { name: 'Show the right answer' }).click();
  await expect(quiz.getByText('The right answer:')).toBeVisible();
  await quiz.getByRole('button', { name: 'Try again' }).click();
  await give(quiz, question, keyOf(question));
  const sent = page.waitForResponse('**/api/events');
  await quiz.getByRole('button', { name: 'Check my answer' }).click();
  await sent;
  // The record has what it was worth then.
  const data = (await (await context.request.get('/account/data.json')).json()) as {
    events: { verb: string; score: number | null; result: { tries?: number; hints?: number } }[];
  };
  const answers = data.events.filter(({ verb }) => verb === 'answered');
  expect(answers.at(-1)).toMatchObject({ score: 0, result: { tries: 4, hints: 1 } });
});

test('a calculated question comes again with other numbers, and each is marked by its own', async ({
  browser,
  campus,
}) => {
  const page = await (await browser.newContext({ baseURL: campus.url })).newPage();
  const { quiz, question } = await openQuestion(page, 'calculated');
  const first = await quiz.locator('.prompt').textContent();
  await give(quiz, question, wrongAnswer(question));
  await quiz.getByRole('button', { name: 'Check my answer' }).click();
  await quiz.getByRole('button', { name: 'Try again with other numbers' }).click();
  await expect(quiz.locator('.prompt')).not.toHaveText(first!);
  // The key of before is right no more.
  await give(quiz, question, keyOf(question));
  await quiz.getByRole('button', { name: 'Check my answer' }).click();
  await expect(quiz.getByText('Right.', { exact: true })).toBeHidden();
});

test('on the figure itself one chooses with a finger what the list shows', async ({
  browser,
  campus,
}) => {
  const context = await browser.newContext({
    baseURL: campus.url,
    viewport: { width: 360, height: 740 },
    hasTouch: true,
  });
  const page = await context.newPage();
  const { quiz, question } = await openQuestion(page, 'hotspot');
  if (question.kind !== 'hotspot') throw new Error('not a hotspot');
  const right = question.spots.findIndex(({ correct }) => correct);
  await quiz.locator('.spot').nth(right).tap();
  await expect(quiz.getByRole('radio').nth(right)).toBeChecked();
  await quiz.getByRole('button', { name: 'Check my answer' }).click();
  await expect(quiz.getByText('Right.', { exact: true })).toBeVisible();
});

test('practice of every kind goes on without a network once the lesson is open; each answer arrives once', async ({
  browser,
  campus,
}) => {
  const { page, context } = await newLearner(browser, campus);
  const { lesson } = kinds.get('sorting')!;
  await page.goto(urlOf(lesson.id));
  const quiz = page.locator('.quiz');
  await quiz.scrollIntoViewIfNeeded();
  await expect(quiz.getByRole('button', { name: 'Check my answer' })).toBeEnabled();
  await context.setOffline(true);
  for (const [at, object] of lesson.questions.entries()) {
    await quiz.getByRole('button', { name: new RegExp(`^Question ${at + 1},`) }).click();
    const question = practiceQuestion(object);
    await give(quiz, question, keyOf(question));
    await quiz.getByRole('button', { name: 'Check my answer' }).click();
    await expect(quiz.getByText('Right.', { exact: true })).toBeVisible();
  }
  await context.setOffline(false);
  const answered = async () => {
    const data = (await (await context.request.get('/account/data.json')).json()) as {
      events: { verb: string; object: string }[];
    };
    return data.events.filter(({ verb }) => verb === 'answered').map(({ object }) => object);
  };
  await expect.poll(answered).toHaveLength(lesson.questions.length);
  expect((await answered()).sort()).toEqual([...lesson.questions].sort());
});
