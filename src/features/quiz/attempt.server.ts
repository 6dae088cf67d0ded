import { randomInt } from 'node:crypto';
import { z } from 'zod';
import type { Judge } from '#features/learning-log/accept.server.ts';
import type { Door } from '#features/learning-log/door.server.ts';
import type { Reader } from '#platform/db/schema.ts';
import {
  type AttemptRow,
  keepBankVersion,
  readAnswers,
  readAttempt,
  readAttempts,
  readBankVersion,
} from './attempt.store.ts';
import type { AskedQuestion } from './ask.ts';
import { draw } from './draw.ts';
import { type Remark, explain } from './explain.ts';
import { grade } from './grade.ts';
import { keyOf } from './key.ts';
import { splitObject } from './practice.server.ts';
import { Answer, type GradedBank } from './question.ts';

/** Graded banks by id, as they are now. */
export type GradedBanks = Record<string, { hash: string; bank: GradedBank }>;

const Result = z.strictObject({ response: Answer });
// Bank versions never change, so each is parsed once.
const versions = new Map<string, GradedBank>();

async function bankVersion(db: Reader, hash: string): Promise<GradedBank> {
  const known = versions.get(hash);
  if (known) return known;
  const bank = await readBankVersion(db, hash);
  versions.set(hash, bank);
  return bank;
}

/**
 * Judges graded work. An attempt begins (`initialized`), questions are answered, and it is handed in (`completed`).
 *
 * Answers are marked as they arrive but nothing about a mark is said before handing in. The last answer to a question
 * counts; what arrives after handing in is refused.
 */
export function gradedJudges(
  banks: GradedBanks,
): Record<'initialized' | 'answered' | 'completed', Judge> {
  return {
    async initialized(event, { tx, write, actorId }) {
      const known = Object.hasOwn(banks, event.object) ? banks[event.object] : undefined;
      if (!known) return { refused: 'unknown-bank' };
      const before = await readAttempts(tx, actorId, event.object);
      if (before.some(({ handedInAt }) => handedInAt === null)) return { refused: 'attempt-open' };
      if (before.length >= known.bank.attempts) return { refused: 'no-attempts-left' };
      await keepBankVersion(write, { ...known, id: event.object });
      const seed = randomInt(2 ** 31);
      return { attempt: event.id, detail: { bank: known.hash, seed } };
    },

    async answered(event, { tx, actorId }) {
      const attempt = await readAttempt(tx, event.attempt!);
      const { bankId, questionId } = splitObject(event.object);
      if (attempt?.actorId !== actorId || attempt.bankId !== bankId) {
        return { refused: 'unknown-attempt' };
      }
      if (attempt.handedInAt) return { refused: 'handed-in' };
      const bank = await bankVersion(tx, attempt.version);
      const drawn = draw(bank, attempt.seed).some(({ id }) => id === questionId);
      const question = bank.questions.find(({ id }) => id === questionId);
      if (!drawn || !question) return { refused: 'unknown-question' };
      const result = Result.safeParse(event.result);
      if (!result.success) return { refused: 'malformed-answer' };
      const mark = grade(question, result.data.response);
      if (mark.status !== 'graded') return { refused: mark.reason };
      return { score: mark.score, attempt: attempt.id };
    },

    async completed(event, { tx, actorId }) {
      const attempt = await readAttempt(tx, event.attempt!);
      if (attempt?.actorId !== actorId || attempt.bankId !== event.object) {
        return { refused: 'unknown-attempt' };
      }
      if (attempt.handedInAt) return { refused: 'handed-in' };
      const bank = await bankVersion(tx, attempt.version);
      const score = scoreOf(bank, attempt.seed, await readAnswers(tx, attempt.id));
      return { score, success: score >= bank.pass, attempt: attempt.id };
    },
  };
}

/** The mean mark of the drawn questions, 0 to 1; an unanswered one counts 0. Rounded so that 6 of 8 is exactly 0.75. */
function scoreOf(bank: GradedBank, seed: number, answers: ReadonlyMap<string, Answer>): number {
  const drawn = draw(bank, seed);
  const sum = drawn.reduce((total, { id }) => total + markOf(bank, id, answers.get(id)), 0);
  return Math.round((sum / drawn.length) * 1e9) / 1e9;
}

function markOf(bank: GradedBank, questionId: string, answer: Answer | undefined): number {
  const question = bank.questions.find(({ id }) => id === questionId);
  const mark = question && answer ? grade(question, answer) : undefined;
  return mark?.status === 'graded' ? mark.score : 0;
}

/**
 * Begins an attempt, or finds the one that is open already: of two devices at once, both get the same.
 *
 * Undefined when there is none left.
 */
export async function beginAttempt(
  door: Door,
  read: Reader,
  { actorId, bankId }: { actorId: string; bankId: string },
): Promise<string | undefined> {
  const event = {
    id: crypto.randomUUID(),
    verb: 'initialized',
    object: bankId,
    timestamp: new Date().toISOString(),
  };
  const [outcome] = await door.accept(actorId, [event]);
  if (outcome?.status === 'stored') return event.id;
  const attempts = await readAttempts(read, actorId, bankId);
  return attempts.find(({ handedInAt }) => handedInAt === null)?.id;
}

/** An open attempt as its learner sees it: the questions without their key, and what was answered so far. */
export interface OpenAttempt {
  status: 'open';
  attempt: AttemptRow;
  bank: { title: string; pass: number };
  questions: AskedQuestion[];
  answers: Record<string, Answer>;
}

/** A handed-in attempt: each question with the answer given, its mark, and what is to be said about it. */
export interface HandedIn {
  status: 'handed-in';
  attempt: AttemptRow;
  bank: { title: string; pass: number; attempts: number };
  /** Whether right answers are shown: once passed, or with no attempt left, and never while one is open. */
  keyShown: boolean;
  questions: {
    question: AskedQuestion;
    answer: Answer | undefined;
    score: number;
    remarks: Remark[];
    /** The answer with full marks, when it may be shown. */
    key: Answer | undefined;
  }[];
}

/** One attempt of this learner, open or handed in; undefined when there is none of theirs by that id. */
export async function showAttempt(
  db: Reader,
  { id, actorId }: { id: string; actorId: string },
): Promise<OpenAttempt | HandedIn | undefined> {
  const attempt = await readAttempt(db, id);
  if (attempt?.actorId !== actorId) return undefined;
  const bank = await bankVersion(db, attempt.version);
  const questions = draw(bank, attempt.seed);
  const answers = await readAnswers(db, id);
  if (!attempt.handedInAt) {
    const { title, pass } = bank;
    const given = Object.fromEntries(answers);
    return { status: 'open', attempt, bank: { title, pass }, questions, answers: given };
  }
  const all = await readAttempts(db, actorId, attempt.bankId);
  // An attempt that is still open would be answered from the key of an earlier one.
  const noneOpen = all.every(({ handedInAt }) => handedInAt !== null);
  const keyShown = noneOpen && (all.some(({ passed }) => passed) || all.length >= bank.attempts);
  return {
    status: 'handed-in',
    attempt,
    bank: { title: bank.title, pass: bank.pass, attempts: bank.attempts },
    keyShown,
    questions: questions.map((question) => {
      const full = bank.questions.find((one) => one.id === question.id)!;
      const answer = answers.get(question.id);
      return {
        question,
        answer,
        score: markOf(bank, question.id, answer),
        remarks: answer ? explain(full, answer) : [],
        key: keyShown ? keyOf(full) : undefined,
      };
    }),
  };
}
