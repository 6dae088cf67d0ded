import type { Question } from '#features/questions/question.ts';
import { grade, practised } from '#features/questions/questions.ts';
import type { Reader } from '#platform/db/schema.ts';
import { readFinished, readPractice } from './review.store.ts';
import { type Rhythm, rhythmOf } from './rhythm.ts';
import { dueNow, scheduleOf } from './schedule.ts';

/** A lesson with the practice questions that it shows, by object. */
export interface Taught {
  id: string;
  questions: readonly string[];
}

/** What a learner is to review now. */
export interface Review {
  /** Objects of practice questions, the most urgent first; at most a session's. */
  due: string[];
  /** How many are due in all. */
  waiting: number;
  /** When the next one comes, if there is one later. */
  next: Date | undefined;
  /** Lessons that are finished, from which review comes. */
  finished: number;
  rhythm: Rhythm;
}

/**
 * What comes back to a learner: practice questions of the lessons that they have finished, scheduled from the log alone.
 *
 * Written answers are left out, since nobody can judge in half a minute whether they are remembered.
 */
export async function readReview(
  db: Reader,
  {
    actorId,
    lessons,
    questionOf,
    now,
  }: {
    actorId: string;
    lessons: readonly Taught[];
    questionOf: (object: string) => Question | undefined;
    now: Date;
  },
): Promise<Review> {
  const finished = await readFinished(db, actorId);
  const practice = await readPractice(db, actorId);
  const answers = practice.map(({ response, ...one }) => {
    const question = questionOf(one.object);
    const mark = question && grade(practised(question, response), response);
    return { ...one, score: mark?.status === 'graded' ? mark.score : null };
  });
  const done = lessons.filter(({ id }) => finished.has(id));
  const questions = done
    .flatMap((lesson) => lesson.questions)
    .filter((object) => questionOf(object)?.kind !== 'open-response');
  return {
    ...dueNow(scheduleOf(answers), questions, now),
    finished: done.length,
    rhythm: rhythmOf(
      practice.map(({ timestamp, stored }) => (timestamp < stored ? timestamp : stored)),
      now,
    ),
  };
}
