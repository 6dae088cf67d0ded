import { sql } from 'kysely';
import type { Reader, Schema, Writer } from '#platform/db/schema.ts';
import { nameKey } from '#platform/name-key.ts';
import type { MembersQuery } from './forms.ts';

export type CohortRow = Schema['cohort'];

export async function insertCohort(db: Writer, row: CohortRow): Promise<void> {
  await db.insertInto('cohort').values(row).execute();
}

/** The cohorts that an instructor teaches, newest first, with how many are in each. */
export function readCohortsOf(db: Reader, instructorId: string) {
  return db
    .selectFrom('cohort')
    .leftJoin('cohort_member', 'cohort_member.cohort_id', 'cohort.id')
    .where('instructor_id', '=', instructorId)
    .groupBy('cohort.id')
    .selectAll('cohort')
    .select((eb) => eb.fn.count<number>('cohort_member.account_id').as('members'))
    .orderBy('cohort.created_at', 'desc')
    .execute();
}

/** A cohort, if this person teaches it: somebody else's is as if it did not exist. */
export function readCohort(
  db: Reader,
  { id, instructorId }: { id: string; instructorId: string },
): Promise<CohortRow | undefined> {
  return db
    .selectFrom('cohort')
    .selectAll()
    .where('id', '=', id)
    .where('instructor_id', '=', instructorId)
    .executeTakeFirst();
}

export function readCohortByCode(db: Reader, code: string): Promise<CohortRow | undefined> {
  return db.selectFrom('cohort').selectAll().where('code', '=', code).executeTakeFirst();
}

/** The cohorts that a learner is in, with the instructor's name. */
export function readCohortsJoined(db: Reader, accountId: string) {
  return db
    .selectFrom('cohort_member')
    .innerJoin('cohort', 'cohort.id', 'cohort_member.cohort_id')
    .innerJoin('account as instructor', 'instructor.id', 'cohort.instructor_id')
    .where('cohort_member.account_id', '=', accountId)
    .select([
      'cohort.id',
      'cohort.name',
      'cohort.course',
      'cohort.starts_on',
      'cohort.ends_on',
      'cohort.code',
    ])
    .select('instructor.name as instructor')
    .orderBy('cohort.ends_on')
    .execute();
}

/** Whether a learner's cohorts for a course have all ended; false where they are in none, or one has no end. */
export async function isCourseOver(
  db: Reader,
  { accountId, course, now }: { accountId: string; course: string; now: Date },
): Promise<boolean> {
  const ends = await db
    .selectFrom('cohort_member')
    .innerJoin('cohort', 'cohort.id', 'cohort_member.cohort_id')
    .where('cohort_member.account_id', '=', accountId)
    .where('cohort.course', '=', course)
    .select('cohort.ends_on')
    .execute();
  const today = now.toISOString().slice(0, 10);
  return ends.length > 0 && ends.every(({ ends_on }) => ends_on !== null && ends_on < today);
}

/** Makes somebody a member; doing it twice is harmless. */
export async function insertMember(db: Writer, row: Schema['cohort_member']): Promise<void> {
  await db
    .insertInto('cohort_member')
    .values(row)
    .onConflict((on) => on.columns(['cohort_id', 'account_id']).doNothing())
    .execute();
}

/** Members of a cohort who go by this name and have a PIN. */
export async function readPinMembers(
  db: Reader,
  { cohortId, nameKey }: { cohortId: string; nameKey: string },
): Promise<{ id: string; pinHash: string | null }[]> {
  return db
    .selectFrom('cohort_member as member')
    .innerJoin('account', 'account.id', 'member.account_id')
    .where('member.cohort_id', '=', cohortId)
    .where('member.name_key', '=', nameKey)
    .where('account.pin_hash', 'is not', null)
    .select(['account.id', 'account.pin_hash as pinHash'])
    .execute();
}

/** One member of a cohort, or undefined. */
export function readMember(
  db: Reader,
  { cohortId, accountId }: { cohortId: string; accountId: string },
) {
  return db
    .selectFrom('cohort_member as member')
    .innerJoin('account', 'account.id', 'member.account_id')
    .where('member.cohort_id', '=', cohortId)
    .where('member.account_id', '=', accountId)
    .select(['account.id', 'account.name', 'account.email', 'member.joined_at'])
    .select((eb) => eb('account.pin_hash', 'is not', null).as('hasPin'))
    .executeTakeFirst();
}

/** Days without a sign of life after which a learner counts as quiet. */
export const quietDays = 7;

/** What of a member's work in a course is looked at. */
export interface Scope {
  cohortId: string;
  lessons: readonly string[];
  banks: readonly string[];
  now: Date;
}

