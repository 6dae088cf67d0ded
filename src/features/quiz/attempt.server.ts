import { randomInt } from 'node:crypto';
import type { Judge } from '#features/learning-log/accept.server.ts';
import type { Door } from '#features/learning-log/door.server.ts';
import { Answered } from '#features/questions/answer.ts';
import type { Answer, Certainty } from '#features/questions/answer.ts';
import type { Remark } from '#features/questions/kind.ts';
import type { GradedBank } from '#features/questions/question.ts';
import {
  type AskedQuestion,
  type Settled,
  explain,
  grade,
  keyOf,
} from '#features/questions/questions.ts';
import type { Reader } from '#platform/db/schema.ts';
import {
  type AttemptRow,
  type Marking,
  keepBankVersion,
  readAnswers,
  readAttempt,
  readAttempts,
  readBankVersion,
  readMarkings,
} from './attempt.store.ts';
import { keyedUnder } from './correction.ts';
import {
  type Correction,
  changesOf,
  holding,
  readCohortsOfActors,
  readCorrections,
} from './correction.store.ts';
import { clearDeadline, readExtraTime, readOverdue, setDeadline } from './deadline.store.ts';
import { type Drawn, draw } from './draw.ts';
import { splitObject } from './practice.server.ts';
import { type Decisions, type Given, type Result, resultOf } from './result.ts';
import { type Shown, whatIsShown } from './review-window.ts';

/** Graded banks by id, as they are now. */
export type GradedBanks = Record<string, { hash: string; bank: GradedBank }>;

// Bank versions never change, so each is parsed once.
const versions = new Map<string, GradedBank>();

/** A version of a bank that attempts were drawn from. */
export async function bankVersion(db: Reader, hash: string): Promise<GradedBank> {
  const known = versions.get(hash);
  if (known) return known;
  const bank = await readBankVersion(db, hash);
  versions.set(hash, bank);
  return bank;
}

// An attempt is drawn alike each time, and every answer to it asks what was drawn.
const draws = new Map<string, readonly Drawn[]>();
const drawsKept = 1000;

/** The questions of an attempt, keys included. */
function drawnFor({ version, seed }: AttemptRow, bank: GradedBank): readonly Drawn[] {
  const key = `${version} ${seed}`;
  const known = draws.get(key);
  if (known) return known;
  if (draws.size >= drawsKept) draws.delete(draws.keys().next().value!);
  const drawn = draw(bank, seed);
  draws.set(key, drawn);
  return drawn;
}

/** The questions of an attempt, keys included: for whoever marks or analyses, never for its learner. */
export async function readDrawn(db: Reader, attemptId: string): Promise<readonly Drawn[]> {
  const attempt = await readAttempt(db, attemptId);
  return attempt ? drawnFor(attempt, await bankVersion(db, attempt.version)) : [];
}

/** When an attempt has to be handed in, grace not included; undefined without a time limit. */
async function dueAt(db: Reader, attempt: AttemptRow, bank: GradedBank): Promise<Date | undefined> {
  if (bank.timeLimit === undefined) return undefined;
  const extra = await readExtraTime(db, attempt.actorId);
  const minutes = bank.timeLimit * (1 + extra / 100);
  return new Date(Date.parse(attempt.begunAt) + minutes * 60_000);
}

/** Whether what arrives now arrives too late, grace included. */
async function isTimeUp(db: Reader, attempt: AttemptRow, bank: GradedBank, now: Date) {
  const due = await dueAt(db, attempt, bank);
  return due !== undefined && now.getTime() > due.getTime() + bank.graceSeconds * 1000;
}

/**
 * Judges graded work. An attempt begins (`initialized`), questions are answered, and it is handed in (`completed`).
 *
 * Answers are marked as they arrive but nothing about a mark is said before handing in, unless the bank gives feedback
 * after each answer, which is final then. The last answer to a question counts; what arrives after handing in, or after
 * the time is up, is refused.
 */
