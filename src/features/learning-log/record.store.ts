import type { Reader, Writer } from '#platform/db/schema.ts';
import type { LearningEvent } from './event.ts';

/** What the server adds to an event: who, and what it is worth. */
export interface Entry {
  actorId: string;
  event: LearningEvent;
  /** The attempt it belongs to, an `initialized` event's own id included. */
  attempt: string | null;
  score: number | null;
  success: boolean | null;
  /** What the server decided on receiving it; kept as JSON. */
  detail: unknown;
  now: Date;
}

/**
 * Writes one event to the log: the only place that does.
 *
 * The caller holds the learner's record and has seen that the id is new.
 */
export async function record(tx: Writer, entry: Entry): Promise<void> {
  const { actorId, event, attempt, score, success, detail, now } = entry;
  await tx
    .insertInto('learning_event')
    .values({
      id: event.id,
      actor_id: actorId,
      verb: event.verb,
      object: event.object,
      attempt,
      score,
      success: success === null ? null : Number(success),
      body: JSON.stringify(event),
      detail: detail === undefined ? null : JSON.stringify(detail),
      timestamp: event.timestamp,
      stored: now.toISOString(),
    })
    .execute();
}

/** Which of these ids the log has already, with who said what. */
export async function readKnown(
  tx: Reader,
  ids: readonly string[],
): Promise<Map<string, { actorId: string; body: string }>> {
  const rows = await tx
    .selectFrom('learning_event')
    .select(['id', 'actor_id', 'body'])
    .where('id', 'in', ids)
    .execute();
  return new Map(rows.map(({ id, actor_id, body }) => [id, { actorId: actor_id, body }]));
}

/** Everything one learner did, oldest first. */
export function readLog(db: Reader, actorId: string) {
  return db
    .selectFrom('learning_event')
    .selectAll()
    .where('actor_id', '=', actorId)
    .orderBy('stored')
    .orderBy('id')
    .execute();
}

/**
 * Forgets a learner's private notes when they leave: free text may name people.
 *
 * The one exception to append-only. The rest of the log stays under an id that names nobody.
 */
export async function forgetNotes(tx: Writer, actorId: string): Promise<void> {
  const notes = tx
    .deleteFrom('learning_event')
    .where('actor_id', '=', actorId)
    .where('verb', '=', 'commented')
    .returning('object');
  const objects = [...new Set((await notes.execute()).map(({ object }) => object))];
  if (objects.length === 0) return;
  await tx
    .deleteFrom('progress')
    .where('actor_id', '=', actorId)
    .where('object', 'in', objects)
    .execute();
}

/** What a learner practised and noted in a module, oldest first; graded answers are not among it. */
export function readLessonEvents(
  db: Reader,
  { actorId, module }: { actorId: string; module: string },
) {
  return db
    .selectFrom('learning_event')
    .select(['verb', 'object', 'body'])
    .where('actor_id', '=', actorId)
    .where('object', '>=', `${module}/`)
    .where('object', '<', `${module}0`)
    .where('attempt', 'is', null)
    .where('verb', 'in', ['answered', 'commented'])
    .orderBy('stored')
    .orderBy('timestamp')
    .execute();
}
