import { type Course, lessonsOf } from '#features/catalog/course.ts';
import type { Scope } from '#features/cohorts/cohort.store.ts';

/** What of a course an instructor's table shows. */
export function scopeOf(course: Course, cohortId: string, now: Date): Scope {
  return {
    cohortId,
    lessons: lessonsOf(course).map(({ id }) => id),
    banks: course.modules.flatMap(({ graded }) => graded),
    now,
  };
}
