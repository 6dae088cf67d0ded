import { lessonsOf, urlOf } from '#features/catalog/course.ts';
import { keyOf } from '#features/questions/questions.ts';
import { courses, giveByKeyboard, shownQuestion, wrongAnswer } from '../support/answering.ts';
import { violations } from '../support/axe.ts';
import { expect, test } from '../support/campus.ts';
import { newLearner } from '../support/people.ts';

const lesson = lessonsOf(courses.courses[0]!)[0]!;
const questions = Object.values(courses.practice).flatMap((bank) => bank.questions);

for (const colorScheme of ['light', 'dark'] as const) {
  test(`what was learnt comes back: by keyboard alone and without a network, each answer arrives once (${colorScheme})`, async ({
    browser,
    campus,
  }) => {
    const { page, context } = await newLearner(browser, campus, {
      colorScheme,
      viewport: { width: 360, height: 740 },
    });

    await page.goto('/review');
    await expect(page.getByText('Finish a first lesson', { exact: false })).toBeVisible();
    expect(await violations(page)).toEqual([]);

    await page.goto(urlOf(lesson.id));
    await page.getByRole('button', { name: 'I have finished this lesson' }).click();
    // Of this, and not of having opened the lesson.
    await expect(page.getByText('Done. Received by the campus.', { exact: false })).toBeVisible();
    await page.goto('/home');
    const count = lesson.questions.length;
    await expect(page.getByText(`${count} questions are waiting.`, { exact: false })).toBeVisible();
    expect(await violations(page)).toEqual([]);
    await page.getByRole('link', { name: 'Review for ten minutes' }).focus();
    await page.keyboard.press('Enter');
    const box = page.locator('.quiz');
    const check = box.getByRole('button', { name: 'Check my answer' });
    await expect(check).toBeEnabled();
    expect(await violations(page)).toEqual([]);

    await context.setOffline(true);
    // The first is missed and comes once more at the end.
    for (let at = 0; at <= count; at++) {
      const question = await shownQuestion(box, questions);
      await giveByKeyboard(box, question, at === 0 ? wrongAnswer(question) : keyOf(question));
      await check.focus();
      await page.keyboard.press('Enter');
      await expect(box.locator('.verdict')).toBeFocused();
      await expect(box.locator('.verdict')).toContainText(at === 0 ? 'comes back soon' : 'Right.');
      await expect(
        box.getByText('Kept on this device. It is sent when there is a network.'),
      ).toBeVisible();
      const next = box.getByRole('button', { name: /Next question|Finish/ });
      await next.focus();
      await page.keyboard.press('Enter');
    }
    await expect(
      box.getByText(`You have reviewed ${count} questions, and remembered ${count - 1} at once.`),
    ).toBeVisible();
    expect(await violations(page)).toEqual([]);

    await context.setOffline(false);
    const answers = async () => {
      const data = (await (await context.request.get('/account/data.json')).json()) as {
        events: { verb: string; object: string }[];
      };
      return data.events.filter(({ verb }) => verb === 'answered').map(({ object }) => object);
    };
    await expect.poll(answers).toHaveLength(count + 1);
    expect([...new Set(await answers())].sort()).toEqual([...lesson.questions].sort());

    // Nothing more for today, and a day is named.
    await page.goto('/review');
    await expect(
      page.getByText(/Nothing to review today\. The next question comes on/),
    ).toBeVisible();
  });
}

test('one may stop at any time, and what was done is kept', async ({ browser, campus }) => {
  const { page } = await newLearner(browser, campus);
  await page.goto(urlOf(lesson.id));
  await page.getByRole('button', { name: 'I have finished this lesson' }).click();
  // Of this, and not of having opened the lesson.
  await expect(page.getByText('Done. Received by the campus.', { exact: false })).toBeVisible();
  await page.goto('/review');
  await page.getByRole('button', { name: 'Enough for today' }).click();
  await expect(page.getByText('That is fine. They will be here when you come back.')).toBeVisible();
});
