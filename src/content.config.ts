import { glob } from 'astro/loaders';
import { defineCollection } from 'astro:content';
import { LessonFront } from '#features/catalog/course.ts';

/** Lessons alone: banks, glossary and references are read by the catalog, so that no key enters the build. */
export const collections = {
  lessons: defineCollection({
    loader: glob({
      base: './courses',
      pattern: '*/*/*/*.mdx',
      generateId: ({ entry }) => entry,
    }),
    schema: LessonFront,
  }),
};
