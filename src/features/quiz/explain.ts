import type { Answer, Question } from './question.ts';

/** What is said about one part of an answer. */
export interface Remark {
  /** The choice or row it is about; absent when it is about the whole answer. */
  about?: string;
  right: boolean;
  text: string;
}

/**
 * The feedback on an answer: on what was chosen, and nothing on what was not.
 *
 * So it may be shown while attempts are left without handing over the key.
 */
export function explain(question: Question, answer: Answer): Remark[] {
  if (question.kind === 'choice' && answer.kind === 'choice') {
    return question.choices
      .filter(({ id }) => answer.chosen.includes(id))
      .map(({ id, correct, feedback }) => ({ about: id, right: correct, text: feedback }));
  }
  if (question.kind === 'true-false' && answer.kind === 'true-false') {
    const text = question.feedback[answer.value ? 'true' : 'false'];
    return [{ right: answer.value === question.answer, text }];
  }
  if (question.kind === 'matching' && answer.kind === 'matching') {
    return question.rows
      .filter(({ id }) => Object.hasOwn(answer.pairs, id))
      .map(({ id, match, feedback }) => ({
        about: id,
        right: answer.pairs[id] === match,
        text: feedback,
      }));
  }
  if (question.kind === 'ordering' && answer.kind === 'ordering') {
    const right = question.items.every(({ id }, at) => answer.order[at] === id);
    return [{ right, text: right ? question.feedback.right : question.feedback.wrong }];
  }
  return [];
}
