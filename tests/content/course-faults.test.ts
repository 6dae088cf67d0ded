import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readCampusCourses } from '../../src/app.server.ts';
import { idsOf } from '#features/catalog/courses.server.ts';

// The smallest folder of courses that has everything.
const frame = 'town/course.yaml';
const words = 'town/en/course.yaml';
const lesson = 'town/en/01-market/01-stalls.mdx';
const practice = 'town/en/01-market/prices.practice.yaml';
const graded = 'town/en/01-market/module.graded.yaml';
const figure = 'town/en/01-market/figures/square.svg';
const small: Record<string, string> = {
  'glossary/en.yaml': `market:
  term: Market
  definition: Where people trade.
stall:
  term: Stall
  definition: A table on a market.
  see: [market]
`,
  'references.yaml': `ward-2020:
  title: On Markets
  author: A. Ward
  year: 2020
`,
  [frame]: `outcomes: [explain]
modules: [market]
`,
  [words]: `title: The Town
summary: How a town earns.
outcomes:
  explain: Explain a market.
modules:
  market:
    title: The market
    summary: Who trades.
`,
  [lesson]: `---
title: Stalls
summary: Who stands where.
minutes: 5
outcomes: [explain]
---

A <Term id="stall">stall</Term> is rented.<Source id="ward-2020" />

<Figure name="square" />

<Reflect id="mine">Who trades in your town?</Reflect>

<Quiz name="prices" />
`,
  [practice]: `questions:
  - id: dear
    kind: choice
    outcome: explain
    prompt: What is dear?
    choices:
      - id: gold
        text: Gold
        correct: true
        feedback: It is rare.
      - id: sand
        text: Sand
        feedback: There is a lot.
  - id: cheap
    kind: true-false
    outcome: explain
    prompt: Sand is cheap.
    answer: true
    feedback:
      true: There is a lot.
      false: Look around.
`,
  [graded]: `title: Check
draw: 1
pass: 0.5
attempts: 2
questions:
  - id: dear
    kind: true-false
    outcome: explain
    prompt: Gold is dear.
    answer: true
    feedback:
      true: It is.
      false: It is not cheap.
  - id: sorted
    kind: ordering
    outcome: explain
    prompt: From cheap to dear.
    items:
      - { id: sand, text: Sand }
      - { id: salt, text: Salt }
      - { id: gold, text: Gold }
    feedback:
      right: Yes.
      wrong: No.
`,
  [figure]: `<svg viewBox="0 0 10 10">
  <title>The square</title>
  <desc>Stalls around a well.</desc>
  <circle r="1" />
</svg>
`,
};

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'small-courses-'));
  for (const [file, text] of Object.entries(small)) write(file, text);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(file: string, text: string) {
  mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
  writeFileSync(path.join(folder, file), text);
}
const faults = () => readCampusCourses(folder).faults;

test('the courses we teach hold at least two lessons, each with minutes, an outcome and a question', () => {
  const { courses, faults: found } = readCampusCourses('courses');
  expect(found).toEqual([]);
  const lessons = courses.courses.flatMap(({ modules }) => modules.flatMap((one) => one.lessons));
  expect(lessons.length).toBeGreaterThanOrEqual(2);
  for (const { id, questions } of lessons) expect([id, questions.length > 0]).toEqual([id, true]);
});

test.for([
  ['square.scenario.yml', 'Nothing reads this. Did you mean "square.scenario.yaml"?'],
  ['square.strategy.yaml', 'Nothing reads this. Did you mean "square.strategies.yaml"?'],
  ['prices.yaml', 'Nothing reads this. Files of a module end in .mdx, .practice.yaml,'],
  ['square.strategies.yaml', 'There is no "square.scenario.yaml" beside it'],
] as const)('a file of a module that nothing would read is told: %s', ([name, message]) => {
  const file = `town/en/01-market/${name}`;
  write(file, 'about: A\n');
  expect(faults()).toEqual([
    { file, line: 1, message: expect.stringContaining(message) as string },
  ]);
});

