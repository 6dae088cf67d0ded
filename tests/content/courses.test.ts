import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readCampusCourses } from '../../src/app.server.ts';
import { activityId } from '#features/catalog/course.ts';
import { idsOf } from '#features/catalog/courses.server.ts';

const module = 'sensitizing/en/01-relevance';
const lesson = `${module}/01-winners-and-losers.mdx`;
const bank = `${module}/winners.practice.yaml`;
let folder = '';

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'courses-'));
  cpSync('courses', folder, { recursive: true });
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const text = (file: string) => readFileSync(path.join(folder, file), 'utf8');
/** Puts something else in place of the first match, or at the end; returns the line it stands on. */
function change(file: string, from: string | RegExp | undefined, to: string): number {
  const before = text(file);
  const after = from === undefined ? `${before}\n${to}\n` : before.replace(from, to);
  expect(after).not.toBe(before);
  writeFileSync(path.join(folder, file), after);
  return after.slice(0, after.indexOf(to)).split('\n').length;
}
const faults = () => readCampusCourses(folder).faults;

test('what we publish has nothing to put right, and no published id has vanished', () => {
  const { courses, faults: found } = readCampusCourses('courses');
  expect(found).toEqual([]);
  const published = readFileSync('courses/published-ids.txt', 'utf8').trim().split('\n');
  const ids = idsOf(courses);
  expect(published.filter((id) => !ids.includes(id))).toEqual([]);
  expect(
    ids.filter((id) => !published.includes(id)),
    'run: npm run campus -- courses record-ids',
  ).toEqual([]);
});

test.for([
  [
    'a tag that does not exist',
    '<Quizz name="winners" />',
    /no tag <Quizz>.*Lessons may use: Quiz/,
  ],
  ['a missing attribute', '<Term>word</Term>', /<Term> needs id/],
  ['an unknown attribute', '<Note kind="key" colour="red">x</Note>', /no attribute "colour"/],
  [
    'an unknown kind of note',
    '<Note kind="joke">x</Note>',
    /no kind of note "joke".*key, case, try, careful/,
  ],
  ['an unknown term', '<Term id="nonsense">word</Term>', /no term "nonsense" in glossary\/en.yaml/],
  ['an unknown source', '<Source id="nonsense" />', /no source "nonsense"/],
  ['a figure that is not there', '<Figure name="nonsense" />', /no figure .*nonsense.svg/],
  ['a bank that is not there', '<Quiz name="nonsense" />', /no bank .*nonsense.practice.yaml/],
  [
    'a graded bank shown for practice',
    '<Quiz name="module" />',
    /graded bank, whose key must stay/,
  ],
  ['an import', 'import x from "./x.js"', /no imports/],
  ['code in braces', 'It costs {price}.', /no \{ … \} code/],
  ['a first-level heading', '# Title', /Headings start at level two/],
  ['an image', '![alt](x.png)', /Use <Figure/],
] as const)('an author is told about %s, with file and line', ([, wrong, message]) => {
  const line = change(lesson, undefined, wrong);
  expect(faults()).toContainEqual({
    file: lesson,
    line,
    message: expect.stringMatching(message) as string,
  });
});

test.for([
  [
    'a misspelt field',
    /correct: true/,
    'corect: true',
    /no field "corect" here\. Did you mean "correct"/,
  ],
  ['a question without a key', /correct: true/, 'correct: false', /no choice is the key/],
  [
    'an outcome that the course has not',
    /outcome: [\w-]+/,
    'outcome: nonsense',
    /no outcome "nonsense".*explain-why-now/,
  ],
  ['broken YAML', /questions:/, 'questions: [', /not valid YAML/],
] as const)('an author is told about %s in a bank', ([, from, to, message]) => {
  change(bank, from, to);
  const found = faults().find((fault) => fault.file === bank && message.test(fault.message));
  expect(found?.line).toBeGreaterThan(0);
});

test('an id used twice, a figure without a description and an unknown outcome of a lesson are told', () => {
  const first = /- id: ([\w-]+)/.exec(text(bank))![1]!;
  change(bank, /(- id: [\w-]+[\s\S]*?)- id: [\w-]+\n( {4}kind)/, `$1- id: ${first}\n$2`);
  const figure = `${module}/figures/two-towns.svg`;
  change(figure, /<desc>[\s\S]*?<\/desc>/, '<desc></desc>');
  change(lesson, /outcomes: \[.*\]/, 'outcomes: [nonsense]');
  const messages = faults().map(({ file, message }) => `${file} ${message}`);
  expect(messages).toContainEqual(expect.stringContaining(`the id "${first}" is used twice`));
  expect(messages).toContainEqual(expect.stringMatching(/two-towns.svg Add a <desc>/));
  expect(messages).toContainEqual(expect.stringContaining('no outcome "nonsense"'));
});

test('an id that was published may not vanish', () => {
  change('published-ids.txt', undefined, 'sensitizing/relevance/once-upon-a-time');
  expect(faults()).toContainEqual(
    expect.objectContaining({
      file: 'published-ids.txt',
      message: expect.stringContaining('bring it back') as string,
    }),
  );
});

test('an id has neither language nor number, so that chapters can be moved', () => {
  expect(activityId('sensitizing/en/01-relevance/01-winners-and-losers.mdx')).toBe(
    'sensitizing/relevance/winners-and-losers',
  );
  expect(activityId('sensitizing/es/07-relevance/module.graded.yaml')).toBe(
    'sensitizing/relevance/module',
  );
});

test('a case that cites no known source or names no lesson is told with its line', () => {
  const file = 'cases/en.yaml';
  const source = change(file, 'source: ghana-2024', 'source: nonsense');
  expect(faults()).toEqual([
    { file, line: source, message: 'There is no source "nonsense" in references.yaml.' },
  ]);
  change(file, 'source: nonsense', 'source: ghana-2024');
  const lesson = change(file, 'lessons: [sensitizing/cases/ghana,', 'lessons: [sensitizing/x,');
  expect(faults()).toEqual([
    { file, line: lesson, message: 'There is no lesson "sensitizing/x".' },
  ]);
});

test('a rung that is not on the evidence ladder is refused', () => {
  change('cases/en.yaml', 'evidence: B', 'evidence: F');
  expect(faults().map(({ message }) => message)).toEqual([
    expect.stringMatching(/^ghana.evidence/),
  ]);
});
