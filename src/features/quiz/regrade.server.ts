import type { Door } from '#features/learning-log/door.server.ts';
import type { Reader } from '#platform/db/schema.ts';
import { bankVersion, marksIn } from './attempt.server.ts';
import { type AttemptRow, readAnswersOf, readBegun, readMarkings } from './attempt.store.ts';
import {
  type Correction,
  changesOf,
  holding,
  insertCorrection,
  readCohortsOfActors,
  readCorrections,
} from './correction.store.ts';
import { draw } from './draw.ts';
import { resultOf } from './result.ts';

/** One attempt whose result a correction changes. */
interface ResultChange {
  attempt: string;
  actorId: string;
  before: { score: number | null; passed: boolean | null };
  after: { score: number; passed: boolean };
}

/** What a correction does. */
export interface Regrade {
  changes: ResultChange[];
  /** Attempts that drew the question and whose result stays as it is. */
  unchanged: number;
}

type Proposal = Omit<Correction, 'id' | 'madeAt'>;

/** Whose result a correction would change, and nothing is written. */
export function tryCorrection(db: Reader, correction: Proposal): Promise<Regrade> {
  return plan(db, { ...correction, id: '', madeAt: '' });
}

/**
 * Makes a correction hold: keeps it, and says the results that it changes anew, all in one transaction. What was said
 * before stays in the log. Attempts still open get it when they are handed in.
 */
export async function correct(
  door: Door,
  read: Reader,
  proposal: Proposal,
  now = new Date(),
): Promise<Regrade> {
  const correction = { ...proposal, id: crypto.randomUUID(), madeAt: now.toISOString() };
  // Those with an open attempt are held too, so that none is handed in between the plan and its end.
  const begun = await readBegun(read, correction);
  let regrade: Regrade = { changes: [], unchanged: 0 };
  await door.amend(
    begun.map(({ actorId }) => actorId),
    async (tx, write) => {
      regrade = await plan(tx, correction);
      await insertCorrection(write, correction);
      return regrade.changes.map(({ attempt, actorId, after }) => ({
        actorId,
        object: correction.bankId,
        attempt,
        score: after.score,
        success: after.passed,
        detail: { correction: correction.id },
      }));
    },
    now,
  );
  return regrade;
}

async function plan(db: Reader, correction: Correction): Promise<Regrade> {
  const { bankId, cohortId, questionId } = correction;
  const attempts = (await readBegun(db, { bankId, cohortId })).filter((one) => one.handedInAt);
  const ids = attempts.map(({ id }) => id);
  const answers = await readAnswersOf(db, ids);
  const markings = await readMarkings(db, ids);
  const cohorts = await readCohortsOfActors(
    db,
    attempts.map(({ actorId }) => actorId),
  );
  const corrections = [...(await readCorrections(db, bankId)), correction];
  const regrade: Regrade = { changes: [], unchanged: 0 };
  for (const attempt of attempts) {
    const bank = await bankVersion(db, attempt.version);
    const drawn = draw(bank, attempt.seed);
    if (!drawn.some(({ question }) => question.id === questionId)) continue;
    const after = resultOf(bank, drawn, answers.get(attempt.id) ?? new Map(), {
      changes: changesOf(holding(corrections, cohorts.get(attempt.actorId))),
      marks: marksIn(markings.get(attempt.id)),
    });
    const change = changeOf(attempt, after, correction.keepsBetter);
    if (change) regrade.changes.push(change);
    else regrade.unchanged++;
  }
  return regrade;
}

function changeOf(
  attempt: AttemptRow,
  { score, success }: { score: number | null; success: boolean | null },
  keepsBetter: boolean,
): ResultChange | undefined {
  // A person has to mark it first; then the correction is reckoned with.
  if (score === null || success === null) return undefined;
  if (score === attempt.score && success === attempt.passed) return undefined;
  if (keepsBetter && attempt.score !== null && score < attempt.score) return undefined;
  return {
    attempt: attempt.id,
    actorId: attempt.actorId,
    before: { score: attempt.score, passed: attempt.passed },
    after: { score, passed: success },
  };
}
