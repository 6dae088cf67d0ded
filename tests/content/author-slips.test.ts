import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readCampusCourses } from '../../src/app.server.ts';

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
const write = (file: string, words: string) => writeFileSync(path.join(folder, file), words);
const faults = () => readCampusCourses(folder).faults;

test('a bank or a title that begins with *emphasis* is a fault with a line, and not a crash', () => {
  write(lesson, text(lesson).replace(/title: .*/, 'title: *Winners*'));
  expect(faults()).toContainEqual(expect.objectContaining({ file: lesson, line: 2 }));
});
test('the ids of a Windows checkout (CRLF) have not vanished', () => {
  write('published-ids.txt', text('published-ids.txt').replaceAll('\n', '\r\n'));
  expect(faults()).toEqual([]);
});
test('a prompt whose id no learning event can carry is told', () => {
  write(lesson, `${text(lesson)}\n<Reflect id="My Note">What?</Reflect>\n`);
  expect(faults()).not.toEqual([]);
});
test('a lesson whose file name no learning event can carry is told', () => {
  write(
    `${module}/09-My Town.mdx`,
    text(lesson)
      .replace(/<(Quiz|Reflect)[^>]*>/g, '')
      .replaceAll('</Reflect>', ''),
  );
  expect(faults()).not.toEqual([]);
});
test('two folders of one module are told, instead of one being left out', () => {
  cpSync(path.join(folder, module), path.join(folder, 'sensitizing/en/00-relevance'), {
    recursive: true,
  });
  expect(faults()).not.toEqual([]);
});
test('a misspelt field is told on its own line', () => {
  const line =
    text(bank)
      .split('\n')
      .findIndex((one) => one.includes('correct: true')) + 1;
  write(bank, text(bank).replace('correct: true', 'corect: true'));
  expect(faults().find(({ message }) => message.includes('"corect"'))?.line).toBe(line);
});
