import type { AskedQuestion } from './ask.ts';
import type { Answer } from './question.ts';

/** Whether an answer says all that the question asks: every row matched, something chosen. */
export function isComplete(question: AskedQuestion, answer: Answer | undefined): answer is Answer {
  if (!answer) return false;
  if (answer.kind === 'choice') return answer.chosen.length > 0;
  if (question.kind === 'matching' && answer.kind === 'matching') {
    return Object.keys(answer.pairs).length === question.rows.length;
  }
  return true;
}
