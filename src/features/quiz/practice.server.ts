import { z } from 'zod';
import type { Judge } from '#features/learning-log/accept.server.ts';
import { grade } from './grade.ts';
import { Answer, type PracticeBank } from './question.ts';

const Result = z.strictObject({ response: Answer });

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
    if (!question) return { refused: 'unknown-question' };
    const result = Result.safeParse(event.result);
    if (!result.success) return { refused: 'malformed-answer' };
    const mark = grade(question, result.data.response);
    return mark.status === 'graded' ? { score: mark.score } : { refused: mark.reason };
  };
}
