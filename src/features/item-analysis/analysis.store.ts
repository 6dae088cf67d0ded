import { z } from 'zod';
import { Answered } from '#features/questions/answer.ts';
import type { Reader } from '#platform/db/schema.ts';

const Body = z.object({ object: z.string(), result: Answered });

/** One learner's first attempt at a bank, as the log has it. */
export interface FirstAttempt {
  attempt: string;
  actorId: string;
  /** The last answer to each question, by its id. */
  answers: Map<string, Answered>;
}

/**
 * The first handed-in attempt at a bank of each member of a cohort: later ones have seen the feedback. Members of other
 * cohorts are never read.
 */
export async function readFirstAttempts(
  db: Reader,
  { cohortId, bankId }: { cohortId: string; bankId: string },
): Promise<FirstAttempt[]> {
  const ends = await db
    .selectFrom('learning_event')
    .innerJoin('cohort_member', 'cohort_member.account_id', 'learning_event.actor_id')
    .where('cohort_member.cohort_id', '=', cohortId)
    .where('learning_event.object', '=', bankId)
    .where('learning_event.verb', '=', 'completed')
    .select(['learning_event.attempt', 'learning_event.actor_id', 'learning_event.stored'])
    .orderBy('learning_event.stored')
    .orderBy('learning_event.id')
    .execute();
  const first = new Map<string, FirstAttempt>();
  for (const { attempt, actor_id } of ends) {
    if (attempt === null || first.has(actor_id)) continue;
    first.set(actor_id, { attempt, actorId: actor_id, answers: new Map() });
  }
  const byAttempt = new Map([...first.values()].map((one) => [one.attempt, one]));
  const ids = [...byAttempt.keys()];
  // SQLite takes at most so many values in one query.
  for (let at = 0; at < ids.length; at += 500) {
    const rows = await db
      .selectFrom('learning_event')
      .select(['attempt', 'body'])
      .where('attempt', 'in', ids.slice(at, at + 500))
      .where('verb', '=', 'answered')
      .orderBy('stored')
      .orderBy('timestamp')
      .execute();
    for (const { attempt, body } of rows) {
      const { data } = Body.safeParse(JSON.parse(body));
      if (!data) continue;
      const id = data.object.slice(data.object.lastIndexOf('/') + 1);
      byAttempt.get(attempt!)?.answers.set(id, data.result);
    }
  }
  return [...first.values()];
}
