import type { AnswerOf } from './answer.ts';
import {
  type Grade,
  type Item,
  type Line,
  type Remark,
  explainRows,
  gradeRows,
  rowsInWords,
  shown,
  valueOf,
} from './kind.ts';
import type { QuestionOf } from './question.ts';

type Question = QuestionOf<'matrix'>;
type Answer = AnswerOf<'matrix'>;
export interface Asked {
  kind: 'matrix';
  columns: Item[];
  rows: Item[];
}

const keyed = ({ rows }: Question) => rows.map((row) => ({ ...row, key: row.column }));

export const ask = ({ columns, rows }: Question): Asked => ({
  kind: 'matrix',
  columns: shown(columns),
  rows: shown(rows),
});

/** The share of the rows that are right. */
export const grade = (question: Question, { cells }: Answer): Grade =>
  gradeRows(keyed(question), question.columns, cells);

export const explain = (question: Question, { cells }: Answer): Remark[] =>
  explainRows(keyed(question), cells);

export const key = ({ rows }: Question): Answer => ({
  kind: 'matrix',
  cells: Object.fromEntries(rows.map(({ id, column }) => [id, column])),
});

/** The question with another key. */
export const withKey = (question: Question, { cells }: Answer): Question => ({
  ...question,
  rows: question.rows.map((row) => ({ ...row, column: valueOf(cells, row.id) ?? row.column })),
});

export const isComplete = ({ rows }: Asked, { cells }: Answer): boolean =>
  Object.keys(cells).length === rows.length;

export const inWords = ({ rows, columns }: Asked, { cells }: Answer): Line[] =>
  rowsInWords(rows, columns, cells);
