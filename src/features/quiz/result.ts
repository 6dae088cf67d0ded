import type { Answer, Certainty } from '#features/questions/answer.ts';
import type { GradedBank } from '#features/questions/question.ts';
import { certaintyMark, mostByCertainty } from './certainty.ts';
import { type Change, markUnder } from './correction.ts';
import type { Drawn } from './draw.ts';

/** What a learner gave to one question of an attempt. */
export interface Given {
  response: Answer;
  certainty: Certainty | undefined;
}

/** What people decided about the questions of an attempt, by question id. */
export interface Decisions {
  /** Changes of a question, oldest first. */
  changes: ReadonlyMap<string, readonly Change[]>;
  /** The marks that instructors gave to open responses, 0 to 1. */
  marks: ReadonlyMap<string, number>;
}

/** How one question of an attempt came out. */
interface QuestionResult {
  id: string;
  /** 0 to 1; null while a person has to mark it, or when it does not count. */
  score: number | null;
  state: 'marked' | 'pending' | 'void';
  /** -6 to 3, where the learner said how sure they were. */
  certaintyMark: number | null;
}

/** How an attempt came out. */
export interface Result {
  questions: QuestionResult[];
  /** 0 to 1; null while a person has to mark an answer. */
  score: number | null;
  success: boolean | null;
  /** The marks by certainty and the most there could be; undefined where the bank does not ask. */
  certainty: { sum: number; most: number } | undefined;
}

// So that 6 of 8 is exactly 0.75.
const rounded = (share: number) => Math.round(share * 1e9) / 1e9;

/**
 * Works an attempt's result out: the mean mark of the questions that count, an unanswered one being 0; by certainty where
 * the bank says that it counts, the share of the highest possible sum and never below 0.
 */
export function resultOf(
  bank: GradedBank,
  drawn: readonly Drawn[],
  given: ReadonlyMap<string, Given>,
  { changes, marks }: Decisions,
): Result {
  const questions = drawn.map(({ question }): QuestionResult => {
    const { id } = question;
    const answer = given.get(id);
    const byRule = markUnder(question, answer?.response, changes.get(id) ?? []);
    const score =
      byRule === 'pending' ? (marks.get(id) ?? null) : byRule === 'void' ? null : byRule;
    const state = byRule === 'void' ? 'void' : score === null ? 'pending' : 'marked';
    // Without a word on how sure, an answer is taken as a guess: it can't lose marks.
    const sure = answer?.certainty ?? 1;
    const asks = bank.certainty !== 'off' && answer && score !== null;
    return { id, score, state, certaintyMark: asks ? certaintyMark(score, sure) : null };
  });
  const counting = questions.filter(({ state }) => state !== 'void');
  const certainty =
    bank.certainty === 'off'
      ? undefined
      : {
          sum: rounded(counting.reduce((all, one) => all + (one.certaintyMark ?? 0), 0)),
          most: counting.length * mostByCertainty,
        };
  if (counting.some(({ state }) => state === 'pending')) {
    return { questions, score: null, success: null, certainty };
  }
  const mean = counting.reduce((all, one) => all + (one.score ?? 0), 0) / counting.length;
  const share =
    bank.certainty === 'counts' && certainty ? Math.max(0, certainty.sum) / certainty.most : mean;
  // Where no question counts any more, nobody is to blame.
  const score = counting.length === 0 ? 1 : rounded(share);
  return { questions, score, success: score >= bank.pass, certainty };
}
