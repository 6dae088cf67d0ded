import { randomBytes } from 'node:crypto';
import type { Reader, Writer } from '#platform/db/schema.ts';
import { codeFrom } from './code.ts';
import {
  type CohortRow,
  insertCohort,
  insertMember,
  readCohortByCode,
  readPinMembers,
} from './cohort.store.ts';

/** Makes a cohort with a join code of its own. */
export async function createCohort(
  write: Writer,
  {
    instructorId,
    now,
    ...form
  }: Pick<CohortRow, 'name' | 'course' | 'starts_on' | 'ends_on'> & {
    instructorId: string;
    now: Date;
  },
): Promise<CohortRow> {
  const cohort: CohortRow = {
    id: crypto.randomUUID(),
    ...form,
    code: codeFrom(randomBytes(8)),
    instructor_id: instructorId,
    created_at: now.toISOString(),
  };
  await insertCohort(write, cohort);
  return cohort;
}

/** Makes somebody who has an account a member. */
export async function join(
  write: Writer,
  {
    cohortId,
    accountId,
    nameKey,
    now,
  }: { cohortId: string; accountId: string; nameKey: string; now: Date },
): Promise<void> {
  await insertMember(write, {
    cohort_id: cohortId,
    account_id: accountId,
    name_key: nameKey,
    joined_at: now.toISOString(),
  });
}

/**
 * Takes in a learner without e-mail: account and membership together or not at all.
 *
 * `name-taken` when somebody in the cohort goes by that name already: they sign in by it, so it must be theirs alone.
 */
export async function joinWithPin(
  write: Writer,
  {
    cohortId,
    nameKey,
    now,
    createAccount,
  }: {
    cohortId: string;
    nameKey: string;
    now: Date;
    createAccount: (tx: Writer) => Promise<string>;
  },
): Promise<{ status: 'in'; accountId: string } | { status: 'name-taken' }> {
  return write.transaction().execute(async (tx) => {
    // Held, so that two who choose the same name at once do not both get it.
    await tx
      .updateTable('cohort')
      .set((eb) => ({ name: eb.ref('name') }))
      .where('id', '=', cohortId)
      .execute();
    const same = await readPinMembers(tx as unknown as Reader, { cohortId, nameKey });
    if (same.length > 0) return { status: 'name-taken' };
    const accountId = await createAccount(tx);
    await join(tx, { cohortId, accountId, nameKey, now });
    return { status: 'in', accountId };
  });
}

/** The people a PIN could belong to: those in the cohort with this code who go by this name. */
export async function pinCandidates(
  read: Reader,
  { code, nameKey }: { code: string; nameKey: string },
) {
  const cohort = await readCohortByCode(read, code);
  return cohort ? readPinMembers(read, { cohortId: cohort.id, nameKey }) : [];
}
