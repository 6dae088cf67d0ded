import type { LearningEvent } from './event.ts';

/** Which of several attempts counts. */
type Counts = 'best' | 'last' | 'average';

/** What the sum needs to know of one event in the log. */
export interface LoggedEvent {
  verb: LearningEvent['verb'];
  /** The attempt it belongs to. */
  attempt: string | null;
  score: number | null;
  success: number | null;
  stored: string;
  /** Said when an attempt began: which attempts count, and the score needed where it is their average. */
  rule?: { counts: Counts; pass: number } | undefined;
}

/** What one learner did with one object. Times are the server's, ISO 8601 UTC. */
export interface Progress {
  /** Answers given to a question; attempts begun at a bank. */
  attempts: number;
  /** The score that counts, 0 to 1; null while nothing was marked. */
  bestScore: number | null;
  /** The first time it was completed: a lesson done, an attempt handed in. */
  completedAt: string | null;
  /** The first time it was passed, by the attempts that count. */
  passedAt: string | null;
  lastAt: string;
}

const verbs = [
  'initialized',
  'experienced',
  'answered',
  'decided',
  'commented',
  'completed',
  'scored',
];

/**
 * Sums up all that one learner did with one object; at least one event.
 *
 * The order of `events` does not matter, so an event that arrives a week late is just one more event. Of an attempt, the
 * last word on its score counts: that of handing in, or a later marking or correction. Of several attempts, the rule of
 * the one begun last says which counts: the best where nothing is said.
 */
export function sumUp(events: readonly LoggedEvent[]): Progress {
  const sorted = events.toSorted(
    (one, other) =>
      one.stored.localeCompare(other.stored) ||
      // What was stored together came in this order; the rest only makes it one order.
      verbs.indexOf(one.verb) - verbs.indexOf(other.verb) ||
      JSON.stringify(one).localeCompare(JSON.stringify(other)),
  );
  const { counts, pass } = sorted.findLast(({ rule }) => rule)?.rule ?? { counts: 'best', pass: 1 };
  const results = resultsOf(sorted);
  const scores = results.flatMap(({ score }) => score ?? []);
  const mean = scores.reduce((all, one) => all + one, 0) / scores.length;
  const lastResult = results.findLast(({ score }) => score !== null);
  const passed =
    counts === 'best'
      ? results.filter(({ success }) => success === 1)
      : counts === 'last'
        ? [lastResult].filter((one) => one?.success === 1)
        : [lastResult].filter(() => mean >= pass);
  const times = (some: readonly (LoggedEvent | undefined)[]) =>
    some.flatMap((one) => one?.stored ?? []).sort();
  return {
    attempts: events.filter((e) => e.verb === 'answered' || e.verb === 'initialized').length,
    bestScore:
      scores.length === 0
        ? null
        : counts === 'best'
          ? Math.max(...scores)
          : counts === 'last'
            ? lastResult!.score
            : Math.round(mean * 1e9) / 1e9,
    completedAt: times(events.filter((e) => e.verb === 'completed'))[0] ?? null,
    passedAt: times(passed)[0] ?? null,
    lastAt: sorted.at(-1)!.stored,
  };
}

/** The events that say what a piece of work is worth: each by itself, of an attempt the last; in the order of beginning. */
function resultsOf(sorted: readonly LoggedEvent[]): LoggedEvent[] {
  const results = new Map<string | LoggedEvent, LoggedEvent>();
  for (const event of sorted) {
    const { attempt } = event;
    const isResult = event.score !== null || event.success !== null;
    if (attempt === null) {
      if (isResult) results.set(event, event);
    } else if (isResult || !results.has(attempt)) {
      results.set(attempt, event);
    }
  }
  return [...results.values()];
}
