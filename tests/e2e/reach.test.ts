import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { lessonsOf, urlOf } from '#features/catalog/course.ts';
import { keyOf } from '#features/questions/questions.ts';
import {
  courses,
  giveByKeyboard,
  takeAttempt,
  practiceQuestion,
  shownQuestion,
} from '../support/answering.ts';
import { drawCount } from '#features/quiz/draw.ts';
import { expect, test } from '../support/campus.ts';
import { newCohort, newLearner } from '../support/people.ts';

const course = courses.courses[0]!;
const first = lessonsOf(course)[0]!;
// One of each module: all are built from the same parts, and the check looks at every one.
const lessons = courses.courses.flatMap(({ modules }) =>
  modules.map((module) => module.lessons.at(-1)!),
);
const bankId = course.modules[0]!.graded[0]!;
const { bank } = courses.graded[bankId]!;
const publicPages = [
  '/library',
  '/library/terms',
  '/library/sources',
  '/library/cases',
  '/',
  '/courses',
  urlOf(course.id),
  ...lessons.map(({ id }) => urlOf(id)),
  ...Object.keys(courses.scenarios).map((id) => `/simulate/${id}`),
  `/check/${bankId}`,
  '/sign-in',
  '/sign-in?with=pin',
  '/sign-up',
  '/join',
  '/reset',
  '/no-such-page',
];

/** Violations of WCAG 2.2 A and AA, and of good practice, on the page as it stands. */
async function violations(page: Page) {
  // A page that is still fading in is measured too pale.
  await page.evaluate(() => Promise.all(document.getAnimations().map((each) => each.finished)));
  const { violations: found } = await new AxeBuilder({ page }).analyze();
  return found.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`,
  );
}

/** Presses Tab until the named thing has the focus. */
const tabsOn = (page: Page) => async (name: RegExp) => {
  for (let presses = 0; presses < 120; presses++) {
    await page.keyboard.press('Tab');
    const label = await page.evaluate(() => {
      const focused = document.activeElement as HTMLElement | null;
      return (
        focused?.getAttribute('aria-label') ??
        focused?.closest('label')?.innerText ??
        focused?.innerText ??
        ''
      );
    });
    if (name.test(label)) return;
  }
  throw new Error(`Tab never reached ${name}`);
};

for (const colorScheme of ['light', 'dark'] as const) {
  test(`axe finds nothing on any kind of page, ${colorScheme}`, async ({ browser, campus }) => {
    test.setTimeout(180_000);
    const { page, context } = await newLearner(browser, campus, { colorScheme });
    const visitor = await (
      await browser.newContext({ baseURL: campus.url, colorScheme })
    ).newPage();
    for (const place of publicPages) {
      await visitor.goto(place);
      expect(await violations(visitor), place).toEqual([]);
    }

    await page.goto(`/check/${bankId}`);
    await page.getByRole('button', { name: 'Begin' }).click();
    for (let at = 1; at <= drawCount(bank); at++) {
      await page.getByRole('button', { name: new RegExp(`^Question ${at}:`) }).click();
      await page.getByText(`Question ${at} of ${drawCount(bank)}`).waitFor();
      expect(await violations(page), `question ${at}`).toEqual([]);
    }
    await page.getByRole('button', { name: 'Question 1:' }).click();
    await takeAttempt(page, bankId, { right: 2 });
    await page.locator('.result-score').waitFor();
    for (const place of [page.url(), '/home', '/account', `/check/${bankId}`]) {
      await page.goto(place);
      expect(await violations(page), place).toEqual([]);
    }
    const { page: teacher, code, url } = await newCohort(browser, campus, `Group ${colorScheme}`);
    await teacher.emulateMedia({ colorScheme });
    await page.goto(`/join/${code.replace('-', '')}`);
    expect(await violations(page), 'join').toEqual([]);
    await page.getByRole('button', { name: /^Join as/ }).click();
    for (const place of ['/teach', url, `${url}/poster`, '/people']) {
      await teacher.goto(place);
      expect(await violations(teacher), place).toEqual([]);
    }
    await teacher.goto(url);
    await teacher.locator('th[scope=row] a').first().click();
    expect(await violations(teacher), 'member').toEqual([]);
    await context.close();
  });
}

test('at 320 px, which is a wide page at 400 % zoom, no page is cut off or scrolls sideways', async ({
  browser,
  campus,
}) => {
  const { page: teacher, url } = await newCohort(
    browser,
    campus,
    'A group with a rather long name, as ministries like to give them',
  );
  await teacher.setViewportSize({ width: 320, height: 640 });
  for (const dir of ['ltr', 'rtl']) {
    for (const place of [
      ...publicPages,
      '/home',
      '/account',
      '/teach',
      url,
      `${url}/poster`,
      '/people',
    ]) {
      await teacher.goto(place);
      await teacher.evaluate((value) => (document.documentElement.dir = value), dir);
      const wide = await teacher.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect(wide, `${place} ${dir}`).toBeLessThanOrEqual(0);
    }
  }
});

test('with the keyboard alone one goes from the first page through a lesson’s practice', async ({
  browser,
  campus,
}) => {
  const page = await (await browser.newContext({ baseURL: campus.url })).newPage();
  await page.goto('/');
  const tabTo = tabsOn(page);
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Skip to the content' })).toBeFocused();
  await tabTo(/Read the first lesson/);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(first.title);

  // The first term of the lesson opens and closes again.
  await page.locator('.term').first().focus();
  await page.keyboard.press('Enter');
  await expect(page.locator('.term-card').first()).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.locator('.term-card').first()).toBeHidden();

  const quiz = page.locator('.quiz');
  await quiz.scrollIntoViewIfNeeded();
  await expect(quiz.getByRole('button', { name: 'Check my answer' })).toBeEnabled();
  const questions = first.questions.map(practiceQuestion);
  for (const question of questions) {
    await giveByKeyboard(quiz, question, keyOf(question));
    await tabTo(/Check my answer/);
    await page.keyboard.press('Enter');
    await expect(quiz.locator('.verdict')).toBeFocused();
    await expect(quiz.getByText('Right.', { exact: true })).toBeVisible();
    await tabTo(/Next question|See how you did/);
    await page.keyboard.press('Enter');
  }
  await expect(quiz.getByText(/You had all/)).toBeVisible();
});

test('with the keyboard alone one takes a check and hands it in', async ({ browser, campus }) => {
  const { page } = await newLearner(browser, campus);
  const tabTo = tabsOn(page);
  await page.goto(`/check/${bankId}`);
  await tabTo(/^Begin$/);
  await page.keyboard.press('Enter');
  const quiz = page.locator('.quiz');
  const sayHowSure = async (box: typeof quiz) => {
    const field = box.getByRole('radio', { name: 'Sure', exact: true });
    if (!(await field.isVisible())) return;
    await field.focus();
    await page.keyboard.press('Space');
  };
  for (let at = 1; at <= drawCount(bank); at++) {
    await page.getByText(`Question ${at} of ${drawCount(bank)}`).waitFor();
    const question = await shownQuestion(quiz, bank.questions);
    await giveByKeyboard(quiz, question, keyOf(question));
    await sayHowSure(quiz);
    await tabTo(at === drawCount(bank) ? /^Check before handing in$/ : /^Next$/);
    await page.keyboard.press('Enter');
  }
  await tabTo(/^Hand in \d+ answers$/);
  await page.keyboard.press('Enter');
  await expect(page.locator('.result-score')).toHaveText('✓ You passed');
});
