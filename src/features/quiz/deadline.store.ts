import type { Reader, Writer } from '#platform/db/schema.ts';

/** An open attempt with a time limit. */
export interface Deadline {
  attempt: string;
  actorId: string;
  bankId: string;
}

/** Notes when an attempt has to be handed in, without the extra time that its learner may have. */
export async function setDeadline(
  tx: Writer,
  { attempt, actorId, bankId, dueAt }: Deadline & { dueAt: string },
): Promise<void> {
  await tx
    .insertInto('deadline')
    .values({ attempt, actor_id: actorId, bank: bankId, due_at: dueAt })
    .execute();
}

/** Forgets the deadline of an attempt that is handed in. */
export async function clearDeadline(tx: Writer, attempt: string): Promise<void> {
  await tx.deleteFrom('deadline').where('attempt', '=', attempt).execute();
}

/** Open attempts whose time is up for somebody without extra time, those of one learner or of all. */
export async function readOverdue(db: Reader, now: Date, actorId?: string): Promise<Deadline[]> {
  let query = db
    .selectFrom('deadline')
    .select(['attempt', 'actor_id', 'bank'])
    .where('due_at', '<', now.toISOString());
  if (actorId !== undefined) query = query.where('actor_id', '=', actorId);
  const rows = await query.execute();
  return rows.map(({ attempt, actor_id, bank }) => ({ attempt, actorId: actor_id, bankId: bank }));
}

/** The extra time of a learner in percent of any time limit; 0 for most. */
export async function readExtraTime(db: Reader, actorId: string): Promise<number> {
  const row = await db
    .selectFrom('allowance')
    .select('extra_time')
    .where('actor_id', '=', actorId)
    .executeTakeFirst();
  return row?.extra_time ?? 0;
}

/** Gives a learner extra time, in percent; it holds at once, for open attempts too. */
export async function giveExtraTime(
  db: Writer,
  { actorId, percent, by, now }: { actorId: string; percent: number; by: string; now: Date },
): Promise<void> {
  const values = { extra_time: percent, given_by: by, given_at: now.toISOString() };
  await db
    .insertInto('allowance')
    .values({ actor_id: actorId, ...values })
    .onConflict((on) => on.column('actor_id').doUpdateSet(values))
    .execute();
}
