import type { Reader, Writer } from '#platform/db/schema.ts';
import { hold, refreshProgress } from './progress.store.ts';
import { record } from './record.store.ts';

/** A result that is said anew: the last word on it. */
export interface Amendment {
  actorId: string;
  /** What the result is of: a question or a whole bank. */
  object: string;
  attempt: string;
  /** 0 to 1. */
  score: number;
  success: boolean | null;
  /** What was said of it, as the learner may read it. */
  result?: unknown;
  /** Who changed it and by what; kept beside the event. */
  detail: unknown;
}

// SQLite takes at most so many values in one statement.
const actorsAtOnce = 500;

/** Holds these learners' records, lets `decide` look, and records what it decides, all in the caller's transaction. */
export async function amendAll(
  tx: Writer,
  actorIds: readonly string[],
  decide: (tx: Reader, write: Writer) => Promise<Amendment[]>,
  now: Date,
): Promise<number> {
  const actors = [...new Set(actorIds)].sort();
  for (let at = 0; at < actors.length; at += actorsAtOnce) {
    await hold(tx, actors.slice(at, at + actorsAtOnce));
  }
  const amendments = await decide(tx as unknown as Reader, tx);
  for (const { actorId, object, attempt, score, success, result, detail } of amendments) {
    const event = {
      id: crypto.randomUUID(),
      verb: 'scored' as const,
      object,
      attempt,
      ...(result === undefined ? {} : { result: result as never }),
      timestamp: now.toISOString(),
    };
    await record(tx, { actorId, event, attempt, score, success, detail, now });
  }
  await refreshProgress(
    tx,
    amendments.map(({ actorId, object }) => ({ actor_id: actorId, object })),
  );
  return amendments.length;
}
