import type { Locator, Page } from '@playwright/test';
import { readCampusCourses } from '../../src/app.server.ts';
import type { Answer } from '#features/questions/answer.ts';
import { compile } from '#features/questions/formula.ts';
import { unmarked } from '#features/questions/markdown.server.ts';
import type { Question } from '#features/questions/question.ts';
import { type Settled, keyOf, practiceSeed, settled } from '#features/questions/questions.ts';
import { drawCount } from '#features/quiz/draw.ts';

/** What is taught, keys included: tests know the answers that learners must not see. */
export const { courses } = readCampusCourses('courses');

/** An answer that is certainly not fully right. */
export function wrongAnswer(question: Settled): Answer {
  const key = keyOf(question);
  /** Every row takes its neighbour's option. */
  const turned = (given: Record<string, string>) => {
    const rows = Object.keys(given);
    return Object.fromEntries(rows.map((row, at) => [row, given[rows[(at + 1) % rows.length]!]!]));
  };
  switch (key.kind) {
    case 'choice': {
      if (question.kind !== 'choice') throw new Error('not a choice');
      const wrong = question.choices.find(({ correct }) => !correct)!;
      return { kind: 'choice', chosen: [wrong.id] };
    }
    case 'hotspot': {
      if (question.kind !== 'hotspot') throw new Error('not a hotspot');
      const wrong = question.spots.find(({ correct }) => !correct)!;
      return { kind: 'hotspot', chosen: [wrong.id] };
    }
    case 'true-false':
      return { kind: 'true-false', value: !key.value };
    case 'matching':
      return { kind: 'matching', pairs: turned(key.pairs) };
    case 'sorting':
      return { kind: 'sorting', places: turned(key.places) };
    case 'matrix':
      return { kind: 'matrix', cells: turned(key.cells) };
    case 'ordering':
      return { kind: 'ordering', order: key.order.toReversed() };
    case 'gaps': {
      if (question.kind !== 'gaps') throw new Error('not gaps');
      const filled = question.gaps.map((gap) => [
        gap.id,
        'options' in gap ? gap.options.find(({ correct }) => !correct)!.id : 'zzzzzz',
      ]);
      return { kind: 'gaps', filled: Object.fromEntries(filled) as Record<string, string> };
    }
    case 'short-answer':
      return { kind: 'short-answer', text: 'zzzzzz' };
    case 'numeric':
      return { kind: 'numeric', text: '-987654' };
    case 'budget': {
      const [first, ...others] = Object.keys(key.shares);
      const shares = { [first!]: 100, ...Object.fromEntries(others.map((id) => [id, 0])) };
      return { kind: 'budget', shares };
    }
    case 'open-response':
      return { ...key, met: [] };
  }
}

/** A practice question by its object, with the numbers that it is first asked with. */
export function practiceQuestion(object: string): Settled {
  const cut = object.lastIndexOf('/');
  const { questions } = courses.practice[object.slice(0, cut)]!;
  const question = questions.find(({ id }) => id === object.slice(cut + 1))!;
  return settled(question, practiceSeed(question.id, 0));
}

/**
 * The question that a page shows, keys included. A calculated one is settled with the numbers that stand in its prompt.
 */
export async function shownQuestion(
  box: Locator,
  questions: readonly Question[],
): Promise<Settled> {
  const prompt = box.locator('.prompt[data-question]');
  const id = await prompt.getAttribute('data-question');
  const question = questions.find((one) => one.id === id)!;
  if (question.kind !== 'calculated') return question;
  const shown = (await prompt.textContent())!.trim();
  const plain = unmarked({ kind: 'calculated', prompt: question.prompt }).prompt;
  const names: string[] = [];
  const pattern = plain
    .replace(/[.*+?^$()|[\]\\]/g, '\\$&')
    .replace(/\{([a-z][a-z0-9_]*)\}/gi, (_, name: string) => {
      names.push(name);
      return '([\\d.,-]+?)';
    });
  const found = new RegExp(`^${pattern}$`).exec(shown);
  if (!found) throw new Error(`not the prompt of ${question.id}: ${shown}`);
  const values = Object.fromEntries(
    names.map((name, at) => [name, Number(found[at + 1]!.replaceAll(',', ''))]),
  );
  const any = settled(question, practiceSeed(question.id, 0));
  if (any.kind !== 'numeric') throw new Error('not numeric');
  return {
    ...any,
    answers: question.answers.map(({ formula, ...one }) => ({
      ...one,
      value: Number(compile(formula)(values).toFixed(9)),
    })),
  };
}

