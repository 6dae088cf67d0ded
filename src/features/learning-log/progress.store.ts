import type { ExpressionBuilder } from 'kysely';
import { z } from 'zod';
import type { Reader, Schema, Writer } from '#platform/db/schema.ts';
import { type LoggedEvent, sumUp } from './progress.ts';

/** One learner's work on one object. */
export interface Key {
  actor_id: string;
  object: string;
}

/**
 * Holds these learners' records until the transaction ends, so that two devices, or two server processes,
 * can't overwrite each other's sums or start one attempt too many.
 */
export async function hold(tx: Writer, actorIds: readonly string[]): Promise<void> {
  // Always in the same order: two batches with the same people never wait for each other in a ring.
  const rows = [...new Set(actorIds)].sort().map((id) => ({ id }));
  await tx
    .insertInto('actor')
    .values(rows)
    .onConflict((on) => on.column('id').doUpdateSet((eb) => ({ last_at: eb.ref('actor.last_at') })))
    .execute();
}

/** Notes that something of these learners was stored just now. */
export async function noteSeen(tx: Writer, actorIds: readonly string[], now: Date): Promise<void> {
  await tx
    .updateTable('actor')
    .set({ last_at: now.toISOString() })
    .where('id', 'in', actorIds)
    .execute();
}

/** What the server said of an attempt when it began, as far as sums need it. */
const Rule = z.object({ counts: z.enum(['best', 'last', 'average']), pass: z.number() });
const ruleOf = (verb: string, detail: string | null) =>
  verb === 'initialized' && detail !== null ? Rule.safeParse(JSON.parse(detail)).data : undefined;

// SQLite takes at most 1,000 terms in one condition.
const keysAtOnce = 200;

/** Makes these sums again from the log. */
export async function refreshProgress(tx: Writer, keys: readonly Key[]): Promise<void> {
  for (let at = 0; at < keys.length; at += keysAtOnce) {
    await refreshSome(tx, keys.slice(at, at + keysAtOnce));
  }
}

async function refreshSome(tx: Writer, keys: readonly Key[]): Promise<void> {
  const events = await tx
    .selectFrom('learning_event')
    .select(['actor_id', 'object', 'verb', 'attempt', 'detail', 'score', 'success', 'stored'])
    .where((eb) => anyOf(eb, keys))
    .execute();

  const byKey = new Map<string, Key & { events: LoggedEvent[] }>();
  for (const { actor_id, object, detail, ...said } of events) {
    const event = { ...said, rule: ruleOf(said.verb, detail) };
    const name = `${actor_id} ${object}`;
    const known = byKey.get(name);
    if (known) known.events.push(event);
    else byKey.set(name, { actor_id, object, events: [event] });
  }

  await tx
    .insertInto('progress')
    .values(
      [...byKey.values()].map(({ actor_id, object, events: own }) => {
        const sum = sumUp(own);
        return {
          actor_id,
          object,
          attempts: sum.attempts,
          best_score: sum.bestScore,
          completed_at: sum.completedAt,
          passed_at: sum.passedAt,
          last_at: sum.lastAt,
        };
      }),
    )
    .onConflict((on) =>
      on.columns(['actor_id', 'object']).doUpdateSet((eb) => ({
        attempts: eb.ref('excluded.attempts'),
        best_score: eb.ref('excluded.best_score'),
        completed_at: eb.ref('excluded.completed_at'),
        passed_at: eb.ref('excluded.passed_at'),
        last_at: eb.ref('excluded.last_at'),
      })),
    )
    .execute();
}

function anyOf(eb: ExpressionBuilder<Schema, 'learning_event'>, keys: readonly Key[]) {
  return eb.or(keys.map((key) => eb.and({ actor_id: key.actor_id, object: key.object })));
}

/** Throws every sum away and makes it again from the log. Returns how many there are. */
export async function rebuildProgress(db: Writer): Promise<number> {
  return db.transaction().execute(async (tx) => {
    await tx.deleteFrom('progress').execute();
    await tx.deleteFrom('actor').execute();
    await tx
      .insertInto('actor')
      .columns(['id', 'last_at'])
      .expression(
        tx
          .selectFrom('learning_event')
          .select((eb) => ['actor_id as id', eb.fn.max('stored').as('last_at')])
          .groupBy('actor_id'),
      )
      .execute();
    const keys = await tx
      .selectFrom('learning_event')
      .select(['actor_id', 'object'])
      .distinct()
      .execute();
    await refreshProgress(tx, keys);
    return keys.length;
  });
}

/** All sums of one learner below a path such as `sensitizing`, by object. */
export async function readProgress(db: Reader, actorId: string, path: string) {
  return (
    db
      .selectFrom('progress')
      .selectAll()
      .where('actor_id', '=', actorId)
      // A range and not LIKE: it uses the key's index on both databases.
      .where('object', '>=', `${path}/`)
      .where('object', '<', `${path}0`)
      .execute()
  );
}

/** The sum of one learner's work on one object, or undefined before any. */
export function readProgressOf(db: Reader, actorId: string, object: string) {
  return db
    .selectFrom('progress')
    .selectAll()
    .where('actor_id', '=', actorId)
    .where('object', '=', object)
    .executeTakeFirst();
}
