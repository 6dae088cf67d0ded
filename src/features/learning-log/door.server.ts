import type { Reader, Writer } from '#platform/db/schema.ts';
import { type Amendment, amendAll } from './amend.server.ts';
import { type Arrival, type Judges, type SentEvent, acceptAll } from './accept.server.ts';
import type { Outcome } from './event.ts';

/** The one way in for learning. */
export interface Door {
  /**
   * Records one learner's events, in order. Resolves only when all that is `stored` is durable.
   *
   * Rejects when the database fails; then the sender keeps its events and tries again, which is harmless.
   */
  accept(actorId: string, sent: readonly SentEvent[], now?: Date): Promise<Outcome[]>;

  /**
   * Changes results that are in the log already, by later events: what instructors decide about learners' work.
   *
   * `decide` sees these learners' records held, so that nothing changes under it, and may write what explains the
   * change. All of it is stored, or nothing. Resolves with how many results were changed.
   */
  amend(
    actorIds: readonly string[],
    decide: (tx: Reader, write: Writer) => Promise<Amendment[]>,
    now?: Date,
  ): Promise<number>;
}

// Enough to share the wait for the disk, and few enough that nobody waits long for the others.
const eventsAtOnce = 1000;

interface Job {
  arrivals: Arrival[];
  done: (outcomes: Outcome[]) => void;
  failed: (error: unknown) => void;
}

/**
 * Opens the write door.
 *
 * Batches that arrive together share one transaction, so that they share the wait for the disk. Should it fail,
 * each batch is tried alone: one that cannot be stored never takes another down with it.
 */
export function openDoor(db: Writer, judges: Judges): Door {
  const waiting: Job[] = [];
  let busy = false;

  const store = (jobs: readonly Job[]) =>
    db.transaction().execute((tx) =>
      acceptAll(
        tx,
        judges,
        jobs.flatMap(({ arrivals }) => arrivals),
      ),
    );

  /** The batches that go next: at least one, and then as many as fit. */
  function take(): Job[] {
    let events = 0;
    const end = waiting.findIndex(({ arrivals }) => {
      const before = events;
      events += arrivals.length;
      return before > 0 && events > eventsAtOnce;
    });
    return waiting.splice(0, end === -1 ? waiting.length : end);
  }

  async function drain() {
    while (waiting.length > 0) {
      const jobs = take();
      try {
        const outcomes = await store(jobs);
        let at = 0;
        for (const { arrivals, done } of jobs) done(outcomes.slice(at, (at += arrivals.length)));
      } catch {
        for (const job of jobs) await store([job]).then(job.done, job.failed);
      }
    }
    busy = false;
  }

  return {
    accept(actorId, sent, now = new Date()) {
      return new Promise((done, failed) => {
        waiting.push({ arrivals: sent.map((one) => ({ actorId, sent: one, now })), done, failed });
        if (busy) return;
        busy = true;
        // Not at once: what arrives in the same turn of the event loop goes along.
        setImmediate(() => void drain());
      });
    },
    amend(actorIds, decide, now = new Date()) {
      return db.transaction().execute((tx) => amendAll(tx, actorIds, decide, now));
    },
  };
}
