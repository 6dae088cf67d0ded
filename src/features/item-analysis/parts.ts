import type { Answer } from '#features/questions/answer.ts';
import { type Settled, keyOf } from '#features/questions/questions.ts';
import { fold } from '#features/questions/typed-answer.ts';

const pairs = (given: Readonly<Record<string, string | number>>) =>
  Object.entries(given).map(([row, option]) => `${row}=${option}`);

/** An answer in parts that can be counted: ids of choices, `row=option`, or what was typed. */
export function partsOf(answer: Answer): string[] {
  switch (answer.kind) {
    case 'choice':
    case 'hotspot':
      return [...new Set(answer.chosen)];
    case 'true-false':
      return [String(answer.value)];
    case 'matching':
      return pairs(answer.pairs);
    case 'sorting':
      return pairs(answer.places);
    case 'matrix':
      return pairs(answer.cells);
    case 'gaps':
      return pairs(
        Object.fromEntries(Object.entries(answer.filled).map(([id, text]) => [id, fold(text)])),
      );
    case 'ordering':
      return [answer.order.join(' > ')];
    case 'short-answer':
      return [fold(answer.text)];
    case 'numeric':
      return [answer.text.trim()];
    case 'budget':
      return pairs(answer.shares);
    case 'open-response':
      return [];
  }
}

/** What a question offers and what of it is right; undefined where answers are typed. */
export function fixedParts(question: Settled): { key: string[]; all: string[] } | undefined {
  const each = (rows: readonly { id: string }[], options: readonly { id: string }[]) =>
    rows.flatMap((row) => options.map((option) => `${row.id}=${option.id}`));
  const all = ((): string[] | undefined => {
    switch (question.kind) {
      case 'choice':
        return question.choices.map(({ id }) => id);
      case 'hotspot':
        return question.spots.map(({ id }) => id);
      case 'true-false':
        return ['true', 'false'];
      case 'matching':
        return each(question.rows, question.options);
      case 'sorting':
        return each(question.items, question.categories);
      case 'matrix':
        return each(question.rows, question.columns);
      default:
        return undefined;
    }
  })();
  return all && { key: partsOf(keyOf(question)), all };
}

/** A part as a person reads it. */
export function partInWords(
  question: Settled,
  part: string,
  truth: { true: string; false: string },
): string {
  const [row = '', option = ''] = part.split('=');
  const find = (list: readonly { id: string; text: string }[], id: string) =>
    list.find((one) => one.id === id)?.text ?? id;
  switch (question.kind) {
    case 'choice':
      return find(question.choices, part);
    case 'hotspot':
      return find(question.spots, part);
    case 'true-false':
      return part === 'true' ? truth.true : truth.false;
    case 'matching':
      return `${find(question.rows, row)}: ${find(question.options, option)}`;
    case 'sorting':
      return `${find(question.items, row)}: ${find(question.categories, option)}`;
    case 'matrix':
      return `${find(question.rows, row)}: ${find(question.columns, option)}`;
    case 'budget':
      return `${find(question.lines, row)}: ${option}%`;
    case 'gaps': {
      const at = question.gaps.findIndex(({ id }) => id === row);
      const gap = question.gaps[at];
      return `${at + 1}. ${gap && 'options' in gap ? find(gap.options, option) : option}`;
    }
    case 'ordering':
      return part
        .split(' > ')
        .map((id) => find(question.items, id))
        .join(' → ');
    default:
      return part;
  }
}