export function gradedJudges(
  banks: GradedBanks,
): Record<'initialized' | 'answered' | 'completed', Judge> {
  return {
    async initialized(event, { tx, write, actorId, now }) {
      const known = Object.hasOwn(banks, event.object) ? banks[event.object] : undefined;
      if (!known) return { refused: 'unknown-bank' };
      const { bank, hash } = known;
      const before = await readAttempts(tx, actorId, event.object);
      if (before.some(({ handedInAt }) => handedInAt === null)) return { refused: 'attempt-open' };
      if (before.length >= bank.attempts) return { refused: 'no-attempts-left' };
      const next = nextAttemptAt(bank, before);
      if (next && next > now) return { refused: 'too-soon' };
      await keepBankVersion(write, { ...known, id: event.object });
      if (bank.timeLimit !== undefined) {
        const end = now.getTime() + bank.timeLimit * 60_000 + bank.graceSeconds * 1000;
        const deadline = { attempt: event.id, actorId, bankId: event.object };
        await setDeadline(write, { ...deadline, dueAt: new Date(end).toISOString() });
      }
      const seed = randomInt(2 ** 31);
      const { counts, pass } = bank;
      return { attempt: event.id, detail: { bank: hash, seed, counts, pass } };
    },

    async answered(event, { tx, actorId, now }) {
      const attempt = await readAttempt(tx, event.attempt!);
      const { bankId, questionId } = splitObject(event.object);
      if (attempt?.actorId !== actorId || attempt.bankId !== bankId) {
        return { refused: 'unknown-attempt' };
      }
      if (attempt.handedInAt) return { refused: 'handed-in' };
      const bank = await bankVersion(tx, attempt.version);
      if (await isTimeUp(tx, attempt, bank, now)) return { refused: 'time-is-up' };
      const drawn = drawnFor(attempt, bank);
      const at = drawn.findIndex(({ question }) => question.id === questionId);
      if (at === -1) return { refused: 'unknown-question' };
      const answered = Answered.safeParse(event.result);
      if (!answered.success) return { refused: 'malformed-answer' };
      const { response } = answered.data;
      // A learner judges their own response in practice alone.
      if (response.kind === 'open-response' && response.met) return { refused: 'malformed-answer' };
      if (bank.navigation === 'sequential' || bank.feedback === 'immediate') {
        const given = await readAnswers(tx, attempt.id);
        if (bank.feedback === 'immediate' && given.has(questionId)) return { refused: 'final' };
        const passedBy = drawn.slice(at + 1).some(({ question }) => given.has(question.id));
        if (bank.navigation === 'sequential' && passedBy) return { refused: 'passed-by' };
      }
      const mark = grade(drawn[at]!.question, response);
      if (mark.status === 'unanswerable') return { refused: mark.reason };
      return { score: mark.status === 'graded' ? mark.score : null, attempt: attempt.id };
    },

    async completed(event, { tx, write, actorId }) {
      const attempt = await readAttempt(tx, event.attempt!);
      if (attempt?.actorId !== actorId || attempt.bankId !== event.object) {
        return { refused: 'unknown-attempt' };
      }
      if (attempt.handedInAt) return { refused: 'handed-in' };
      const bank = await bankVersion(tx, attempt.version);
      if (bank.timeLimit !== undefined) await clearDeadline(write, attempt.id);
      const { score, success } = await workOut(tx, attempt, bank);
      return { score, success, attempt: attempt.id };
    },
  };
}

/** When the next attempt may begin; undefined when at once. */
export function nextAttemptAt(
  { waitMinutes }: Pick<GradedBank, 'waitMinutes'>,
  attempts: readonly Pick<AttemptRow, 'handedInAt'>[],
): Date | undefined {
  const last = attempts
    .flatMap(({ handedInAt }) => handedInAt ?? [])
    .sort()
    .at(-1);
  if (waitMinutes === 0 || last === undefined) return undefined;
  return new Date(Date.parse(last) + waitMinutes * 60_000);
}

