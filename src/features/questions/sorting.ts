import type { AnswerOf } from './answer.ts';
import {
  type Grade,
  type Item,
  type Line,
  type Remark,
  type Shuffle,
  explainRows,
  gradeRows,
  rowsInWords,
  shown,
  valueOf,
} from './kind.ts';
import type { QuestionOf } from './question.ts';

type Question = QuestionOf<'sorting'>;
type Answer = AnswerOf<'sorting'>;
export interface Asked {
  kind: 'sorting';
  categories: Item[];
  items: Item[];
}

const keyed = ({ items }: Question) => items.map((item) => ({ ...item, key: item.category }));

/** Categories keep their order, which often means something; items don't. */
export function ask({ categories, items }: Question, shuffle: Shuffle): Asked {
  return { kind: 'sorting', categories: shown(categories), items: shuffle(shown(items)) };
}

/** The share of the items that are in their category. */
export const grade = (question: Question, { places }: Answer): Grade =>
  gradeRows(keyed(question), question.categories, places);

export const explain = (question: Question, { places }: Answer): Remark[] =>
  explainRows(keyed(question), places);

export const key = ({ items }: Question): Answer => ({
  kind: 'sorting',
  places: Object.fromEntries(items.map(({ id, category }) => [id, category])),
});

/** The question with another key. */
export const withKey = (question: Question, { places }: Answer): Question => ({
  ...question,
  items: question.items.map((item) => ({
    ...item,
    category: valueOf(places, item.id) ?? item.category,
  })),
});

export const isComplete = ({ items }: Asked, { places }: Answer): boolean =>
  Object.keys(places).length === items.length;

export const inWords = ({ items, categories }: Asked, { places }: Answer): Line[] =>
  rowsInWords(items, categories, places);
