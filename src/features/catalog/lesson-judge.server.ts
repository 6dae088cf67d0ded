import { z } from 'zod';
import type { Judge } from '#features/learning-log/accept.server.ts';
import { type Course, lessonsOf } from './course.ts';

const Note = z.strictObject({ response: z.string().max(4000) });

/** Judges what is done with a lesson as a whole: opening it, noting something, calling it done. */
export function lessonJudges(
  courses: readonly Course[],
): Record<'experienced' | 'commented' | 'completed', Judge> {
  const lessons = new Set(courses.flatMap(lessonsOf).map(({ id }) => id));
  const known: Judge = async ({ object }) =>
    lessons.has(object) ? {} : { refused: 'unknown-lesson' };
  return {
    experienced: known,
    completed: known,
    commented: async ({ object, result }) => {
      if (!lessons.has(object.slice(0, object.lastIndexOf('/'))))
        return { refused: 'unknown-lesson' };
      return Note.safeParse(result).success ? {} : { refused: 'malformed-note' };
    },
  };
}
