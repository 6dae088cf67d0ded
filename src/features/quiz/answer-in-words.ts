import type { AskedQuestion } from './ask.ts';
import type { Answer } from './question.ts';

/** An answer as lines a person can read; `about` names the choice or row. */
export function answerInWords(
  question: AskedQuestion,
  answer: Answer,
  truth: { true: string; false: string },
): { about?: string; text: string }[] {
  const textOf = (list: readonly { id: string; text: string }[], id: string) =>
    list.find((item) => item.id === id)?.text ?? id;
  if (question.kind === 'choice' && answer.kind === 'choice') {
    return answer.chosen.map((id) => ({ about: id, text: textOf(question.choices, id) }));
  }
  if (question.kind === 'matching' && answer.kind === 'matching') {
    return Object.entries(answer.pairs).map(([row, option]) => ({
      about: row,
      text: `${textOf(question.rows, row)}: ${textOf(question.options, option)}`,
    }));
  }
  if (question.kind === 'ordering' && answer.kind === 'ordering') {
    return answer.order.map((id, at) => ({ text: `${at + 1}. ${textOf(question.items, id)}` }));
  }
  if (answer.kind === 'true-false') return [{ text: truth[answer.value ? 'true' : 'false'] }];
  return [];
}
