import type { AnswerOf } from './answer.ts';
import {
  type Grade,
  type Item,
  type Line,
  type Remark,
  type Shuffle,
  graded,
  isSubset,
  shown,
  textOf,
  unknownId,
  valueOf,
} from './kind.ts';
import type { QuestionOf } from './question.ts';
import { read } from './typed-answer.ts';

type Question = QuestionOf<'gaps'>;
type Gap = Question['gaps'][number];
type Answer = AnswerOf<'gaps'>;
export interface Asked {
  kind: 'gaps';
  /** With `{gap-id}` where a gap is. */
  text: string;
  /** A gap with options is chosen from a list; one without is typed. */
  gaps: { id: string; options?: Item[] }[];
}

export const ask = ({ text, gaps }: Question, shuffle: Shuffle): Asked => ({
  kind: 'gaps',
  text,
  gaps: gaps.map((gap) =>
    'options' in gap ? { id: gap.id, options: shuffle(shown(gap.options)) } : { id: gap.id },
  ),
});

function take(gap: Gap, given: string): { score: number; feedback: string; readAs?: string } {
  if ('answers' in gap) return read(given, gap);
  const option = gap.options.find(({ id }) => id === given)!;
  return { score: option.correct ? 1 : 0, feedback: option.feedback };
}

/** The mean mark of the gaps; an empty one counts 0. */
export function grade({ gaps }: Question, { filled }: Answer): Grade {
  if (!isSubset(Object.keys(filled), gaps)) return unknownId;
  let sum = 0;
  for (const gap of gaps) {
    const given = valueOf(filled, gap.id);
    if (given === undefined || given === '') continue;
    if ('options' in gap && !gap.options.some(({ id }) => id === given)) return unknownId;
    sum += take(gap, given).score;
  }
  return graded(sum / gaps.length);
}

export const explain = ({ gaps }: Question, { filled }: Answer): Remark[] =>
  gaps
    .filter(({ id }) => valueOf(filled, id))
    .map((gap) => {
      const { score, feedback, readAs } = take(gap, filled[gap.id]!);
      return { about: gap.id, right: score === 1, text: feedback, ...(readAs ? { readAs } : {}) };
    });

const keyOfGap = (gap: Gap) =>
  'answers' in gap
    ? gap.answers.find(({ credit }) => credit === 1)!.accept[0]!
    : gap.options.find(({ correct }) => correct)!.id;

export const key = ({ gaps }: Question): Answer => ({
  kind: 'gaps',
  filled: Object.fromEntries(gaps.map((gap) => [gap.id, keyOfGap(gap)])),
});

export const isComplete = ({ gaps }: Asked, { filled }: Answer): boolean =>
  gaps.every(({ id }) => valueOf(filled, id)?.trim());

export const inWords = ({ gaps }: Asked, { filled }: Answer): Line[] =>
  gaps.flatMap(({ id, options }, at) => {
    const given = valueOf(filled, id);
    return given ? [{ about: id, text: `${at + 1}. ${textOf(options ?? [], given)}` }] : [];
  });
