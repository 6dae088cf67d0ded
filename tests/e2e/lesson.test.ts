import { lessonsOf, urlOf } from '#features/catalog/course.ts';
import { keyOf } from '#features/questions/questions.ts';
import { courses, give, practiceQuestion } from '../support/answering.ts';
import { expect, test } from '../support/campus.ts';
import { newCohort, newLearner } from '../support/people.ts';

const [lesson, next] = lessonsOf(courses.courses[0]!);
const url = urlOf(lesson!.id);

test('without JavaScript a lesson is read whole, its terms open, its figures are enlarged', async ({
  browser,
  campus,
}) => {
  const context = await browser.newContext({ baseURL: campus.url, javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(url);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(lesson!.title);
  await page.locator('.term').first().click();
  await expect(page.locator('.term-card').first()).toBeVisible();
  await page.keyboard.press('Escape');
  await page.getByRole('link', { name: 'Enlarge the figure' }).first().click();
  await expect(page.getByRole('link', { name: 'Back to the lesson' }).first()).toBeVisible();
  await page.goBack();
  // Nothing that could not be kept can be given.
  await expect(page.getByRole('button', { name: 'Check my answer' })).toBeDisabled();
  await page.locator('.source a').first().click();
  await expect(page.locator('.sources li').first()).toBeInViewport();
});

test('a learner calls a lesson done and keeps a note; another device has both, the instructor only the first', async ({
  browser,
  campus,
}) => {
  const { page: teacher, code, url: cohort } = await newCohort(browser, campus, 'Note group');
  const { page, context, email, password } = await newLearner(browser, campus);
  await page.goto(`/join/${code.replace('-', '')}`);
  await page.getByRole('button', { name: /^Join as/ }).click();
  await page.waitForURL('**/home**');

  await page.goto(url);
  const note = page.locator('.reflect').first();
  await note.getByRole('textbox').fill('Kofi’s mill, and nobody asked him.');
  await note.getByRole('button', { name: 'Keep this note' }).click();
  await expect(note.getByText('received by the campus', { exact: false })).toBeVisible();
  await page.getByRole('button', { name: 'I have finished this lesson' }).click();
  await expect(page.getByText('Done. Received by the campus.')).toBeVisible();
  await expect(page.locator(`.map a[data-tick="${lesson!.id}"]`)).toHaveAttribute('data-done', '');

  const elsewhere = await browser.newContext({ baseURL: campus.url });
  const second = await elsewhere.newPage();
  await second.goto('/sign-in');
  await second.getByLabel('E-mail address').fill(email);
  await second.getByLabel('Password').fill(password);
  await second.getByRole('button', { name: 'Sign in' }).click();
  await expect(second.getByRole('heading', { name: next!.title })).toBeVisible();
  await second.goto(url);
  await expect(second.locator('.reflect').first().getByRole('textbox')).toHaveValue(
    'Kofi’s mill, and nobody asked him.',
  );

  await teacher.goto(cohort);
  const row = teacher.getByRole('row', { name: /Learner/ });
  await expect(row).toContainText('1/');
  await row.getByRole('link').click();
  await expect(teacher.getByText('completed').first()).toBeVisible();
  expect(await teacher.content()).not.toContain('nobody asked him');
  const csv = await (await teacher.request.get(`${cohort}/members.csv`)).text();
  expect(csv).toContain(lesson!.title);
  expect(csv).toMatch(/Learner \d+,\d{4}-\d\d-\d\d,1,done,/);
  await context.close();
});

test('work done before signing in to an older account is offered, not taken', async ({
  browser,
  campus,
}) => {
  const { page, context, email, password } = await newLearner(browser, campus);
  await page.goto('/account');
  await page.getByRole('button', { name: 'Sign out', exact: true }).click();

  await page.goto(url);
  const quiz = page.locator('.quiz');
  await quiz.scrollIntoViewIfNeeded();
  const question = practiceQuestion(lesson!.questions[0]!);
  await expect(quiz.getByRole('button', { name: 'Check my answer' })).toBeEnabled();
  await give(quiz, question, keyOf(question));
  await quiz.getByRole('button', { name: 'Check my answer' }).click();
  await expect(quiz.getByText('Sign up to keep it for good.', { exact: false })).toBeVisible();

  await page.goto('/sign-in');
  await page.getByLabel('E-mail address').fill(email);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByText('There is work on this device', { exact: false })).toBeVisible();
  const answers = async () => {
    const record = await context.request.get(`/api/record?course=sensitizing&lesson=${lesson!.id}`);
    return Object.keys(((await record.json()) as { answers: object }).answers);
  };
  expect(await answers()).toEqual([]);
  await page.getByRole('button', { name: 'Yes, add it to my record' }).click();
  await expect.poll(answers).toEqual([lesson!.questions[0]!]);
  await expect(page.getByText('There is work on this device', { exact: false })).toBeHidden();
});