/** What people have decided that holds for an attempt: corrections of its questions, and marks of open responses. */
async function decisionsOn(
  db: Reader,
  attempt: AttemptRow,
): Promise<Decisions & { corrections: Correction[] }> {
  const all = await readCorrections(db, attempt.bankId);
  const cohorts = all.length > 0 ? await readCohortsOfActors(db, [attempt.actorId]) : undefined;
  const corrections = holding(all, cohorts?.get(attempt.actorId));
  const markings = (await readMarkings(db, [attempt.id])).get(attempt.id);
  return { changes: changesOf(corrections), marks: marksIn(markings), corrections };
}

/** The marks alone. */
export const marksIn = (markings: ReadonlyMap<string, Marking> = new Map()): Map<string, number> =>
  new Map([...markings].map(([id, { score }]) => [id, score]));

async function workOut(db: Reader, attempt: AttemptRow, bank: GradedBank): Promise<Result> {
  const given = await readAnswers(db, attempt.id);
  const decisions = await decisionsOn(db, attempt);
  return resultOf(bank, drawnFor(attempt, bank), given, decisions);
}

/**
 * Begins an attempt, or finds the one that is open already: of two devices at once, both get the same.
 *
 * Undefined when there is none left, or when it is too soon for another.
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

/**
 * Hands in the attempts whose time is up, grace and extra time included, with the answers that have arrived: those of one
 * learner, or of all. Returns how many. Doing it twice, or in two processes at once, is harmless.
 */
export async function handInOverdue(
  door: Door,
  read: Reader,
  { now, actorId }: { now: Date; actorId?: string },
): Promise<number> {
  let count = 0;
  for (const deadline of await readOverdue(read, now, actorId)) {
    const attempt = await readAttempt(read, deadline.attempt);
    if (!attempt) continue;
    const bank = await bankVersion(read, attempt.version);
    if (!(await isTimeUp(read, attempt, bank, now))) continue;
    const event = {
      id: crypto.randomUUID(),
      verb: 'completed',
      object: attempt.bankId,
      attempt: attempt.id,
      timestamp: now.toISOString(),
    };
    const [outcome] = await door.accept(attempt.actorId, [event], now);
    if (outcome?.status === 'stored') count++;
  }
  return count;
}

/** A bank without what only the server may know. */
type BankSettings = Omit<GradedBank, 'questions' | 'figures'>;

function settingsOf({ questions: _, figures: __, ...settings }: GradedBank): BankSettings {
  return settings;
}

/** What is said after one answer, where the bank gives feedback at once. */
export interface Feedback {
  /** 0 to 1; null while a person has to mark it. */
  score: number | null;
  remarks: Remark[];
}

/** An open attempt as its learner sees it: the questions without their key, and what was answered so far. */
export interface OpenAttempt {
  status: 'open';
  attempt: AttemptRow;
  bank: BankSettings;
  questions: AskedQuestion[];
  answers: Record<string, Answer>;
  certainties: Record<string, Certainty>;
  /** By question, for those whose answer is final. */
  feedback: Record<string, Feedback>;
  /** When it has to be handed in. */
  dueAt: Date | undefined;
}

/** A question of a handed-in attempt, with what may be said about it. */
export interface ReviewedQuestion {
  question: AskedQuestion;
  /** What it is about, and where to read on it. */
  about: Pick<Settled, 'outcome' | 'reread' | 'explanation'>;
  answer: Answer | undefined;
  certainty: Certainty | undefined;
  /** 0 to 1; null while a person has to mark it, when it does not count, or when marks are not shown. */
  score: number | null;
  state: 'marked' | 'pending' | 'void';
  certaintyMark: number | null;
  remarks: Remark[];
  /** What the instructor said who marked it. */
  marking: Marking | undefined;
  /** Why it was corrected after it was answered, as learners are told. */
  corrected: string[];
  /** The answer with full marks, when it may be shown. */
  key: Answer | undefined;
}

/** A handed-in attempt: each question with the answer given, its mark, and what is to be said about it. */
export interface HandedIn {
  status: 'handed-in';
  attempt: AttemptRow;
  bank: BankSettings;
  shown: Shown;
  attemptsLeft: number;
  result: Result;
  questions: ReviewedQuestion[];
}

