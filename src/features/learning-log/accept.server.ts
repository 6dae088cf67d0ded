import type { Reader, Writer } from '#platform/db/schema.ts';
import { LearningEvent, type Outcome } from './event.ts';
import { type Key, hold, noteSeen, refreshProgress } from './progress.store.ts';
import { readKnown, record } from './record.store.ts';

/** What an event is worth, decided here on the server where the answers are. */
type Judgement =
  | { refused: string }
  | {
      refused?: never;
      score?: number | null;
      success?: boolean | null;
      attempt?: string | null;
      /** Kept beside the event as JSON. */
      detail?: unknown;
    };

/** Sees the log as it is with all earlier events, those of the same batch included. */
export type Judge = (
  event: LearningEvent,
  context: { tx: Reader; write: Writer; actorId: string; now: Date },
) => Promise<Judgement>;

/** Who decides for which verb; a verb without a judge is recorded as it is. */
export type Judges = Partial<Record<LearningEvent['verb'], Judge>>;

/** What somebody sent: nothing but its id is sure. */
export interface SentEvent {
  id: string;
  [field: string]: unknown;
}

/** One event as it came in, not yet checked. */
export interface Arrival {
  actorId: string;
  sent: SentEvent;
  now: Date;
}

/**
 * Checks, judges and records events in order and brings the sums up to date, all in the caller's transaction.
 *
 * Sending an event again is harmless (`duplicate`); reusing its id for something else changes nothing and says
 * nothing (`conflict`). A bad one is refused alone and never holds back those behind it.
 */
export async function acceptAll(
  tx: Writer,
  judges: Judges,
  arrivals: readonly Arrival[],
): Promise<Outcome[]> {
  await hold(
    tx,
    arrivals.map(({ actorId }) => actorId),
  );
  const known = await readKnown(
    tx as unknown as Reader,
    arrivals.map(({ sent }) => sent.id),
  );
  const touched = new Map<string, Key>();
  const outcomes: Outcome[] = [];

  for (const { actorId, sent, now } of arrivals) {
    const { id } = sent;
    const { data: event } = LearningEvent.safeParse(sent);
    if (!event) {
      outcomes.push({ id, status: 'refused', reason: 'malformed' });
      continue;
    }
    const body = JSON.stringify(event);
    const before = known.get(id);
    if (before) {
      const same = before.actorId === actorId && before.body === body;
      outcomes.push({ id, status: same ? 'duplicate' : 'conflict' });
      continue;
    }
    // Said by instructors alone, through `amend`.
    if (event.verb === 'scored') {
      outcomes.push({ id, status: 'refused', reason: 'not-yours-to-say' });
      continue;
    }
    const judge = judges[event.verb];
    const judgement: Judgement = judge
      ? await judge(event, { tx: tx as unknown as Reader, write: tx, actorId, now })
      : {};
    if (judgement.refused !== undefined) {
      outcomes.push({ id, status: 'refused', reason: judgement.refused });
      continue;
    }
    const { score = null, success = null, attempt = null, detail } = judgement;
    await record(tx, { actorId, event, attempt, score, success, detail, now });
    known.set(id, { actorId, body });
    touched.set(`${actorId} ${event.object}`, { actor_id: actorId, object: event.object });
    outcomes.push({ id, status: 'stored' });
  }

  await refreshProgress(tx, [...touched.values()]);
  const seen = new Set([...touched.values()].map((key) => key.actor_id));
  if (seen.size > 0) await noteSeen(tx, [...seen], arrivals.at(-1)!.now);
  return outcomes;
}
