import type { Reader, Writer } from '#platform/db/schema.ts';
import { Change } from './correction.ts';

/** A change of a question with who made it, when, for whom and why. */
export interface Correction {
  id: string;
  bankId: string;
  questionId: string;
  /** Whose results it holds for; null for everybody on the campus. */
  cohortId: string | null;
  change: Change;
  reason: string;
  /** Whether nobody's result gets worse by it. */
  keepsBetter: boolean;
  madeBy: string;
  madeAt: string;
}

/** Keeps a correction; what it changes about results is the caller's to see to, in the same transaction. */
export async function insertCorrection(tx: Writer, correction: Correction): Promise<void> {
  await tx
    .insertInto('correction')
    .values({
      id: correction.id,
      bank: correction.bankId,
      question: correction.questionId,
      cohort_id: correction.cohortId,
      change: JSON.stringify(correction.change),
      reason: correction.reason,
      keeps_better: Number(correction.keepsBetter),
      made_by: correction.madeBy,
      made_at: correction.madeAt,
    })
    .execute();
}

/** The corrections of a bank, oldest first. */
export async function readCorrections(db: Reader, bankId: string): Promise<Correction[]> {
  const rows = await db
    .selectFrom('correction')
    .selectAll()
    .where('bank', '=', bankId)
    .orderBy('made_at')
    .orderBy('id')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    bankId: row.bank,
    questionId: row.question,
    cohortId: row.cohort_id,
    change: Change.parse(JSON.parse(row.change)),
    reason: row.reason,
    keepsBetter: row.keeps_better === 1,
    madeBy: row.made_by,
    madeAt: row.made_at,
  }));
}

/** Which cohorts each of these learners is in. */
export async function readCohortsOfActors(
  db: Reader,
  actorIds: readonly string[],
): Promise<Map<string, Set<string>>> {
  const byActor = new Map<string, Set<string>>();
  // SQLite takes at most so many values in one query.
  for (let at = 0; at < actorIds.length; at += 500) {
    const rows = await db
      .selectFrom('cohort_member')
      .select(['account_id', 'cohort_id'])
      .where('account_id', 'in', actorIds.slice(at, at + 500))
      .execute();
    for (const { account_id, cohort_id } of rows) {
      const known = byActor.get(account_id);
      if (known) known.add(cohort_id);
      else byActor.set(account_id, new Set([cohort_id]));
    }
  }
  return byActor;
}

/** Of some corrections, those that hold for a learner in these cohorts. */
export const holding = (
  corrections: readonly Correction[],
  cohorts: ReadonlySet<string> = new Set(),
): Correction[] => corrections.filter(({ cohortId }) => cohortId === null || cohorts.has(cohortId));

/** The changes of some corrections, by question. */
export function changesOf(corrections: readonly Correction[]): Map<string, Change[]> {
  const changes = new Map<string, Change[]>();
  for (const { questionId, change } of corrections) {
    const known = changes.get(questionId);
    if (known) known.push(change);
    else changes.set(questionId, [change]);
  }
  return changes;
}