/**
 * One attempt of this learner, open or handed in; undefined when there is none of theirs by that id.
 *
 * `closed`: whether the learner's course is over, for what is shown only then.
 */
export async function showAttempt(
  db: Reader,
  { id, actorId, closed = false }: { id: string; actorId: string; closed?: boolean },
): Promise<OpenAttempt | HandedIn | undefined> {
  const attempt = await readAttempt(db, id);
  if (attempt?.actorId !== actorId) return undefined;
  const bank = await bankVersion(db, attempt.version);
  const drawn = drawnFor(attempt, bank);
  const given = await readAnswers(db, id);
  if (!attempt.handedInAt) {
    const due = await dueAt(db, attempt, bank);
    return showOpen(attempt, bank, drawn, given, due);
  }
  const all = await readAttempts(db, actorId, attempt.bankId);
  const attemptsLeft = bank.attempts - all.length;
  const shown = whatIsShown(bank.review, {
    open: all.some(({ handedInAt }) => handedInAt === null),
    passed: all.some(({ passed }) => passed),
    attemptsLeft,
    closed,
  });
  const decisions = await decisionsOn(db, attempt);
  const markings = (await readMarkings(db, [id])).get(id);
  const result = resultOf(bank, drawn, given, decisions);
  return {
    status: 'handed-in',
    attempt,
    bank: settingsOf(bank),
    shown,
    attemptsLeft,
    result,
    questions: drawn.map(({ question, asked }, at) => {
      const changes = decisions.changes.get(question.id) ?? [];
      const now = keyedUnder(question, changes);
      const answer = given.get(question.id);
      const { score, state, certaintyMark } = result.questions[at]!;
      return {
        question: asked,
        about: {
          outcome: question.outcome,
          reread: question.reread,
          explanation: shown.feedback ? question.explanation : undefined,
        },
        answer: answer?.response,
        certainty: answer?.certainty,
        score: shown.marks ? score : null,
        state,
        certaintyMark: shown.marks ? certaintyMark : null,
        remarks: shown.feedback && answer ? explain(now, answer.response) : [],
        marking: shown.feedback ? markings?.get(question.id) : undefined,
        corrected: decisions.corrections
          .filter((one) => one.questionId === question.id)
          .map(({ reason }) => reason),
        key: shown.key ? keyOf(now) : undefined,
      };
    }),
  };
}

function showOpen(
  attempt: AttemptRow,
  bank: GradedBank,
  drawn: readonly Drawn[],
  given: ReadonlyMap<string, Given>,
  due: Date | undefined,
): OpenAttempt {
  const feedback: Record<string, Feedback> = {};
  const certainties: Record<string, Certainty> = {};
  for (const { question } of drawn) {
    const answer = given.get(question.id);
    if (!answer) continue;
    if (answer.certainty) certainties[question.id] = answer.certainty;
    if (bank.feedback === 'immediate')
      feedback[question.id] = feedbackOn(question, answer.response);
  }
  return {
    status: 'open',
    attempt,
    bank: settingsOf(bank),
    questions: drawn.map(({ asked }) => asked),
    answers: Object.fromEntries([...given].map(([id, { response }]) => [id, response])),
    certainties,
    feedback,
    dueAt: due,
  };
}

function feedbackOn(question: Settled, response: Answer): Feedback {
  const mark = grade(question, response);
  return {
    score: mark.status === 'graded' ? mark.score : null,
    remarks: explain(question, response),
  };
}

/** What is said about one final answer of an open attempt; undefined where nothing may be said yet. */
export async function readFeedback(
  db: Reader,
  { attempt: id, questionId, actorId }: { attempt: string; questionId: string; actorId: string },
): Promise<Feedback | undefined> {
  const shown = await showAttempt(db, { id, actorId });
  return shown?.status === 'open' ? shown.feedback[questionId] : undefined;
}
