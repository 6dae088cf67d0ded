/** What an answer is worth, 0 to 1; or why it can't be marked, which says nothing about right or wrong. */
export type Grade =
  | { status: 'graded'; score: number }
  /** A person has to mark it. */
  | { status: 'pending' }
  | { status: 'unanswerable'; reason: 'wrong-kind' | 'unknown-id' | 'incomplete' | 'no-number' };

/** What is said about one part of an answer. */
export interface Remark {
  /** The choice, row, gap or line it is about; absent when it is about the whole answer. */
  about?: string;
  right: boolean;
  text: string;
  /** The word or number as it was read, where that differs from what was typed. */
  readAs?: string;
}

/** One line of an answer as a person reads it; `about` names the choice or row. */
export interface Line {
  about?: string;
  text: string;
}

/** A part of a question as it is shown. */
export interface Item {
  id: string;
  text: string;
}

export type Shuffle = <T>(list: readonly T[]) => T[];

export const graded = (score: number): Grade => ({ status: 'graded', score });
export const unknownId: Grade = { status: 'unanswerable', reason: 'unknown-id' };
export const incomplete: Grade = { status: 'unanswerable', reason: 'incomplete' };

/** What may be shown of a list: what isn't picked stays behind, whatever its parts grow later. */
export const shown = (list: readonly Item[]): Item[] => list.map(({ id, text }) => ({ id, text }));

export function isSubset(ids: Iterable<string>, known: readonly { id: string }[]): boolean {
  const all = new Set(known.map(({ id }) => id));
  return [...ids].every((id) => all.has(id));
}

/** Whether ticks can be a key: something that there is, and one thing where one is asked for. */
export function isKey(
  parts: readonly { id: string }[],
  chosen: readonly string[],
  multiple: boolean,
): boolean {
  const ticks = new Set(chosen);
  return isSubset(ticks, parts) && (multiple ? ticks.size > 0 : ticks.size === 1);
}

/** A row named like a built-in property (`constructor`) must not find it. */
export function valueOf<T>(values: Readonly<Record<string, T>>, id: string): T | undefined {
  return Object.hasOwn(values, id) ? values[id] : undefined;
}

export const textOf = (list: readonly Item[], id: string): string =>
  list.find((item) => item.id === id)?.text ?? id;

/** The share of the rows that are given what they should be, and what is said about each. */
export function gradeRows(
  rows: readonly { id: string; key: string; feedback: string }[],
  options: readonly { id: string }[],
  given: Readonly<Record<string, string>>,
): Grade {
  if (!isSubset(Object.keys(given), rows)) return unknownId;
  if (!isSubset(Object.values(given), options)) return unknownId;
  return graded(rows.filter(({ id, key }) => valueOf(given, id) === key).length / rows.length);
}

export function explainRows(
  rows: readonly { id: string; key: string; feedback: string }[],
  given: Readonly<Record<string, string>>,
): Remark[] {
  return rows
    .filter(({ id }) => Object.hasOwn(given, id))
    .map(({ id, key, feedback }) => ({ about: id, right: given[id] === key, text: feedback }));
}

export const rowsInWords = (
  rows: readonly Item[],
  options: readonly Item[],
  given: Readonly<Record<string, string>>,
): Line[] =>
  Object.entries(given).map(([row, option]) => ({
    about: row,
    text: `${textOf(rows, row)}: ${textOf(options, option)}`,
  }));

/**
 * The mark of ticks: right ticks minus wrong ticks, as a share of the right ones and never below 0, so that ticking
 * everything does not pass.
 */
export function gradeTicks(
  parts: readonly { id: string; correct: boolean }[],
  given: readonly string[],
): Grade {
  const chosen = new Set(given);
  if (!isSubset(chosen, parts)) return unknownId;
  const right = parts.filter(({ correct }) => correct);
  const hits = right.filter(({ id }) => chosen.has(id)).length;
  return graded(Math.max(0, hits - (chosen.size - hits)) / right.length);
}
