import { type Course, type Lesson, lessonsOf } from './course.ts';

/** In which lessons each term is explained and each source is cited, in teaching order, by id. */
export function usesIn(courses: readonly Course[]): {
  terms: Map<string, Lesson[]>;
  sources: Map<string, Lesson[]>;
} {
  const uses = { terms: new Map<string, Lesson[]>(), sources: new Map<string, Lesson[]>() };
  for (const lesson of courses.flatMap(lessonsOf)) {
    for (const kind of ['terms', 'sources'] as const) {
      for (const id of lesson[kind]) {
        uses[kind].set(id, [...(uses[kind].get(id) ?? []), lesson]);
      }
    }
  }
  return uses;
}

/** Entries in the order of a dictionary of that language. */
export function sorted<T>(entries: Iterable<T>, by: (entry: T) => string, language: string): T[] {
  const collator = new Intl.Collator(language, { sensitivity: 'base' });
  return [...entries].sort((one, other) => collator.compare(by(one), by(other)));
}
