import { z } from 'zod';

const Id = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'use lower-case words joined by hyphens');
const Text = z.string().trim().min(1, 'must not be empty');

/** `courses/<course>/course.yaml`: what holds in every language. */
export const CourseFrame = z.strictObject({
  order: z
    .int('give a whole number')
    .default(100)
    .describe('Its place among the courses: 1 is shown first.'),
  draft: z
    .boolean()
    .default(false)
    .describe('Still being written: what it does not teach yet is advice, and no error.'),
  outcomes: z.array(Id).min(1),
  modules: z.array(Id).min(1).describe('Module ids in teaching order.'),
});
export type CourseFrame = z.infer<typeof CourseFrame>;

/** `courses/<course>/<lang>/course.yaml`: the same in words. */
export const CourseWords = z.strictObject({
  title: Text,
  summary: Text,
  outcomes: z.record(Id, Text),
  modules: z.record(Id, z.strictObject({ title: Text, summary: Text })),
});
export type CourseWords = z.infer<typeof CourseWords>;

/** A lesson's front matter. */
export const LessonFront = z.strictObject({
  title: Text,
  summary: Text,
  minutes: z.int('give whole minutes').positive(),
  outcomes: z.array(Id).min(1),
  worked: z
    .array(
      z.strictObject({
        given: z.record(z.string(), z.number()).describe('Numbers that the lesson gives, by name.'),
        finds: z
          .record(z.string(), Text)
          .describe('Numbers that it finds, as they stand there, each with its formula.'),
      }),
    )
    .default([])
    .describe('The sums of its examples, which the check reckons again.'),
});

/** `courses/glossary/<lang>.yaml` */
export const Glossary = z.record(
  Id,
  z.strictObject({ term: Text, definition: Text, see: z.array(Id).default([]) }),
);
export type Glossary = z.infer<typeof Glossary>;

/** `courses/references.yaml` */
export const References = z.record(
  Id,
  z.strictObject({
    title: Text,
    author: Text,
    year: z.union([z.int(), Text]).optional(),
    publisher: Text.optional(),
    url: z.url().optional(),
    note: Text.optional(),
  }),
);
export type References = z.infer<typeof References>;

export interface Lesson {
  /** Lasting: `sensitizing/relevance/winners-and-losers`. */
  id: string;
  /** From the folder of courses: `sensitizing/en/01-relevance/01-winners-and-losers.mdx`. */
  file: string;
  title: string;
  summary: string;
  minutes: number;
  outcomes: string[];
  /** Ids of the practice questions shown in it, in order; answering all marks it done. */
  questions: string[];
  /** Its headings, by their anchors on the page. */
  headings: { anchor: string; text: string }[];
  /** Ids of the simulations that it invites to. */
  simulations: string[];
  /** Ids of its prompts for private notes. */
  notes: string[];
  /** Ids of the sources it cites, in order of first citation: the footnotes' numbers. */
  sources: string[];
  /** Ids of the terms it explains, in order. */
  terms: string[];
  /** How many glossary cards the page being rendered has so far. */
  termCount?: number;
  /** How many tables the page being rendered has so far. */
  tableCount?: number;
}

export interface Module {
  /** `sensitizing/relevance` */
  id: string;
  title: string;
  summary: string;
  lessons: Lesson[];
  /** Ids of its graded banks. */
  graded: string[];
  /** Ids of its simulations. */
  scenarios: string[];
}

/** A course in one language. */
export interface Course {
  /** `sensitizing` */
  id: string;
  title: string;
  summary: string;
  outcomes: { id: string; text: string }[];
  modules: Module[];
}

/**
 * The lasting id of a piece of course content: its path without language, ordering numbers and endings.
 *
 * `sensitizing/en/01-relevance/01-winners-and-losers.mdx` → `sensitizing/relevance/winners-and-losers`
 */
export function activityId(path: string): string {
  const [course = '', , ...rest] = path.split('/');
  return [course, ...rest]
    .map((part) => part.replace(/^\d+-/, '').replace(/(\.\w+)+$/, ''))
    .join('/');
}

/** Where a course or lesson is read. */
export const urlOf = (id: string): string => `/learn/${id}`;

/** Where a graded bank is taken. */
export const checkUrlOf = (bankId: string): string => `/check/${bankId}`;

/** A course's lessons in teaching order. */
export function lessonsOf(course: Course): Lesson[] {
  return course.modules.flatMap((module) => module.lessons);
}