/** Gives an answer in the fields of a question, as a person would. */
export async function give(box: Locator, settledQuestion: Settled, answer: Answer): Promise<void> {
  const question = unmarked(settledQuestion);
  const inRow = async (row: string, option: string) =>
    box
      .getByRole('radiogroup', { name: row, exact: true })
      .getByRole('radio', { name: option, exact: true })
      .check({ force: true });
  if (question.kind === 'choice' && answer.kind === 'choice') {
    const kind = question.multiple ? 'checkbox' : 'radio';
    for (const choice of question.choices) {
      const field = box.getByRole(kind, { name: choice.text, exact: true });
      if (answer.chosen.includes(choice.id)) await field.check();
      else if (question.multiple) await field.uncheck();
    }
  } else if (question.kind === 'hotspot' && answer.kind === 'hotspot') {
    for (const [at, { id, text }] of question.spots.entries()) {
      const kind = question.multiple ? 'checkbox' : 'radio';
      const field = box.getByRole(kind, { name: `${at + 1} ${text}`, exact: true });
      if (answer.chosen.includes(id)) await field.check();
      else if (question.multiple) await field.uncheck();
    }
  } else if (answer.kind === 'true-false') {
    await box.getByRole('radio', { name: answer.value ? 'True' : 'False', exact: true }).check();
  } else if (question.kind === 'matching' && answer.kind === 'matching') {
    for (const row of question.rows) {
      const option = question.options.find(({ id }) => id === answer.pairs[row.id])!;
      await box.getByLabel(row.text, { exact: true }).selectOption({ label: option.text });
    }
  } else if (question.kind === 'sorting' && answer.kind === 'sorting') {
    for (const { id, text } of question.items) {
      const category = question.categories.find((one) => one.id === answer.places[id])!;
      await inRow(text, category.text);
    }
  } else if (question.kind === 'matrix' && answer.kind === 'matrix') {
    for (const { id, text } of question.rows) {
      await inRow(text, question.columns.find((one) => one.id === answer.cells[id])!.text);
    }
  } else if (question.kind === 'gaps' && answer.kind === 'gaps') {
    for (const [at, gap] of question.gaps.entries()) {
      const field = box.getByLabel(`Gap ${at + 1} of ${question.gaps.length}`, { exact: true });
      const given = answer.filled[gap.id]!;
      if ('options' in gap) await field.selectOption(given);
      else await field.fill(given);
    }
  } else if (answer.kind === 'short-answer' || answer.kind === 'numeric') {
    await box.locator('input.typed').fill(answer.text);
  } else if (answer.kind === 'open-response') {
    await box.getByRole('textbox').fill(answer.text);
  } else if (question.kind === 'budget' && answer.kind === 'budget') {
    for (const { id, text } of question.lines) {
      await box.getByLabel(text, { exact: true }).fill(String(answer.shares[id] ?? 0));
    }
  } else if (question.kind === 'ordering' && answer.kind === 'ordering') {
    for (const [place, id] of answer.order.entries()) {
      const { text } = question.items.find((item) => item.id === id)!;
      const up = box.getByRole('button', { name: `Move up ${text}`, exact: true });
      for (;;) {
        const shown = await box.locator('.order .item').allTextContents();
        if (shown.indexOf(text) <= place) break;
        await up.click();
      }
    }
  }
}

