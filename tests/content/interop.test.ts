import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { readCampusCourses } from '../../src/app.server.ts';
import { exportGift, importGift } from '#features/interop/gift.server.ts';
import type { Exchange, Exported, ImportResult } from '#features/interop/interop.ts';
import { importMoodleXml } from '#features/interop/moodle-xml-import.server.ts';
import { exportMoodleXml } from '#features/interop/moodle-xml.server.ts';
import { importQti } from '#features/interop/qti-import.server.ts';
import { exportQti } from '#features/interop/qti.server.ts';
import { bankYaml } from '#features/interop/write-bank.ts';
import { PracticeBank } from '#features/questions/question.ts';
import { grade, settled } from '#features/questions/questions.ts';
import { answersTo, mapped, rounded } from '../support/exchanged.ts';

const { courses } = readCampusCourses('courses');
const banks: [string, Exchange][] = [
  ...Object.entries(courses.practice).map(([id, { questions, figures }]): [string, Exchange] => [
    id,
    { title: id, questions, figures },
  ]),
  ...Object.entries(courses.graded).map(([id, { bank }]): [string, Exchange] => [id, bank]),
];
const options = { outcome: 'lost' };
const textOf = (body: Uint8Array) => new TextDecoder().decode(body);
const formats: [string, (exchange: Exchange) => Exported, (body: Uint8Array) => ImportResult][] = [
  ['GIFT', exportGift, (body) => importGift(textOf(body), options)],
  ['Moodle XML', exportMoodleXml, (body) => importMoodleXml(textOf(body), options)],
  ['QTI 3.0', exportQti, (body) => importQti(body, options)],
];

test('there are banks to try', () => {
  expect(banks.length).toBeGreaterThan(5);
});

test.for(
  formats.flatMap((format) => banks.map((bank) => [format[0], bank[0], format, bank] as const)),
)(
  '%s: %s comes back with the same questions, ids and marks',
  ([, , [, exported, imported], [, exchange]]) => {
    const out = exported(exchange);
    const left = out.losses.filter(({ what }) => what.startsWith('Left out'));
    const result = imported(out.file.body);
    if (!result.ok) throw new Error(JSON.stringify(result.faults));
    const { exchange: back, losses } = result.imported;
    expect(losses).toEqual([]);
    expect(back.title).toBe(exchange.title);
    const sent = exchange.questions.filter(
      ({ id }) => !left.some(({ question }) => question === id),
    );
    expect(back.questions.map(({ id }) => id)).toEqual(sent.map(({ id }) => id));
    for (const [at, question] of sent.entries()) {
      const again = back.questions[at]!;
      const [before, after] = [settled(question, 1), settled(again, 1)];
      for (const answer of fc.sample(answersTo(before), 1000)) {
        const mark = grade(after, mapped(answer, before, after));
        expect(rounded(mark)).toEqual(rounded(grade(before, answer)));
      }
    }
  },
);

test.for(banks)('%s: written as YAML it reads the same', ([, exchange]) => {
  expect(PracticeBank.parse(parse(bankYaml(exchange))).questions).toEqual(exchange.questions);
});