test('a small course without mistakes is read whole, and its check stays apart from practice', () => {
  const { courses, faults: found } = readCampusCourses(folder);
  expect(found).toEqual([]);
  expect(courses.courses).toMatchObject([
    {
      id: 'town',
      outcomes: [{ id: 'explain', text: 'Explain a market.' }],
      modules: [
        {
          id: 'town/market',
          graded: ['town/market/module'],
          lessons: [
            {
              id: 'town/market/stalls',
              minutes: 5,
              questions: ['town/market/prices/dear', 'town/market/prices/cheap'],
              notes: ['town/market/stalls/mine'],
              sources: ['ward-2020'],
            },
          ],
        },
      ],
    },
  ]);
  expect(Object.keys(courses.practice)).toEqual(['town/market/prices']);
  expect(Object.keys(courses.graded)).toEqual(['town/market/module']);
  expect(idsOf(courses)).toEqual([
    'town',
    'town/market',
    'town/market/module',
    'town/market/module/dear',
    'town/market/module/sorted',
    'town/market/prices',
    'town/market/prices/cheap',
    'town/market/prices/dear',
    'town/market/stalls',
    'town/market/stalls/mine',
  ]);
});

// What is changed from and to, where the mistake is then found, and what the author reads.
test.for([
  // In a lesson.
  ['an unknown term', lesson, 'id="stall"', 'id="stal"', 8, /no term "stal" in glossary\/en.yaml/],
  ['an unknown source', lesson, 'ward-2020', 'ward-2021', 8, /no source "ward-2021" in references/],
  ['an unknown figure', lesson, '"square"', '"circle"', 10, /no figure .*\/figures\/circle.svg/],
  ['an unknown bank', lesson, '"prices"', '"price"', 14, /no bank .*price.practice.yaml/],
  ['a check as practice', lesson, '"prices"', '"module"', 14, /graded bank.*name a practice bank/],
  ['a bank shown twice', lesson, '/>\n\n<R', '/>\n<Quiz name="prices" />\n\n<R', 15, /shown twice/],
  ['an unknown tag', lesson, '<Figure', '<Figur', 10, /no tag <Figur>. Lessons may use: .*Figure/],
  ['an import', lesson, '\nA <', "\nimport x from 'x'\n\nA <", 8, /no imports or exports: remove/],
  ['a tag left open', lesson, '</Reflect>', '', 12, /cannot be read/],
  ['an unknown outcome', lesson, '[explain]', '[explian]', 5, /no outcome "explian".*has: explain/],
  ['half a minute', lesson, 'minutes: 5', 'minutes: 2.5', 4, /minutes: give whole minutes/],
  [
    'front matter that is no YAML',
    lesson,
    'title: Stalls',
    'title: Stalls: all',
    2,
    /Put quotes around the text/,
  ],
  // In a bank.
  ['an unknown outcome', practice, 'explain', 'explian', 4, /no outcome "explian".*has: explain/],
  ['an id used twice', practice, 'id: cheap', 'id: dear', 14, /id "dear" is used twice here/],
  ['a choice used twice', practice, 'id: sand', 'id: gold', 11, /id "gold" is used twice here/],
  ['no key', practice, 'correct: true', 'correct: false', 6, /no choice is the key/],
  [
    'several keys and no "multiple"',
    practice,
    'text: Sand',
    'text: Sand\n        correct: true',
    6,
    /several choices are right: add "multiple: true" or keep one/,
  ],
  ['a kind that there is not', practice, 'kind: choice', 'kind: chose', 3, /Expected 'choice' \|/],
  ['an empty prompt', practice, 'prompt: What is dear?', 'prompt: " "', 5, /must not be empty/],
  ['an id in capitals', practice, 'id: dear', 'id: Dear', 2, /lower-case words joined by hyphens/],
  [
    'a figure that there is not',
    practice,
    'prompt: What is dear?',
    'prompt: What?\n    figure: circle',
    6,
    /no figure .*\/figures\/circle.svg/,
  ],
  [
    'a lesson to read again that there is not',
    practice,
    'prompt: What is dear?',
    'prompt: What?\n    reread: stools',
    6,
    /no lesson "stools". It has: stalls/,
  ],
  [
    'a heading that the lesson has not',
    practice,
    'prompt: What is dear?',
    'prompt: What?\n    reread: stalls#wells',
    6,
    /lesson "stalls" has no heading "wells"/,
  ],
  [
    'a term that the glossary has not',
    practice,
    'prompt: What is dear?',
    'prompt: What is [dear](term:deer)?',
    2,
    /no term "deer"/,
  ],
  ['too few drawn from', graded, 'draw: 1', 'draw: 3', 2, /draws 3 questions but has only 2/],
  // In what the course is made of.
  ['a figure without words', figure, 'Stalls around a well.', '', 1, /Add a <desc>.*read out/],
  ['a figure with colours', figure, ' r="1"', ' r="1" fill="red"', 4, /Remove colours/],
  ['a module without a folder', frame, '[market]', '[market, port]', 2, /no folder for.*"port"/],
  ['an outcome without words', frame, '[explain]', '[explain, count]', 3, /"count".*no words here/],
  ['words for no outcome', words, 'explain:', 'count:', 4, /"count" is not in ..\/course.yaml/],
  ['a cross-reference to nothing', 'glossary/en.yaml', '[market]', '[port]', 7, /no term: "port"/],
] as const)('an author is told of %s in %s', ([, file, from, to, line, message]) => {
  const changed = small[file]!.replace(from, to);
  expect(changed).not.toBe(small[file]);
  write(file, changed);
  // What course.yaml names without words is told in the file that lacks them, which is called alike.
  const found = faults().map((fault) => ({ ...fault, file: path.basename(fault.file) }));
  expect(found).toContainEqual({
    file: path.basename(file),
    line,
    message: expect.stringMatching(message) as string,
  });
});

