import type { AnswerOf } from './answer.ts';
import {
  type Grade,
  type Item,
  type Line,
  type Remark,
  graded,
  isSubset,
  unknownId,
} from './kind.ts';
import type { QuestionOf } from './question.ts';

type Question = QuestionOf<'open-response'>;
type Answer = AnswerOf<'open-response'>;
export interface Asked {
  kind: 'open-response';
  words: { min: number; max: number };
  /** What it will be judged by. */
  rubric: (Item & { points: number })[];
}

export const ask = ({ words, rubric }: Question): Asked => ({
  kind: 'open-response',
  words,
  rubric: rubric.map(({ id, text, points }) => ({ id, text, points })),
});

/** The share of the rubric's points that the criteria met are worth. */
export function gradeByRubric({ rubric }: Question, met: readonly string[]): Grade {
  if (!isSubset(met, rubric)) return unknownId;
  const points = (list: readonly { points: number }[]) =>
    list.reduce((all, one) => all + one.points, 0);
  return graded(points(rubric.filter(({ id }) => met.includes(id))) / points(rubric));
}

/** In practice, as the learner judged it against the model answer; else a person has to mark it. */
export const grade = (question: Question, { met }: Answer): Grade =>
  met ? gradeByRubric(question, met) : { status: 'pending' };

/** What a reader of it found met and what not; the model answer is the key and is not told here. */
export const explain = ({ rubric }: Question, { met }: Answer): Remark[] =>
  met ? rubric.map(({ id, text }) => ({ about: id, right: met.includes(id), text })) : [];

/** The model answer, which meets every criterion. */
export const key = ({ model, rubric }: Question): Answer => ({
  kind: 'open-response',
  text: model,
  met: rubric.map(({ id }) => id),
});

export const wordCount = (text: string): number => text.match(/[\p{L}\p{N}]+/gu)?.length ?? 0;

export const isComplete = ({ words }: Asked, { text }: Answer): boolean =>
  wordCount(text) >= words.min;

export const inWords = (_: Asked, { text }: Answer): Line[] => [{ text }];
