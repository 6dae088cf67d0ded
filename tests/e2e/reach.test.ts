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
import { violations } from '../support/axe.ts';
import { expect, test } from '../support/campus.ts';
import { newCohort, newLearner } from '../support/people.ts';

const course = courses.courses[0]!;
const first = lessonsOf(course)[0]!;
const bankId = course.modules[0]!.graded[0]!;
const { bank } = courses.graded[bankId]!;

/** Every kind of page that needs no account, by what it is for. */
const publicPages = {
  'the library': ['/library', '/library/terms', '/library/sources', '/library/cases'],
  'the ways in': [
    '/',
    '/sign-in',
    '/sign-in?with=pin',
    '/sign-up',
    '/join',
    '/reset',
    '/no-such-page',
  ],
  'the courses, simulations and checks': [
    '/courses',
    urlOf(course.id),
    ...Object.keys(courses.scenarios).map((id) => `/simulate/${id}`),
    `/check/${bankId}`,
  ],
  // One of each module: all are built from the same parts, and the check of the courses looks at every one.
  ...Object.fromEntries(
    courses.courses.map(({ title, modules }) => [
      `the lessons of ${title}`,
      modules.map(({ lessons }) => urlOf(lessons.at(-1)!.id)),
    ]),
  ),
};

/** Expects axe to find nothing on the page as it stands, in the light and in the dark. */
async function findsNothing(page: Page, what = page.url()) {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    expect(await violations(page), `${what}, ${colorScheme}`).toEqual([]);
  }
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

for (const [what, places] of Object.entries(publicPages)) {
  test(`axe finds nothing on ${what}, light or dark`, async ({ page }) => {
    for (const place of places) {
      await page.goto(place);
      await findsNothing(page);
    }
  });
}

test('axe finds nothing on any question of a check, its result and a learner’s pages, light or dark', async ({
  browser,
  campus,
}) => {
  const { page } = await newLearner(browser, campus);
  await page.goto(`/check/${bankId}`);
  await page.getByRole('button', { name: 'Begin' }).click();
  for (let at = 1; at <= drawCount(bank); at++) {
    await page.getByRole('button', { name: new RegExp(`^Question ${at}:`) }).click();
    await page.getByText(`Question ${at} of ${drawCount(bank)}`).waitFor();
    await findsNothing(page, `question ${at}`);
  }
  await page.getByRole('button', { name: 'Question 1:' }).click();
  await takeAttempt(page, bankId, { right: 2 });
  await page.locator('.result-score').waitFor();
  for (const place of [page.url(), '/home', '/account', `/check/${bankId}`]) {
    await page.goto(place);
    await findsNothing(page);
  }
});

test('axe finds nothing on the pages of a group and of who leads it, light or dark', async ({
  browser,
  campus,
}) => {
  const { page } = await newLearner(browser, campus);
  const { page: teacher, code, url } = await newCohort(browser, campus);
  await page.goto(`/join/${code.replace('-', '')}`);
  await findsNothing(page);
  await page.getByRole('button', { name: /^Join as/ }).click();
  for (const place of ['/teach', url, `${url}/poster`, '/people']) {
    await teacher.goto(place);
    await findsNothing(teacher);
  }
  await teacher.goto(url);
  await teacher.locator('th[scope=row] a').first().click();
  await findsNothing(teacher);
});

for (const dir of ['ltr', 'rtl']) {
  test(`at 320 px, which is a wide page at 400 % zoom, no page or drawing is cut off or scrolls sideways, ${dir}`, async ({
    browser,
    campus,
  }) => {
    const { page: teacher, url } = await newCohort(
      browser,
      campus,
      'A group with a rather long name, as ministries like to give them',
    );
    await teacher.setViewportSize({ width: 320, height: 640 });
    for (const place of [
      ...Object.values(publicPages).flat(),
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
      const cut = await teacher.evaluate(() =>
        [...document.querySelectorAll('svg text')]
          .filter((text) => {
            const [label, drawing] = [text, text.closest('svg')!].map((one) =>
              one.getBoundingClientRect(),
            );
            return (
              label!.width > 0 &&
              (label!.left < drawing!.left - 1 || label!.right > drawing!.right + 1)
            );
          })
          .map(({ textContent }) => textContent),
      );
      expect(cut, `labels of drawings, ${place} ${dir}`).toEqual([]);
    }
  });
}

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
