import type { AnswerOf } from './answer.ts';
import {
  type Grade,
  type Item,
  type Line,
  type Remark,
  gradeTicks,
  graded,
  isKey,
  isSubset,
  textOf,
  unknownId,
} from './kind.ts';
import type { QuestionOf } from './question.ts';

type Question = QuestionOf<'hotspot'>;
type Answer = AnswerOf<'hotspot'>;
export interface Asked {
  kind: 'hotspot';
  multiple: boolean;
  spots: (Item & { x: number; y: number; radius: number })[];
}

export const ask = ({ multiple, spots }: Question): Asked => ({
  kind: 'hotspot',
  multiple,
  spots: spots.map(({ id, text, x, y, radius }) => ({ id, text, x, y, radius })),
});

/** As a choice with the same parts. */
export function grade({ multiple, spots }: Question, { chosen }: Answer): Grade {
  if (multiple) return gradeTicks(spots, chosen);
  if (!isSubset(chosen, spots)) return unknownId;
  const [only, ...others] = new Set(chosen);
  return graded(others.length === 0 && spots.some((s) => s.id === only && s.correct) ? 1 : 0);
}

export const explain = ({ spots }: Question, { chosen }: Answer): Remark[] =>
  spots
    .filter(({ id }) => chosen.includes(id))
    .map(({ id, correct, feedback }) => ({ about: id, right: correct, text: feedback }));

export const key = ({ spots }: Question): Answer => ({
  kind: 'hotspot',
  chosen: spots.filter(({ correct }) => correct).map(({ id }) => id),
});

/** The question with another key; as it is where the answer can be none. */
export function withKey(question: Question, { chosen }: Answer): Question {
  if (!isKey(question.spots, chosen, question.multiple)) return question;
  const spots = question.spots.map((spot) => ({ ...spot, correct: chosen.includes(spot.id) }));
  return { ...question, spots };
}

export const isComplete = (_: Asked, { chosen }: Answer): boolean => chosen.length > 0;

export const inWords = ({ spots }: Asked, { chosen }: Answer): Line[] =>
  chosen.map((id) => ({ about: id, text: textOf(spots, id) }));
