import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Command } from 'commander';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { parse } from 'yaml';
import { readCampusCourses } from '../app.server.ts';
import { addBankCommands } from './banks.ts';
import { GradedBank, PracticeBank } from '#features/questions/question.ts';

let folder = '';
let said: string[] = [];
let written: string[] = [];
const { courses } = readCampusCourses('courses');
const at = (name: string) => path.join(folder, name);

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'banks-'));
  [said, written] = [[], []];
  vi.spyOn(console, 'error').mockImplementation((line: string) => said.push(line));
  vi.spyOn(console, 'log').mockImplementation((line: string) => written.push(line));
});
afterEach(() => {
  vi.restoreAllMocks();
  process.exitCode = 0;
  rmSync(folder, { recursive: true, force: true });
});

async function run(...words: string[]) {
  const campus = new Command();
  addBankCommands(campus, () => courses);
  await campus.parseAsync(['banks', ...words], { from: 'user' });
}

test.for(['gift', 'moodle-xml'])('a bank goes out as %s and comes back', async (format) => {
  const id = 'sensitizing/what-is-led/module';
  await run('export', id, '--format', format, '--out', at('bank'));
  expect(said.length).toBeGreaterThan(0);
  expect(said.every((line) => /^[a-z0-9-]+: .*\.$/.test(line))).toBe(true);
  // The format is seen from the file itself.
  await run('import', at('bank'), '--out', at('new.graded.yaml'));
  expect(process.exitCode).toBeFalsy();
  const bank = GradedBank.parse(parse(readFileSync(at('new.graded.yaml'), 'utf8')));
  expect(bank.title).toBe(courses.graded[id]!.bank.title);
  expect(bank.questions.length).toBeGreaterThan(10);
  expect(written).toHaveLength(2);
});

test('what is lost is told by line, and the outcome is the one that was named', async () => {
  writeFileSync(at('some.txt'), '// One\nYes?{T#a#b}\n\nRead this.\n\nWhich?{=a ~b}\n');
  await run('import', at('some.txt'), '--outcome', 'see-it', '--out', at('some.practice.yaml'));
  expect(said).toEqual([
    `${at('some.txt')}:4  read-this: Left out: it is a text without a question.`,
    `${at('some.txt')}:6  which: An answer has no feedback of its own; a filler was put in.`,
  ]);
  const bank = PracticeBank.parse(parse(readFileSync(at('some.practice.yaml'), 'utf8')));
  expect(bank.questions.map(({ id, outcome }) => [id, outcome])).toEqual([
    ['yes', 'see-it'],
    ['which', 'see-it'],
  ]);
});

test.for([
  ['a fault', 'Yes?{T}\n\nWhich?{=a', 'new.practice.yaml', /:3 {2}The answers begin/],
  ['no question that fits', 'Only words.', 'new.practice.yaml', /No question is left/],
  ['a name that says no kind of bank', 'Yes?{T}', 'new.yaml', /must end in/],
  ['a file that is there', 'Yes?{T}', 'taken.practice.yaml', /is there already/],
] as const)('%s: nothing is written, and the command fails', async ([, text, out, message]) => {
  writeFileSync(at('some.gift'), text);
  writeFileSync(at('taken.practice.yaml'), 'mine');
  await run('import', at('some.gift'), '--out', at(out));
  expect(process.exitCode).toBe(1);
  expect(said.join('\n')).toMatch(message);
  expect(existsSync(at('new.practice.yaml'))).toBe(false);
  expect(readFileSync(at('taken.practice.yaml'), 'utf8')).toBe('mine');
});

test('figures are written beside the bank', async () => {
  const svg = '<svg xmlns="http://www.w3.org/2000/svg"><title>A map</title></svg>';
  const file = `<file name="map.svg" encoding="base64">${Buffer.from(svg).toString('base64')}</file>`;
  writeFileSync(
    at('some.xml'),
    `<quiz><question type="truefalse"><name><text>q</text></name>
     <questiontext format="html"><text><![CDATA[Here? <img src="@@PLUGINFILE@@/map.svg">]]></text>${file}</questiontext>
     <answer fraction="100"><text>true</text></answer><answer fraction="0"><text>false</text></answer>
     </question></quiz>`,
  );
  await run('import', at('some.xml'), '--out', at('some.practice.yaml'));
  expect(readFileSync(at('figures/map.svg'), 'utf8')).toBe(svg);
  expect(readFileSync(at('some.practice.yaml'), 'utf8')).toContain('figure: map');
});

test('an unknown bank is told with those that there are', async () => {
  await run('export', 'nonsense', '--format', 'gift', '--out', at('bank'));
  expect(process.exitCode).toBe(1);
  expect(said[0]).toMatch(/no bank "nonsense".*sensitizing\/relevance\/winners/);
});
