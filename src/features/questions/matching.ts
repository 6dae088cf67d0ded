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

type Question = QuestionOf<'matching'>;
type Answer = AnswerOf<'matching'>;
export interface Asked {
  kind: 'matching';
  options: Item[];
  rows: Item[];
}

const keyed = ({ rows }: Question) => rows.map((row) => ({ ...row, key: row.match }));

export function ask({ options, rows }: Question, shuffle: Shuffle): Asked {
  return { kind: 'matching', options: shuffle(shown(options)), rows: shown(rows) };
}

/** The share of the rows that are right. */
export const grade = (question: Question, { pairs }: Answer): Grade =>
  gradeRows(keyed(question), question.options, pairs);

export const explain = (question: Question, { pairs }: Answer): Remark[] =>
  explainRows(keyed(question), pairs);

export const key = ({ rows }: Question): Answer => ({
  kind: 'matching',
  pairs: Object.fromEntries(rows.map(({ id, match }) => [id, match])),
});

/** The question with another key. */
export const withKey = (question: Question, { pairs }: Answer): Question => ({
  ...question,
  rows: question.rows.map((row) => ({ ...row, match: valueOf(pairs, row.id) ?? row.match })),
});

export const isComplete = ({ rows }: Asked, { pairs }: Answer): boolean =>
  Object.keys(pairs).length === rows.length;

export const inWords = ({ rows, options }: Asked, { pairs }: Answer): Line[] =>
  rowsInWords(rows, options, pairs);
