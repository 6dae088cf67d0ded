import type { Judge } from '#features/learning-log/accept.server.ts';
import { Answered } from '#features/questions/answer.ts';
import type { PracticeBank } from '#features/questions/question.ts';
import { grade, practised } from '#features/questions/questions.ts';
import { worth } from './worth.ts';

/** Splits `course/module/bank/question` into the bank's id and the question's. */
export function splitObject(object: string): { bankId: string; questionId: string } {
  const cut = object.lastIndexOf('/');
  return { bankId: object.slice(0, cut), questionId: object.slice(cut + 1) };
}

/** Judges answers to practice questions: marked here again, whatever the browser showed. */
export function practiceJudge(banks: Record<string, PracticeBank>): Judge {
  return async (event) => {
    const { bankId, questionId } = splitObject(event.object);
    const bank = Object.hasOwn(banks, bankId) ? banks[bankId] : undefined;
    const question = bank?.questions.find(({ id }) => id === questionId);
    if (!bank || !question) return { refused: 'unknown-question' };
    const result = Answered.safeParse(event.result);
    if (!result.success) return { refused: 'malformed-answer' };
    const { response, tries, hints } = result.data;
    const mark = grade(practised(question, response), response);
    if (mark.status === 'unanswerable') return { refused: mark.reason };
    if (mark.status === 'pending') return {};
    return { score: mark.score * worth(bank, { tries, hints }) };
  };
}
