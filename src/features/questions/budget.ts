import type { AnswerOf } from './answer.ts';
import {
  type Grade,
  type Item,
  type Line,
  type Remark,
  graded,
  incomplete,
  isSubset,
  shown,
  textOf,
  unknownId,
  valueOf,
} from './kind.ts';
import type { QuestionOf } from './question.ts';

type Question = QuestionOf<'budget'>;
type Answer = AnswerOf<'budget'>;
export interface Asked {
  kind: 'budget';
  step: number;
  lines: Item[];
}

export const ask = ({ step, lines }: Question): Asked => ({
  kind: 'budget',
  step,
  lines: shown(lines),
});

/** What the shares add up to. */
export const total = (shares: Readonly<Record<string, number>>): number =>
  Math.round(Object.values(shares).reduce((all, one) => all + one, 0) * 1e6) / 1e6;

/** The share of the lines within their range; the shares must add up to 100. */
export function grade({ lines }: Question, { shares }: Answer): Grade {
  if (!isSubset(Object.keys(shares), lines)) return unknownId;
  if (total(shares) !== 100) return incomplete;
  const right = lines.filter(({ id, min, max }) => {
    const share = valueOf(shares, id) ?? 0;
    return share >= min && share <= max;
  });
  return graded(right.length / lines.length);
}

export const explain = ({ lines }: Question, { shares }: Answer): Remark[] =>
  lines.map(({ id, min, max, feedback }) => {
    const share = valueOf(shares, id) ?? 0;
    const { low = feedback.right, right, high = feedback.right } = feedback;
    const fits = share >= min && share <= max;
    return { about: id, right: fits, text: share < min ? low : share > max ? high : right };
  });

/** One way to share: each line its least, then in turn as much more as it may have. */
export function key({ lines }: Question): Answer {
  let left = 100 - lines.reduce((all, { min }) => all + min, 0);
  const shares = lines.map(({ id, min, max }) => {
    const more = Math.min(left, max - min);
    left -= more;
    return [id, min + more] as const;
  });
  return { kind: 'budget', shares: Object.fromEntries(shares) };
}

export const isComplete = (_: Asked, { shares }: Answer): boolean => total(shares) === 100;

export const inWords = ({ lines }: Asked, { shares }: Answer): Line[] =>
  lines.map(({ id }) => ({
    about: id,
    text: `${textOf(lines, id)}: ${valueOf(shares, id) ?? 0}%`,
  }));
