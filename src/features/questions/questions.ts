import type { Answer } from './answer.ts';
import * as budget from './budget.ts';
import * as calculated from './calculated.ts';
import * as choice from './choice.ts';
import * as gaps from './gaps.ts';
import * as hotspot from './hotspot.ts';
import type { Grade, Line, Remark, Shuffle } from './kind.ts';
import * as matching from './matching.ts';
import * as matrix from './matrix.ts';
import * as numeric from './numeric.ts';
import * as openResponse from './open-response.ts';
import * as ordering from './ordering.ts';
import type { Question } from './question.ts';
import * as shortAnswer from './short-answer.ts';
import { seedOf } from './shuffle.ts';
import * as sorting from './sorting.ts';
import * as trueFalse from './true-false.ts';

/** A question that can be asked and marked: a calculated one has its numbers by then. */
export type Settled = Exclude<Question, { kind: 'calculated' }>;

/** A question as a learner sees it before answering: nothing in it tells the key. */
export type AskedQuestion = {
  id: string;
  prompt: string;
  /** The SVG that is shown with it. */
  figure?: string;
} & (
  | budget.Asked
  | choice.Asked
  | gaps.Asked
  | hotspot.Asked
  | matching.Asked
  | matrix.Asked
  | numeric.Asked
  | openResponse.Asked
  | ordering.Asked
  | shortAnswer.Asked
  | sorting.Asked
  | trueFalse.Asked
);
/** An asked question of one kind. */
export type AskedOf<K extends AskedQuestion['kind']> = Extract<AskedQuestion, { kind: K }>;

/** What a kind of question knows to do; each stands in the file of its name. */
interface Rules {
  ask(question: Settled, shuffle: Shuffle): AskedQuestion;
  grade(question: Settled, answer: Answer): Grade;
  explain(question: Settled, answer: Answer): Remark[];
  key(question: Settled): Answer;
  withKey?(question: Settled, answer: Answer): Question;
  isComplete(asked: AskedQuestion, answer: Answer): boolean;
  start?(asked: AskedQuestion): Answer;
  inWords(asked: AskedQuestion, answer: Answer, words: TruthWords): Line[];
}
interface TruthWords {
  true: string;
  false: string;
}

const kinds = {
  budget,
  choice,
  gaps,
  hotspot,
  matching,
  matrix,
  numeric,
  openResponse,
  ordering,
  shortAnswer,
  sorting,
  trueFalse,
};
// Each takes questions and answers of its own kind, which the functions below see to.
const rulesOf = (kind: Settled['kind']) =>
  kinds[
    kind.replace(/-(\w)/, (_, letter: string) => letter.toUpperCase()) as keyof typeof kinds
  ] as unknown as Rules;

/** The question with its numbers drawn by a seed, where it has any to draw. */
export function settled(question: Question, seed: number): Settled {
  return question.kind === 'calculated' ? calculated.settle(question, seed) : question;
}

/** The question that an answer to a practice question was given to: the answer says which set of numbers. */
export function practised(question: Question, answer: Answer | undefined): Settled {
  const variant = answer?.kind === 'numeric' ? (answer.variant ?? 0) : 0;
  return settled(question, practiceSeed(question.id, variant));
}

/** The seed of a calculated practice question's sets of numbers: the same in every browser and on the server. */
export const practiceSeed = (questionId: string, variant: number): number =>
  seedOf(`${questionId} ${variant}`);

/**
 * What may be shown before answering; what isn't picked stays behind, whatever a question grows later.
 *
 * `shuffle` orders choices, options and items, since their order in the file may tell the key. `figures` holds the
 * bank's figures by name.
 */
export function ask(
  question: Settled,
  shuffle: Shuffle,
  figures: Readonly<Record<string, string>> = {},
): AskedQuestion {
  const { id, prompt, figure } = question;
  const svg = figure ? figures[figure] : undefined;
  const asked = rulesOf(question.kind).ask(question, shuffle);
  return { ...asked, id, prompt, ...(svg ? { figure: svg } : {}) };
}

/** Marks one answer; each kind says how. */
export function grade(question: Settled, answer: Answer): Grade {
  if (answer.kind !== question.kind) return { status: 'unanswerable', reason: 'wrong-kind' };
  return rulesOf(question.kind).grade(question, answer);
}

/**
 * The feedback on an answer: on what was given, and nothing on what was not.
 *
 * So it may be shown while attempts are left without handing over the key.
 */
export function explain(question: Settled, answer: Answer): Remark[] {
  if (answer.kind !== question.kind) return [];
  return rulesOf(question.kind).explain(question, answer);
}

/** The answer with full marks. */
export const keyOf = (question: Settled): Answer => rulesOf(question.kind).key(question);

/** The question with another key; undefined for kinds whose key is no single answer. */
export function withKey(question: Settled, answer: Answer): Settled | undefined {
  if (answer.kind !== question.kind) return undefined;
  return rulesOf(question.kind).withKey?.(question, answer) as Settled | undefined;
}

/** An answer as lines a person can read; `about` names the choice or row. */
export function answerInWords(asked: AskedQuestion, answer: Answer, words: TruthWords): Line[] {
  if (answer.kind !== asked.kind) return [];
  return rulesOf(asked.kind).inWords(asked, answer, words);
}
