import type { AnswerOf } from './answer.ts';
import { type Grade, type Line, type Remark, graded } from './kind.ts';
import type { QuestionOf } from './question.ts';
import { fold, read } from './typed-answer.ts';

type Question = QuestionOf<'short-answer'>;
type Answer = AnswerOf<'short-answer'>;
export interface Asked {
  kind: 'short-answer';
}

export const ask = (): Asked => ({ kind: 'short-answer' });

/** What the accepted answer that fits is worth. */
export const grade = (question: Question, { text }: Answer): Grade =>
  graded(read(text, question).score);

export function explain(question: Question, { text }: Answer): Remark[] {
  const { score, feedback, readAs } = read(text, question);
  return [{ right: score === 1, text: feedback, ...(readAs ? { readAs } : {}) }];
}

export const key = ({ answers }: Question): Answer => ({
  kind: 'short-answer',
  text: answers.find(({ credit }) => credit === 1)!.accept[0]!,
});

/** The question with another key: what was right before stays known, but is worth nothing. */
export const withKey = (question: Question, { text }: Answer): Question => ({
  ...question,
  answers: [
    { accept: [text], credit: 1, feedback: question.otherwise },
    ...question.answers.map((one) => (one.credit === 1 ? { ...one, credit: 0 } : one)),
  ],
});

export const isComplete = (_: Asked, { text }: Answer): boolean => fold(text) !== '';

export const inWords = (_: Asked, { text }: Answer): Line[] => [{ text }];
