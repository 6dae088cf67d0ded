import type { LearningEvent } from './event.ts';

/** What the sum needs to know of one event in the log. */
export interface LoggedEvent {
  verb: LearningEvent['verb'];
  score: number | null;
  success: number | null;
  stored: string;
}

/** What one learner did with one object. Times are the server's, ISO 8601 UTC. */
export interface Progress {
  /** Answers given to a question; attempts begun at a bank. */
  attempts: number;
  /** 0 to 1; null while nothing was marked. */
  bestScore: number | null;
  /** The first time it was completed: a lesson done, an attempt handed in. */
  completedAt: string | null;
  /** The first time it was passed. */
  passedAt: string | null;
  lastAt: string;
}

/**
 * Sums up all that one learner did with one object; at least one event.
 *
 * The order of `events` does not matter, so an event that arrives a week late is just one more event.
 */
export function sumUp(events: readonly LoggedEvent[]): Progress {
  const times = (some: readonly LoggedEvent[]) => some.map((e) => e.stored).sort();
  const scores = events.flatMap((e) => (e.score === null ? [] : [e.score]));
  return {
    attempts: events.filter((e) => e.verb === 'answered' || e.verb === 'initialized').length,
    bestScore: scores.length > 0 ? Math.max(...scores) : null,
    completedAt: times(events.filter((e) => e.verb === 'completed'))[0] ?? null,
    passedAt: times(events.filter((e) => e.success === 1))[0] ?? null,
    lastAt: times(events).at(-1)!,
  };
}