/** Gives an answer with keys alone: Tab's focus, Space, Enter, arrows, and typing. */
export async function giveByKeyboard(
  box: Locator,
  settledQuestion: Settled,
  answer: Answer,
): Promise<void> {
  const { keyboard } = box.page();
  const question = unmarked(settledQuestion);
  // What the server sent has no listeners yet, and takes no focus.
  await box.locator('fieldset.question:enabled').waitFor();
  const press = async (field: Locator) => {
    await field.focus();
    await keyboard.press('Space');
  };
  /** Down the radios of a row from its first, as their arrow keys go. */
  const inRow = async (row: string, options: readonly { id: string }[], id: string) => {
    const radios = box.getByRole('radiogroup', { name: row, exact: true }).getByRole('radio');
    await press(radios.first());
    for (let at = 0; at < options.findIndex((one) => one.id === id); at++) {
      await keyboard.press('ArrowDown');
    }
  };
  const retype = async (field: Locator, text: string) => {
    await field.focus();
    await keyboard.press('ControlOrMeta+A');
    await keyboard.type(text);
  };
  if (answer.kind === 'choice' && question.kind === 'choice') {
    for (const id of answer.chosen) {
      await press(
        box.getByLabel(question.choices.find((one) => one.id === id)!.text, { exact: true }),
      );
    }
  } else if (answer.kind === 'hotspot' && question.kind === 'hotspot') {
    for (const id of answer.chosen) {
      const at = question.spots.findIndex((one) => one.id === id);
      await press(box.getByLabel(`${at + 1} ${question.spots[at]!.text}`, { exact: true }));
    }
  } else if (answer.kind === 'true-false') {
    await press(box.getByLabel(answer.value ? 'True' : 'False', { exact: true }));
  } else if (answer.kind === 'matching' && question.kind === 'matching') {
    for (const row of question.rows) {
      await box.getByLabel(row.text, { exact: true }).focus();
      // Typing the beginning of an option chooses it, as in any list.
      await keyboard.type(
        question.options.find(({ id }) => id === answer.pairs[row.id])!.text.slice(0, 12),
      );
    }
  } else if (answer.kind === 'sorting' && question.kind === 'sorting') {
    for (const { id, text } of question.items) {
      await inRow(text, question.categories, answer.places[id]!);
    }
  } else if (answer.kind === 'matrix' && question.kind === 'matrix') {
    for (const { id, text } of question.rows)
      await inRow(text, question.columns, answer.cells[id]!);
  } else if (answer.kind === 'gaps' && question.kind === 'gaps') {
    for (const [at, gap] of question.gaps.entries()) {
      const field = box.getByLabel(`Gap ${at + 1} of ${question.gaps.length}`, { exact: true });
      const given = answer.filled[gap.id]!;
      if ('options' in gap) {
        await field.focus();
        await keyboard.type(gap.options.find(({ id }) => id === given)!.text.slice(0, 12));
      } else await retype(field, given);
    }
  } else if (answer.kind === 'short-answer' || answer.kind === 'numeric') {
    await retype(box.locator('input.typed'), answer.text);
  } else if (answer.kind === 'open-response') {
    await retype(box.getByRole('textbox'), answer.text);
  } else if (answer.kind === 'budget' && question.kind === 'budget') {
    for (const { id, text } of question.lines) {
      await retype(box.getByLabel(text, { exact: true }), String(answer.shares[id] ?? 0));
    }
  } else if (answer.kind === 'ordering' && question.kind === 'ordering') {
    for (const [place, id] of answer.order.entries()) {
      const { text } = question.items.find((item) => item.id === id)!;
      const up = box.getByRole('button', { name: `Move up ${text}`, exact: true });
      while ((await box.locator('.order .item').allTextContents()).indexOf(text) > place) {
        await up.focus();
        await keyboard.press('Enter');
      }
    }
  }
}

/** Says how sure one is, where it is asked. */
export async function beSure(
  box: Locator,
  level: 'I am guessing' | 'Fairly sure' | 'Sure' = 'Sure',
) {
  const field = box.getByRole('radio', { name: level, exact: true });
  if (await field.isVisible()) await field.check();
}

/** Answers every question of an open attempt and hands it in; as many as `right` correctly, the others wrongly. */
export async function takeAttempt(page: Page, bankId: string, { right }: { right: number }) {
  const { bank } = courses.graded[bankId]!;
  const count = drawCount(bank);
  const box = page.locator('.quiz');
  for (let at = 0; at < count; at++) {
    await page.getByText(`Question ${at + 1} of ${count}`).waitFor();
    const question = await shownQuestion(box, bank.questions);
    await give(box, question, at < right ? keyOf(question) : wrongAnswer(question));
    await beSure(box);
    const last = at === count - 1;
    await page
      .getByRole('button', { name: last ? 'Check before handing in' : 'Next', exact: true })
      .click();
  }
  await page.getByRole('button', { name: /^Hand in \d/ }).click();
}
