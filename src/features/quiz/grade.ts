import type { Answer, Question } from './question.ts';

/** What an answer is worth, 0 to 1; or why it can't be marked, which says nothing about right or wrong. */
export type Grade =
  | { status: 'graded'; score: number }
  | { status: 'unanswerable'; reason: 'wrong-kind' | 'unknown-id' | 'incomplete' };

/**
 * Marks one answer.
 *
 * - One right choice, true/false: all or nothing.
 * - Several right choices: (right ticks − wrong ticks) ÷ right choices, never below 0, so that ticking
 *   every box does not pass.
 * - Matching: the share of rows that are right.
 * - Ordering: the share of neighbours in the right order (each item followed by its right successor), so that
 *   one item out of place does not cost everything.
 */
export function grade(question: Question, answer: Answer): Grade {
  switch (question.kind) {
    case 'choice': {
      if (answer.kind !== 'choice') return wrongKind;
      const chosen = new Set(answer.chosen);
      if (!isSubset(chosen, question.choices)) return unknownId;
      const right = question.choices.filter((choice) => choice.correct);
      const hits = right.filter(({ id }) => chosen.has(id)).length;
      const misses = chosen.size - hits;
      if (!question.multiple) return graded(hits === 1 && misses === 0 ? 1 : 0);
      return graded(Math.max(0, hits - misses) / right.length);
    }
    case 'true-false':
      if (answer.kind !== 'true-false') return wrongKind;
      return graded(answer.value === question.answer ? 1 : 0);
    case 'matching': {
      if (answer.kind !== 'matching') return wrongKind;
      if (!isSubset(Object.keys(answer.pairs), question.rows)) return unknownId;
      if (!isSubset(Object.values(answer.pairs), question.options)) return unknownId;
      const right = question.rows.filter((row) => pairOf(answer.pairs, row.id) === row.match);
      return graded(right.length / question.rows.length);
    }
    case 'ordering': {
      if (answer.kind !== 'ordering') return wrongKind;
      if (!isSubset(answer.order, question.items)) return unknownId;
      if (new Set(answer.order).size !== question.items.length) return incomplete;
      if (answer.order.length !== question.items.length) return incomplete;
      const successor = new Map(answer.order.map((id, at) => [id, answer.order[at + 1]]));
      const pairs = question.items.slice(1).map((item, at) => [question.items[at]!.id, item.id]);
      const right = pairs.filter(([one, next]) => successor.get(one!) === next);
      return graded(right.length / pairs.length);
    }
  }
}

const graded = (score: number): Grade => ({ status: 'graded', score });
const wrongKind: Grade = { status: 'unanswerable', reason: 'wrong-kind' };
const unknownId: Grade = { status: 'unanswerable', reason: 'unknown-id' };
const incomplete: Grade = { status: 'unanswerable', reason: 'incomplete' };

function isSubset(ids: Iterable<string>, known: readonly { id: string }[]): boolean {
  const all = new Set(known.map(({ id }) => id));
  return [...ids].every((id) => all.has(id));
}

/** A row named like a built-in property (`constructor`) must not find it. */
function pairOf(pairs: Record<string, string>, row: string): string | undefined {
  return Object.hasOwn(pairs, row) ? pairs[row] : undefined;
}
