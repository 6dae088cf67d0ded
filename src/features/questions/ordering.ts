import type { AnswerOf } from './answer.ts';
import {
  type Grade,
  type Item,
  type Line,
  type Remark,
  type Shuffle,
  graded,
  incomplete,
  isSubset,
  shown,
  textOf,
  unknownId,
} from './kind.ts';
import type { QuestionOf } from './question.ts';

type Question = QuestionOf<'ordering'>;
type Answer = AnswerOf<'ordering'>;
export interface Asked {
  kind: 'ordering';
  items: Item[];
}

export const ask = ({ items }: Question, shuffle: Shuffle): Asked => ({
  kind: 'ordering',
  items: shuffle(shown(items)),
});

/**
 * The share of neighbours in the right order (each item followed by its right successor), so that one item out of
 * place does not cost everything.
 */
export function grade({ items }: Question, { order }: Answer): Grade {
  if (!isSubset(order, items)) return unknownId;
  if (new Set(order).size !== items.length || order.length !== items.length) return incomplete;
  const successor = new Map(order.map((id, at) => [id, order[at + 1]]));
  const pairs = items.slice(1).map((item, at) => [items[at]!.id, item.id]);
  const right = pairs.filter(([one, next]) => successor.get(one!) === next);
  return graded(right.length / pairs.length);
}

export function explain({ items, feedback }: Question, { order }: Answer): Remark[] {
  const right = items.every(({ id }, at) => order[at] === id);
  return [{ right, text: right ? feedback.right : feedback.wrong }];
}

export const key = ({ items }: Question): Answer => ({
  kind: 'ordering',
  order: items.map(({ id }) => id),
});

/** The question with another key. */
export function withKey(question: Question, { order }: Answer): Question {
  const place = (id: string) => order.indexOf(id);
  return { ...question, items: question.items.toSorted((a, b) => place(a.id) - place(b.id)) };
}

export const isComplete = (): boolean => true;

/** What is shown is an order already, so it may be right as it stands. */
export const start = ({ items }: Asked): Answer => ({
  kind: 'ordering',
  order: items.map(({ id }) => id),
});

export const inWords = ({ items }: Asked, { order }: Answer): Line[] =>
  order.map((id, at) => ({ text: `${at + 1}. ${textOf(items, id)}` }));
