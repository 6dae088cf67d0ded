import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { APIRoute } from 'astro';
import { lessonsOf, urlOf } from '#features/catalog/course.ts';
import { readLesson } from '#features/catalog/lesson-tags.server.ts';
import { type Entry, indexOf } from '#features/library/search.ts';

export const prerender = true;

/** The index of lessons, terms and cases. Questions are not in it, so no key can be. */
export const GET: APIRoute = ({ locals: { courses } }) => {
  const entries: Entry[] = [
    ...courses.courses.flatMap(lessonsOf).map(({ id, file, title, summary }) => ({
      url: urlOf(id),
      kind: 'lesson' as const,
      title,
      summary,
      text: readLesson(readFileSync(path.join('courses', file), 'utf8'), file)
        .blocks.map(({ text }) => text)
        .join('\n'),
    })),
    ...Object.entries(courses.glossary).map(([id, { term, definition }]) => ({
      url: `/library/terms#${id}`,
      kind: 'term' as const,
      title: term,
      summary: definition,
      text: '',
    })),
    ...Object.entries(courses.cases).map(([id, one]) => ({
      url: `/library/cases#${id}`,
      kind: 'case' as const,
      title: one.title,
      summary: one.summary,
      text: [...one.countries, ...one.facts.map(({ text }) => text), one.unknown, one.take].join(
        '\n',
      ),
    })),
  ];
  return new Response(indexOf(entries), { headers: { 'content-type': 'application/json' } });
};
