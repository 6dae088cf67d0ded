import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readCampusCourses } from '../app.server.ts';
import { lessonsOf } from '#features/catalog/course.ts';
import { findingsIn } from '#features/editorial/rules.ts';
import { readManuscript } from './manuscript.ts';
import { newLesson } from './new-lesson.ts';
import { reportOf } from './report.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'authoring-'));
  cpSync('courses', folder, { recursive: true });
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const asked = {
  module: 'value-chains/mapping',
  slug: 'walk-the-road',
  title: 'Walk: the road & <you>',
};

test('a new lesson stands last in its module, is read without a fault, and the check lists what is to be written', () => {
  const files = newLesson(folder, asked);
  const { courses, faults } = readCampusCourses(folder);
  expect(faults).toEqual([]);
  const module = courses.courses
    .flatMap((course) => course.modules)
    .find(({ id }) => id === asked.module)!;
  expect(module.lessons.at(-1)).toMatchObject({
    id: 'value-chains/mapping/walk-the-road',
    title: asked.title,
  });
  expect(module.lessons.at(-1)!.questions).toHaveLength(3);
  const findings = findingsIn(readManuscript(folder, courses).manuscript);
  const own = findings.filter(({ file }) => files.includes(file));
  expect(own.map(({ message }) => message).join('\n')).toMatch(/a lesson has at least 600/);
  expect(findings.filter(({ file, level }) => level === 'error' && !files.includes(file))).toEqual(
    [],
  );
});

test.for([
  [{ ...asked, module: 'nowhere/mapping' }, /no course "nowhere"/],
  [{ ...asked, module: 'value-chains/nonsense' }, /no module "nonsense". It has: what-and-why/],
  [{ ...asked, slug: 'Walk it' }, /can't be a slug: use lower-case/],
  [{ ...asked, slug: 'draw-the-map' }, /taken by .*02-draw-the-map.mdx/],
] as const)('a new lesson that cannot be is refused with a reason: %j', ([wrong, reason]) => {
  expect(() => newLesson(folder, wrong)).toThrow(reason);
});

test('the report counts a lesson more after one was added, with its words and questions', () => {
  // The others are not asked for.
  for (const course of ['sensitizing', 'gender-mainstreaming', 'cases'])
    rmSync(path.join(folder, course), { recursive: true });
  rmSync(path.join(folder, 'published-ids.txt'));
  const first = () => {
    const { courses } = readCampusCourses(folder);
    const course = courses.courses.find(({ id }) => id === 'value-chains')!;
    const lines = reportOf(course, readManuscript(folder, courses).manuscript);
    const number = (pattern: RegExp) =>
      Number(pattern.exec(lines.join('\n'))![1]!.replaceAll(',', ''));
    return {
      all: lessonsOf(course).length,
      lessons: number(/([\d,]+) lessons/),
      words: number(/([\d,]+) words/),
      practice: number(/([\d,]+) practice/),
      kinds: number(/practice questions: .*true-false (\d+)/),
      outcome: number(/explain-local-vcd +(\d+)/),
    };
  };
  const before = first();
  expect(before.lessons).toBe(before.all);
  newLesson(folder, asked);
  const after = first();
  expect(after.lessons).toBe(before.lessons + 1);
  expect(after.words).toBeGreaterThan(before.words + 80);
  expect(after.practice).toBe(before.practice + 3);
  expect(after.kinds).toBe(before.kinds + 3);
  expect(after.outcome).toBe(before.outcome + 1);
});
