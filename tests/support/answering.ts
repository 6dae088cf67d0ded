import type { Locator, Page } from '@playwright/test';
import { readCampusCourses } from '../../src/app.server.ts';
import { keyOf } from '#features/quiz/key.ts';
import type { Answer, Question } from '#features/quiz/question.ts';

/** What is taught, keys included: tests know the answers that learners must not see. */
export const { courses } = readCampusCourses('courses');

/** An answer that is certainly not fully right. */
export function wrongAnswer(question: Question): Answer {
  const key = keyOf(question);
  switch (key.kind) {
    case 'choice': {
      if (question.kind !== 'choice') throw new Error('not a choice');
      const wrong = question.choices.find(({ correct }) => !correct)!;
      return { kind: 'choice', chosen: [wrong.id] };
    }
    case 'true-false':
      return { kind: 'true-false', value: !key.value };
    case 'matching': {
      const [first, ...others] = Object.keys(key.pairs);
      const pairs = { ...key.pairs };
      // Every row takes its neighbour's option.
      [first!, ...others].forEach((row, at, all) => {
        pairs[row] = key.pairs[all[(at + 1) % all.length]!]!;
      });
      return { kind: 'matching', pairs };
    }
    case 'ordering':
      return { kind: 'ordering', order: key.order.toReversed() };
  }
}

/** Gives an answer in the fields of a question, as a person would. */
export async function give(box: Locator, question: Question, answer: Answer): Promise<void> {
  if (question.kind === 'choice' && answer.kind === 'choice') {
    const kind = question.multiple ? 'checkbox' : 'radio';
    for (const choice of question.choices) {
      const field = box.getByRole(kind, { name: choice.text, exact: true });
      if (answer.chosen.includes(choice.id)) await field.check();
      else if (question.multiple) await field.uncheck();
    }
  } else if (answer.kind === 'true-false') {
    await box.getByRole('radio', { name: answer.value ? 'True' : 'False', exact: true }).check();
  } else if (question.kind === 'matching' && answer.kind === 'matching') {
    for (const row of question.rows) {
      const option = question.options.find(({ id }) => id === answer.pairs[row.id])!;
      await box.getByLabel(row.text, { exact: true }).selectOption({ label: option.text });
    }
  } else if (question.kind === 'ordering' && answer.kind === 'ordering') {
    for (const [place, id] of answer.order.entries()) {
      const { text } = question.items.find((item) => item.id === id)!;
      const up = box.getByRole('button', { name: `Move up: ${text}`, exact: true });
      for (;;) {
        const shown = await box.locator('.order .item').allTextContents();
        if (shown.indexOf(text) <= place) break;
        await up.click();
      }
    }
  }
}

/** Gives an answer with keys alone: Tab's focus, Space, Enter, and typing in lists. */
export async function giveByKeyboard(
  box: Locator,
  question: Question,
  answer: Answer,
): Promise<void> {
  const { keyboard } = box.page();
  if (answer.kind === 'choice' && question.kind === 'choice') {
    for (const id of answer.chosen) {
      const { text } = question.choices.find((choice) => choice.id === id)!;
      const field = box.getByLabel(text, { exact: true });
      await field.focus();
      await keyboard.press('Space');
    }
  } else if (answer.kind === 'true-false') {
    await box.getByLabel(answer.value ? 'True' : 'False', { exact: true }).focus();
    await keyboard.press('Space');
  } else if (answer.kind === 'matching' && question.kind === 'matching') {
    for (const row of question.rows) {
      await box.getByLabel(row.text, { exact: true }).focus();
      // Typing the beginning of an option chooses it, as in any list.
      await keyboard.type(
        question.options.find(({ id }) => id === answer.pairs[row.id])!.text.slice(0, 12),
      );
    }
  } else if (answer.kind === 'ordering' && question.kind === 'ordering') {
    for (const [place, id] of answer.order.entries()) {
      const { text } = question.items.find((item) => item.id === id)!;
      const up = box.getByRole('button', { name: `Move up: ${text}`, exact: true });
      while ((await box.locator('.order .item').allTextContents()).indexOf(text) > place) {
        await up.focus();
        await keyboard.press('Enter');
      }
    }
  }
}

/** Answers every question of an open attempt and hands it in; as many as `right` correctly, the others wrongly. */
export async function takeAttempt(page: Page, bankId: string, { right }: { right: number }) {
  const { bank } = courses.graded[bankId]!;
  for (let at = 0; at < bank.draw; at++) {
    await page.getByText(`Question ${at + 1} of ${bank.draw}`).waitFor();
    const prompt = (await page.locator('legend.prompt').textContent())!.trim();
    const question = bank.questions.find((one) => one.prompt.trim() === prompt)!;
    await give(
      page.locator('.quiz'),
      question,
      at < right ? keyOf(question) : wrongAnswer(question),
    );
    const last = at === bank.draw - 1;
    await page
      .getByRole('button', { name: last ? 'Check before handing in' : 'Next', exact: true })
      .click();
  }
  await page.getByRole('button', { name: /^Hand in \d/ }).click();
}
