import type { AnswerOf } from './answer.ts';
import { type Grade, type Line, type Remark, graded } from './kind.ts';
import type { QuestionOf } from './question.ts';

type Question = QuestionOf<'true-false'>;
type Answer = AnswerOf<'true-false'>;
export interface Asked {
  kind: 'true-false';
}

export const ask = (): Asked => ({ kind: 'true-false' });

export const grade = (question: Question, { value }: Answer): Grade =>
  graded(value === question.answer ? 1 : 0);

export const explain = (question: Question, { value }: Answer): Remark[] => [
  { right: value === question.answer, text: question.feedback[value ? 'true' : 'false'] },
];

export const key = ({ answer }: Question): Answer => ({ kind: 'true-false', value: answer });

/** The question with another key. */
export const withKey = (question: Question, { value }: Answer): Question => ({
  ...question,
  answer: value,
});

export const isComplete = (): boolean => true;

export const inWords = (
  _: Asked,
  { value }: Answer,
  words: { true: string; false: string },
): Line[] => [{ text: value ? words.true : words.false }];
