import { lessonsOf } from '#features/catalog/course.ts';
import { keyOf } from '#features/questions/questions.ts';
import {
  beSure,
  courses,
  give,
  takeAttempt,
  practiceQuestion,
  shownQuestion,
} from '../support/answering.ts';
import { drawCount } from '#features/quiz/draw.ts';
import { expect, startCampus, test } from '../support/campus.ts';
import { startPostgres } from '../support/postgres.ts';

const course = courses.courses[0]!;
const module = course.modules[0]!;
const lesson = lessonsOf(course)[0]!;
const bankId = module.graded[0]!;
const { bank } = courses.graded[bankId]!;

/** On a real PostgreSQL too, where there is one. */
const databases = process.env.PG_BIN ? ['SQLite', 'PostgreSQL'] : ['SQLite'];

for (const database of databases) {
  test(`a person reads, practises, signs up keeping it, fails, passes, and goes on elsewhere; the instructor sees it (${database})`, async ({
    browser,
  }) => {
    test.setTimeout(120_000);
    const server = database === 'PostgreSQL' ? startPostgres(process.env.PG_BIN!) : undefined;
    const campus = await startCampus({ env: { DATABASE_URL: server?.url ?? '' } });
    const visitor = await browser.newContext({ baseURL: campus.url });
    const page = await visitor.newPage();

    // Reading, from the first page in one click.
    await page.goto('/');
    await page.getByRole('link', { name: 'Read the first lesson' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(lesson.title);

    // Practising, before there is an account.
    const practice = page.locator('.quiz');
    const questions = lesson.questions.map(practiceQuestion);
    await practice.scrollIntoViewIfNeeded();
    for (const [at, question] of questions.entries()) {
      await expect(practice.getByText(`Question ${at + 1} of ${questions.length}`)).toBeVisible();
      await give(practice, question, keyOf(question));
      await practice.getByRole('button', { name: 'Check my answer' }).click();
      await expect(practice.getByText('Right.', { exact: true })).toBeVisible();
      await practice.getByRole('button', { name: /Next question|See how you did/ }).click();
    }
    await expect(practice.getByText(`You had all ${questions.length} right.`)).toBeVisible();
    await expect(
      page.getByText('Kept on this device only. Sign up to take it with you.'),
    ).toBeVisible();

    // Signing up takes it along, once.
    await page.getByRole('main').getByRole('link', { name: 'Sign up' }).click();
    await page.getByLabel('Your name').fill('Amina Diallo');
    await page.getByLabel('E-mail address').fill('amina@example.org');
    await page.getByLabel('Password').fill('three green mangoes');
    const sent = page.waitForResponse('**/api/events');
    await page.getByRole('button', { name: 'Sign up' }).click();
    await expect(page.getByRole('heading', { name: 'Hello, Amina Diallo' })).toBeVisible();
    const { outcomes } = (await (await sent).json()) as { outcomes: { status: string }[] };
    expect(outcomes.every(({ status }) => status === 'stored')).toBe(true);
    await page.goto('/home');
    await expect(page.getByText(/^\s*\d+ % ·\s+1 of/)).toBeVisible();

    // Failing the check.
    await page.goto(`/check/${bankId}`);
    await page.getByRole('button', { name: 'Begin' }).click();
    await takeAttempt(page, bankId, { right: 0 });
    await expect(page.locator('.result-score')).toHaveText('Not passed yet');

    // Trying again, half of it here …
    await page.getByRole('link', { name: 'Back to the check' }).click();
    await page.getByRole('button', { name: 'Begin another attempt' }).click();
    const quiz = page.locator('.quiz');
    const first = await shownQuestion(quiz, bank.questions);
    await give(quiz, first, keyOf(first));
    await beSure(quiz);
    if (first.kind === 'ordering')
      await page.getByRole('button', { name: 'Next', exact: true }).click();
    await expect(page.getByText('All answers received by the campus.')).toBeVisible();

    // … and going on where one left off, on another device.
    const elsewhere = await browser.newContext({ baseURL: campus.url });
    const second = await elsewhere.newPage();
    await second.goto('/sign-in');
    await second.getByLabel('E-mail address').fill('amina@example.org');
    await second.getByLabel('Password').fill('three green mangoes');
    await second.getByRole('button', { name: 'Sign in' }).click();
    await expect(second.getByRole('heading', { name: 'Hello, Amina Diallo' })).toBeVisible();
    await second.goto(`/check/${bankId}`);
    await second.getByRole('link', { name: 'Go on with your attempt' }).click();
    await expect(second.getByText(`Question 2 of ${drawCount(bank)}`)).toBeVisible();
    await second.getByRole('button', { name: 'Question 1: answered' }).click();
    await takeAttempt(second, bankId, { right: drawCount(bank) });
    await expect(second.locator('.result-score')).toHaveText('✓ You passed');

    // The administrator makes a cohort.
    const office = await browser.newContext({ baseURL: campus.url });
    const desk = await office.newPage();
    await desk.goto(campus.setupUrl);
    await desk.getByLabel('Your name').fill('Kofi Mensah');
    await desk.getByLabel('E-mail address').fill('kofi@example.org');
    await desk.getByLabel('Password').fill('a calm river bank');
    await desk.getByRole('button', { name: 'Set up' }).click();
    await desk.getByLabel('Name of the group').fill('Northern districts');
    await desk.getByRole('button', { name: 'Make the group' }).click();
    await expect(desk.getByRole('heading', { level: 1 })).toHaveText('Northern districts');
    const code = (await desk.locator('.code').textContent())!;
    const cohortUrl = desk.url();

    // The setup link is used up.
    const late = await office.request.get(campus.setupUrl);
    expect(late.status()).toBe(410);

    // A learner joins by code, without e-mail.
    const phone = await browser.newContext({ baseURL: campus.url });
    const shared = await phone.newPage();
    await shared.goto('/join');
    await shared.getByLabel('Group code').fill(code.toLowerCase());
    await shared.getByRole('button', { name: 'Find my group' }).click();
    await shared.getByLabel('Your name').fill('Rosa Quispe');
    await shared.getByLabel('Six-digit PIN').fill('480217');
    await shared.getByRole('button', { name: 'Join' }).click();
    await expect(shared.getByText('You have joined “Northern districts”.')).toBeVisible();
    await shared.goto(`/check/${bankId}`);
    await shared.getByRole('button', { name: 'Begin' }).click();
    await takeAttempt(shared, bankId, { right: drawCount(bank) });
    await expect(shared.locator('.result-score')).toHaveText('✓ You passed');

    // The instructor sees the result, and the evidence behind it.
    await desk.goto(cohortUrl);
    const row = desk.getByRole('row', { name: /Rosa Quispe/ });
    await expect(row).toContainText('100%');
    await expect(row).toContainText('passed');
    await row.getByRole('link', { name: 'Rosa Quispe' }).click();
    await expect(desk.getByText('handed in')).toBeVisible();

    // Another instructor does not learn that the cohort exists.
    await desk.goto('/people?search=amina');
    await desk.getByLabel('Role of Amina Diallo').selectOption('instructor');
    await desk.getByRole('button', { name: 'Save' }).click();
    await expect(desk.getByText('Amina Diallo is now: Instructor.')).toBeVisible();
    for (const path of ['', '/poster', '/members.csv']) {
      const answer = await second.request.get(cohortUrl + path);
      expect(answer.status(), path).toBe(404);
      expect(await answer.text()).not.toContain('Northern districts');
    }
    await campus.stop();
    server?.stop();
  });
}
