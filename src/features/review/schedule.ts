import { type Card, Rating, createEmptyCard, fsrs } from 'ts-fsrs';

/** One answer to a practice question, as the log has it. */
export interface Answering {
  /** The question's object: `sensitizing/relevance/winners/who-gained`. */
  object: string;
  /** What the answer itself was worth, 0 to 1; null where nothing was marked. */
  score: number | null;
  tries: number;
  hints: number;
  certainty: 1 | 2 | 3 | undefined;
  /** By the learner's clock, ISO 8601. */
  timestamp: string;
  /** By the server's clock, ISO 8601. */
  stored: string;
}

/** When a question comes back. */
export interface Memory {
  object: string;
  due: Date;
  /** Days after which it is still remembered nine times in ten. */
  stability: number;
  /** How often it was answered on different days. */
  reps: number;
}

// Whole days, and no chance: made again from the log, a schedule must come out the same.
const scheduler = fsrs({ enable_fuzz: false, enable_short_term: false, maximum_interval: 365 });

/** About what fits into ten minutes, at half a minute a question. */
export const sessionLength = 20;

/** How well an answer shows that it is remembered. */
export function ratingOf({ score, tries, hints, certainty }: Answering): Rating {
  if ((score ?? 0) < 0.5) return Rating.Again;
  if ((score ?? 0) < 1 || tries > 1 || hints > 0) return Rating.Hard;
  return certainty === 3 ? Rating.Easy : Rating.Good;
}

/** When it happened: a learner's clock may run wrong, but nothing happens after it was received. */
const timeOf = ({ timestamp, stored }: Answering) =>
  Math.min(Date.parse(timestamp), Date.parse(stored));

/**
 * When each question that was ever answered comes back, by FSRS, in any order of `answers`.
 *
 * Of several answers to a question on one day the first counts: a second try right after the feedback says nothing about
 * memory. Days are of UTC.
 */
export function scheduleOf(answers: readonly Answering[]): Map<string, Memory> {
  const byQuestion = Map.groupBy(
    answers.filter(({ score }) => score !== null),
    ({ object }) => object,
  );
  const schedule = new Map<string, Memory>();
  for (const [object, own] of byQuestion) {
    const sorted = own.toSorted(
      (one, other) =>
        timeOf(one) - timeOf(other) ||
        one.stored.localeCompare(other.stored) ||
        one.tries - other.tries ||
        (one.score ?? 0) - (other.score ?? 0),
    );
    let card: Card | undefined;
    let day = '';
    for (const answer of sorted) {
      const time = new Date(timeOf(answer));
      const today = time.toISOString().slice(0, 10);
      if (today === day) continue;
      day = today;
      const rating = ratingOf(answer);
      card = scheduler.next(card ?? createEmptyCard(time), time, rating as never).card;
    }
    if (!card) continue;
    schedule.set(object, { object, due: card.due, stability: card.stability, reps: card.reps });
  }
  return schedule;
}

/**
 * Which of these questions are due now, those most at risk of being forgotten first: overdue for the largest part of
 * their stability. Questions never answered come last. At most `sessionLength`.
 */
export function dueNow(
  schedule: ReadonlyMap<string, Memory>,
  questions: readonly string[],
  now: Date,
): { due: string[]; waiting: number; next: Date | undefined } {
  const urgency = (object: string) => {
    const memory = schedule.get(object);
    if (!memory) return 0;
    return (now.getTime() - memory.due.getTime()) / 86_400_000 / Math.max(0.1, memory.stability);
  };
  const isDue = (object: string) => {
    const memory = schedule.get(object);
    return !memory || memory.due <= now;
  };
  const all = questions
    .filter(isDue)
    // Stable: questions alike keep the course's order.
    .toSorted((one, other) => urgency(other) - urgency(one));
  const later = questions
    .flatMap((object) => schedule.get(object)?.due ?? [])
    .filter((due) => due > now)
    .sort((one, other) => one.getTime() - other.getTime());
  return { due: all.slice(0, sessionLength), waiting: all.length, next: later[0] };
}