function membersOf(
  db: Reader,
  { cohortId, lessons, now }: Scope,
  query: Pick<MembersQuery, 'search' | 'show'>,
) {
  const quietSince = new Date(now.getTime() - quietDays * 86_400_000).toISOString();
  const like = `%${nameKey(query.search).replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`;
  return db
    .selectFrom('cohort_member as member')
    .innerJoin('account', 'account.id', 'member.account_id')
    .leftJoin('actor', 'actor.id', 'member.account_id')
    .leftJoin(
      (eb) =>
        eb
          .selectFrom('progress')
          .innerJoin('cohort_member', 'cohort_member.account_id', 'progress.actor_id')
          .where('cohort_member.cohort_id', '=', cohortId)
          // PostgreSQL takes no empty list.
          .where('progress.object', 'in', lessons.length > 0 ? lessons : [''])
          .where('progress.completed_at', 'is not', null)
          .groupBy('progress.actor_id')
          .select((each) => ['progress.actor_id', each.fn.countAll<number>().as('done')])
          .as('sum'),
      (join) => join.onRef('sum.actor_id', '=', 'member.account_id'),
    )
    .where('member.cohort_id', '=', cohortId)
    .$if(query.search !== '', (some) =>
      some.where(sql<boolean>`member.name_key like ${like} escape '\\'`),
    )
    .$if(query.show === 'not-begun', (some) => some.where('actor.last_at', 'is', null))
    .$if(query.show === 'quiet', (some) => some.where('actor.last_at', '<', quietSince))
    .$if(query.show === 'finished', (some) => some.where('sum.done', '=', lessons.length));
}

/** A page of a cohort's members with how far they are, and how many there are in all. */
export async function readMembers(
  db: Reader,
  scope: Scope,
  query: MembersQuery,
  { limit }: { limit: number },
) {
  const found = membersOf(db, scope, query);
  const { count } = await found
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  const page = Math.min(query.page, Math.max(1, Math.ceil(count / limit)));
  const members = await found
    .select(['account.id', 'account.name', 'actor.last_at as seen'])
    .select((eb) => eb.fn.coalesce('sum.done', eb.lit(0)).as('done'))
    .$if(query.sort === 'done', (some) => some.orderBy('done', 'desc'))
    // Those never seen come last on both databases.
    .$if(query.sort === 'seen', (some) =>
      some.orderBy((eb) => eb.fn.coalesce('actor.last_at', eb.val('')), 'desc'),
    )
    .orderBy('member.name_key')
    .orderBy('account.id')
    .limit(limit)
    .offset((page - 1) * limit)
    .execute();
  return { count, page, members };
}

/** The sums of these people on these objects. */
export function readSums(db: Reader, accountIds: readonly string[], objects: readonly string[]) {
  if (accountIds.length === 0 || objects.length === 0) return Promise.resolve([]);
  return db
    .selectFrom('progress')
    .selectAll()
    .where('actor_id', 'in', accountIds)
    .where('object', 'in', objects)
    .execute();
}

/** How the whole cohort does, for the sentences above the table. */
export async function readOverview(db: Reader, scope: Scope) {
  const quietSince = new Date(scope.now.getTime() - quietDays * 86_400_000).toISOString();
  const row = await membersOf(db, scope, { search: '', show: 'all' })
    .select((eb) => [
      eb.fn.countAll<number>().as('members'),
      eb.fn.count<number>('actor.last_at').as('begun'),
      eb.fn
        .coalesce(
          eb.fn.sum<number>(
            eb.case().when('sum.done', '=', scope.lessons.length).then(1).else(0).end(),
          ),
          eb.lit(0),
        )
        .as('finished'),
      eb.fn
        .coalesce(
          eb.fn.sum<number>(eb.case().when('actor.last_at', '<', quietSince).then(1).else(0).end()),
          eb.lit(0),
        )
        .as('quiet'),
    ])
    .executeTakeFirstOrThrow();
  return row;
}

/** What a member did in a course, newest first; private notes are not among it. */
export function readEvidence(
  db: Reader,
  { accountId, course, limit }: { accountId: string; course: string; limit: number },
) {
  return db
    .selectFrom('learning_event')
    .select(['id', 'verb', 'object', 'attempt', 'score', 'success', 'stored', 'body'])
    .where('actor_id', '=', accountId)
    .where('object', '>=', `${course}/`)
    .where('object', '<', `${course}0`)
    .where('verb', '!=', 'commented')
    .orderBy('stored', 'desc')
    .orderBy('id')
    .limit(limit)
    .execute();
}

/** How many cohorts somebody teaches: their account can't go while there are any. */
export async function countCohortsOf(db: Reader, instructorId: string): Promise<number> {
  const { count } = await db
    .selectFrom('cohort')
    .where('instructor_id', '=', instructorId)
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return count;
}