test.for([
  [lesson, 'minutes', 'minuets'],
  [practice, 'correct:', 'corect:'],
  [graded, 'attempts', 'atempts'],
  ['glossary/en.yaml', 'definition', 'defintion'],
  ['references.yaml', 'author', 'auhtor'],
  [words, 'summary', 'sumary'],
] as const)('in %s, a misspelt "%s" is told by the name that was written', ([file, from, to]) => {
  write(file, small[file]!.replace(from, to));
  expect(faults()).toContainEqual({
    file,
    line: expect.any(Number) as number,
    message: expect.stringContaining(
      `There is no field "${to.replace(':', '')}" here. Did you mean "${from.replace(':', '')}"`,
    ) as string,
  });
});

test('a lesson and a bank may not share a name, for their records would be one', () => {
  write('town/en/01-market/stalls.practice.yaml', small[practice]!);
  expect(faults()).toContainEqual({
    file: lesson,
    line: 1,
    message: expect.stringMatching(
      /id "town\/market\/stalls" is taken by .*stalls.practice.yaml/,
    ) as string,
  });
});

test('two prompts for notes with one id would share their text, and are told', () => {
  write(lesson, `${small[lesson]!}\n<Reflect id="mine">And next year?</Reflect>\n`);
  expect(faults()).toContainEqual({
    file: lesson,
    line: 16,
    message: expect.stringContaining('"town/market/stalls/mine" is taken') as string,
  });
});

test('a folder that no course names is told', () => {
  mkdirSync(path.join(folder, 'town/en/02-port'));
  expect(faults()).toContainEqual({
    file: frame,
    line: 2,
    message: expect.stringContaining('add "port"') as string,
  });
});

test.for(['glossary/en.yaml', 'references.yaml', words])('%s may not be missing', (file) => {
  rmSync(path.join(folder, file));
  expect(faults()).toContainEqual({ file, line: 1, message: 'This file is missing.' });
});

test('all mistakes are told at once, each where it stands', () => {
  write(lesson, small[lesson]!.replace('"stall"', '"stal"').replace('"square"', '"circle"'));
  write(practice, small[practice]!.replace('outcome: explain', 'outcome: count'));
  expect(faults().map(({ file, line }) => [path.basename(file), line])).toEqual([
    ['prices.practice.yaml', 4],
    ['01-stalls.mdx', 8],
    ['01-stalls.mdx', 10],
  ]);
});

test('an id that was published and vanished is told by the line it was written down on', () => {
  write('published-ids.txt', 'town\ntown/market/fair\ntown/market/stalls\n');
  expect(faults()).toEqual([
    {
      file: 'published-ids.txt',
      line: 2,
      message: expect.stringMatching(/"town\/market\/fair" was published.*bring it back/) as string,
    },
  ]);
});

test('a check whose words changed is a new version, one with a new remark for authors is not', () => {
  const versionOf = () => readCampusCourses(folder).courses.graded['town/market/module']!.hash;
  const before = versionOf();
  write(graded, `# A remark\n${small[graded]!}`);
  expect(versionOf()).toBe(before);
  write(graded, small[graded]!.replace('It is.', 'It really is.'));
  expect(versionOf()).not.toBe(before);
});

test('a tag that stands by itself is told within a sentence, and so are curly quotes around its name', () => {
  const sentence = small[lesson]!.replace(
    '<Quiz name="prices" />',
    'Now <Quiz name="prices" /> go on.',
  );
  write(lesson, sentence);
  expect(faults()).toEqual([
    expect.objectContaining({
      file: lesson,
      message: 'Write <Quiz> on a line of its own, with an empty line before and after.',
    }),
  ]);
  write(lesson, small[lesson]!.replace('<Quiz name="prices" />', '<Quiz name=“prices” />'));
  expect(faults()[0]!.message).toContain('Put straight double quotes around the value: name="…".');
});
