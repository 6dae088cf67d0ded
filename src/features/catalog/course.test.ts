import { describe, expect, test } from 'vitest';
import { type Course, LessonFront, activityId, checkUrlOf, lessonsOf, urlOf } from './course.ts';

describe('an id that records point at', () => {
  test.for([
    [
      'sensitizing/en/01-relevance/01-winners-and-losers.mdx',
      'sensitizing/relevance/winners-and-losers',
    ],
    // Moved to another place, and translated: the same lesson.
    [
      'sensitizing/es/12-relevance/07-winners-and-losers.mdx',
      'sensitizing/relevance/winners-and-losers',
    ],
    ['sensitizing/en/01-relevance/winners.practice.yaml', 'sensitizing/relevance/winners'],
    ['sensitizing/en/01-relevance/module.graded.yaml', 'sensitizing/relevance/module'],
    ['sensitizing/en/01-relevance', 'sensitizing/relevance'],
    ['sensitizing/en', 'sensitizing'],
    // Only a number in front is about order.
    ['sensitizing/en/02-what-is-led/04-the-year-2000.mdx', 'sensitizing/what-is-led/the-year-2000'],
    ['sensitizing/en/02-what-is-led/04-5-features.mdx', 'sensitizing/what-is-led/5-features'],
  ] as const)('of %s is %s', ([path, id]) => {
    expect(activityId(path)).toBe(id);
  });
});

test('a lesson and a check have an address made of their id', () => {
  expect(urlOf('c/m/one')).toBe('/learn/c/m/one');
  expect(checkUrlOf('c/m/check')).toBe('/check/c/m/check');
});

test('lessons follow each other through all modules, in teaching order', () => {
  const lesson = (id: string) => ({
    id,
    file: '',
    title: id,
    summary: '',
    minutes: 1,
    outcomes: [],
    questions: [],
    simulations: [],
    headings: [],
    notes: [],
    sources: [],
    terms: [],
  });
  const module = (id: string, ...lessons: string[]) => ({
    id,
    title: id,
    summary: '',
    lessons: lessons.map(lesson),
    graded: [],
    scenarios: [],
  });
  const course: Course = {
    id: 'c',
    title: 'C',
    summary: '',
    outcomes: [],
    modules: [module('c/z', 'c/z/two', 'c/z/one'), module('c/empty'), module('c/a', 'c/a/three')],
  };
  expect(lessonsOf(course).map(({ id }) => id)).toEqual(['c/z/two', 'c/z/one', 'c/a/three']);
});

test.for([
  ['no minutes', { minutes: undefined }],
  ['half a minute', { minutes: 0.5 }],
  ['no time at all', { minutes: 0 }],
  ['an empty title', { title: '  ' }],
  ['no outcome', { outcomes: [] }],
  ['a misspelt field', { tilte: 'T' }],
] as const)('a lesson with %s is not accepted', ([, change]) => {
  const good = { title: 'T', summary: 'S', minutes: 5, outcomes: ['explain'] };
  expect(LessonFront.safeParse(good).success).toBe(true);
  expect(LessonFront.safeParse({ ...good, ...change }).success).toBe(false);
});
