import { lessonsOf, urlOf } from '#features/catalog/course.ts';
import { keyOf } from '#features/questions/questions.ts';
import { courses, give, practiceQuestion } from '../support/answering.ts';
import { expect, test } from '../support/campus.ts';
import { newLearner } from '../support/people.ts';

const lesson = lessonsOf(courses.courses[0]!)[0]!;
const questionId = lesson.questions[0]!;
const question = practiceQuestion(questionId);

test('an answer given without a network is kept, said so, and sent when the network returns', async ({
  browser,
  campus,
}) => {
  const { page, context } = await newLearner(browser, campus);
  await page.goto(urlOf(lesson.id));
  const quiz = page.locator('.quiz');
  await quiz.scrollIntoViewIfNeeded();
  await expect(quiz.getByRole('button', { name: 'Check my answer' })).toBeEnabled();

  await context.setOffline(true);
  await give(quiz, question, keyOf(question));
  await quiz.getByRole('button', { name: 'Check my answer' }).click();
  await expect(quiz.getByText('Right.', { exact: true })).toBeVisible();
  await expect(
    quiz.getByText('Kept on this device. It is sent when there is a network.'),
  ).toBeVisible();

  const sent = page.waitForResponse('**/api/events');
  await context.setOffline(false);
  const { outcomes } = (await (await sent).json()) as { outcomes: { status: string }[] };
  expect(outcomes.map(({ status }) => status)).toContain('stored');

  await page.goto('/home');
  await expect(
    page.getByText('Everything on this device has been received by the campus.'),
  ).toBeVisible();
  await page.goto(urlOf(lesson.id));

  // Another device shows the answer.
  await page.evaluate(() =>
    indexedDB.databases().then((all) => all.forEach(({ name }) => indexedDB.deleteDatabase(name!))),
  );
  await page.reload();
  await quiz.scrollIntoViewIfNeeded();
  await expect(quiz.getByRole('button', { name: 'Question 1, right' })).toBeVisible();
});

test('on a shared device, what one person did offline is not sent as the next one’s', async ({
  browser,
  campus,
}) => {
  const first = await newLearner(browser, campus);
  const { page, context } = first;
  await page.goto(urlOf(lesson.id));
  const quiz = page.locator('.quiz');
  await quiz.scrollIntoViewIfNeeded();
  await expect(quiz.getByRole('button', { name: 'Check my answer' })).toBeEnabled();
  await page.route('**/api/events', (route) => route.abort());
  await give(quiz, question, keyOf(question));
  await quiz.getByRole('button', { name: 'Check my answer' }).click();
  await expect(
    quiz.getByText('Kept on this device. It is sent when there is a network.'),
  ).toBeVisible();

  await page.goto('/home');
  await expect(page.getByText(/\d+ pieces? of work waits? on this device/)).toBeVisible();

  // They leave without a network; somebody else signs in here.
  await context.clearCookies();
  await page.unroute('**/api/events');
  await page.goto('/sign-up');
  await page.getByLabel('Your name').fill('Next person');
  await page.getByLabel('E-mail address').fill(`next-${Date.now()}@example.org`);
  await page.getByLabel('Password').fill('four quiet rivers');
  await page.getByRole('button', { name: 'Sign up' }).click();
  await expect(page.getByRole('heading', { name: 'Hello, Next person' })).toBeVisible();
  await page.goto(urlOf(lesson.id));
  await quiz.scrollIntoViewIfNeeded();
  await expect(quiz.getByRole('button', { name: 'Question 1, not answered' })).toBeVisible();
  const record = await context.request.get(`/api/record?course=sensitizing&lesson=${lesson.id}`);
  expect(await record.json()).toMatchObject({ learner: { name: 'Next person' }, answers: {} });

  // Back in as themselves, it is sent.
  await context.clearCookies();
  await page.goto('/sign-in');
  await page.getByLabel('E-mail address').fill(first.email);
  await page.getByLabel('Password').fill(first.password);
  const sent = page.waitForResponse('**/api/events');
  await page.getByRole('button', { name: 'Sign in' }).click();
  const { outcomes } = (await (await sent).json()) as { outcomes: { status: string }[] };
  expect(outcomes.map(({ status }) => status)).toContain('stored');
});
