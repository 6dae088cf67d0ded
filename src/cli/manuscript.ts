import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { z } from 'zod';
import { Cases } from '#features/catalog/case.ts';
import {
  CourseFrame,
  Glossary,
  LessonFront,
  References,
  activityId,
} from '#features/catalog/course.ts';
import type { Courses } from '#features/catalog/courses.ts';
import { readLesson } from '#features/catalog/lesson-tags.server.ts';
import { type Fault, readYaml } from '#platform/yaml.server.ts';
import { termsIn } from '#features/questions/markdown.server.ts';
import { GradedBank, PracticeBank } from '#features/questions/question.ts';
import type {
  BankText,
  FigureText,
  Manuscript,
  ScenarioText,
} from '#features/editorial/manuscript.ts';
import { Scenario } from '#features/simulation/scenario.ts';

const Text = z.string().trim().min(1);
const NamesFile = z.strictObject({
  invented: z.array(Text).default([]),
  real: z.array(Text).default([]),
  people: z.array(Text).default([]),
  words: z.array(Text).default([]),
});

const proseFields = new Set([
  ...['title', 'text', 'place', 'role', 'briefing', 'unless', 'why', 'expert'],
  ...['label', 'name', 'goal', 'theme'],
]);
/** What a scenario says to players, each with the way to it. */
function saidIn(
  value: unknown,
  path: (string | number)[] = [],
): { text: string; path: (string | number)[] }[] {
  if (typeof value === 'string')
    return proseFields.has(String(path.at(-1))) ? [{ text: value, path }] : [];
  if (Array.isArray(value)) return value.flatMap((each, at) => saidIn(each, [...path, at]));
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([name, each]) => saidIn(each, [...path, name]));
}

const drawnBy = (draw: GradedBank['draw']) =>
  typeof draw === 'number' ? draw : draw.reduce((sum, { count }) => sum + count, 0);

/**
 * Reads the folder of courses as an editor does. The courses are those that were read from it without a fault.
 *
 * Faults are only those of the editor's own files, `names.yaml` and `fingerprints.txt`, both of which may be missing.
 */
export function readManuscript(
  folder: string,
  { courses, language }: Courses,
): { manuscript: Manuscript; faults: Fault[] } {
  const text = (file: string) => readFileSync(path.join(folder, file), 'utf8');
  const list = (of: string) =>
    existsSync(path.join(folder, of)) ? readdirSync(path.join(folder, of)).sort() : [];
  const sheet = <S extends z.ZodType>(schema: S, file: string) =>
    readYaml(schema, text(file), { file }).sheet!;

  const banks: BankText[] = [];
  const figures: FigureText[] = [];
  const lessons: Manuscript['lessons'] = [];
  const scenarios: ScenarioText[] = [];
  const termsInQuestions = new Set<string>();
  for (const course of courses) {
    for (const module of list(`${course.id}/${language}`).filter((name) => /^\d+-/.test(name))) {
      const place = `${course.id}/${language}/${module}`;
      const own = course.modules.find(({ id }) => id === activityId(place));
      const usedFigures = new Set<string>();
      const weights = new Map<string, number>();
      const weigh = (of: string) => {
        if (!weights.has(of)) weights.set(of, gzipSync(text(of)).length);
        return weights.get(of)!;
      };
      for (const name of list(place).filter((one) => /\.(practice|graded)\.yaml$/.test(one))) {
        const file = `${place}/${name}`;
        const graded = name.endsWith('.graded.yaml');
        const { data, lineOf } = sheet(graded ? GradedBank : PracticeBank, file);
        for (const question of data.questions) {
          if (question.figure) usedFigures.add(question.figure);
          for (const term of termsIn(question)) termsInQuestions.add(term);
        }
        banks.push({
          id: activityId(file),
          course: course.id,
          file,
          graded,
          ...('draw' in data ? { drawn: drawnBy(data.draw) } : {}),
          questions: data.questions.map((question, at) => ({
            question,
            line: lineOf(['questions', at, 'id']),
          })),
        });
      }
      for (const name of list(place).filter((one) => one.endsWith('.scenario.yaml'))) {
        const file = `${place}/${name}`;
        const { data, lineOf } = sheet(Scenario, file);
        for (const { figure } of data.scenes) if (figure) usedFigures.add(figure);
        if (data.board) usedFigures.add(data.board);
        scenarios.push({
          name: name.replace('.scenario.yaml', ''),
          file,
          texts: saidIn(data).map(({ text: said, path: way }) => ({
            text: said,
            line: lineOf(way),
          })),
          place: { text: data.place, line: lineOf(['place']) },
          invited: (own?.lessons ?? []).some(({ simulations }) =>
            simulations.includes(activityId(file)),
          ),
        });
      }
      for (const lesson of own?.lessons ?? []) {
        const { tags, blocks, front } = readLesson(text(lesson.file), lesson.file);
        const { data, lineOf } = readYaml(LessonFront, front.text, {
          file: lesson.file,
          firstLine: front.firstLine,
        }).sheet!;
        const shown = (tag: string) =>
          tags.filter(({ name }) => name === tag).map(({ attributes }) => attributes.name ?? '');
        for (const figure of shown('Figure')) usedFigures.add(figure);
        lessons.push({
          id: lesson.id,
          course: course.id,
          file: lesson.file,
          title: lesson.title,
          summary: lesson.summary,
          outcomes: lesson.outcomes,
          blocks,
          tags,
          questions: lesson.questions,
          worked: data.worked.map(({ given, finds }, at) => ({
            given,
            finds: Object.entries(finds).map(([found, formula]) => ({ shown: found, formula })),
            line: lineOf(['worked', at]),
          })),
          weight: [
            lesson.file,
            ...shown('Quiz').map((one) => `${place}/${one}.practice.yaml`),
            ...shown('Figure').map((one) => `${place}/figures/${one}.svg`),
          ].reduce((sum, file) => sum + weigh(file), 0),
        });
      }
      for (const name of list(`${place}/figures`)) {
        const file = `${place}/figures/${name}`;
        const bare = name.replace(/\.svg$/, '');
        figures.push({ file, name: bare, svg: text(file), used: usedFigures.has(bare) });
      }
    }
  }

  const glossaryFile = `glossary/${language}.yaml`;
  const glossary = sheet(Glossary, glossaryFile);
  const references = sheet(References, 'references.yaml');
  const casesFile = `cases/${language}.yaml`;
  const cases = existsSync(path.join(folder, casesFile)) ? sheet(Cases, casesFile) : undefined;
  const namesFile = 'names.yaml';
  const names = existsSync(path.join(folder, namesFile))
    ? readYaml(NamesFile, text(namesFile), { file: namesFile })
    : { sheet: { data: NamesFile.parse({}) }, faults: [] };
  const prints = path.join(folder, 'fingerprints.txt');
  const manuscript: Manuscript = {
    courses: courses.map(({ id, outcomes }) => {
      const file = `${id}/course.yaml`;
      const frame = sheet(CourseFrame, file);
      return {
        id,
        file,
        draft: frame.data.draft,
        outcomes: outcomes.map((one, at) => ({ id: one.id, line: frame.lineOf(['outcomes', at]) })),
      };
    }),
    lessons,
    banks,
    scenarios,
    figures,
    glossary: {
      file: glossaryFile,
      terms: Object.entries(glossary.data).map(([id, { definition, see }]) => ({
        id,
        definition,
        see,
        line: glossary.lineOf([id]),
      })),
    },
    references: {
      file: 'references.yaml',
      sources: Object.entries(references.data).map(([id, { title, author, publisher }]) => ({
        id,
        words: [title, author, publisher].join(' '),
        line: references.lineOf([id]),
      })),
    },
    cases: {
      file: casesFile,
      entries: Object.entries(cases?.data ?? {}).map(([id, one]) => ({
        texts: [
          one.summary,
          one.evidenceBecause,
          one.disagree ?? '',
          one.unknown,
          one.take,
          ...one.facts.map(({ text: fact }) => fact),
        ],
        sources: one.facts.map(({ source }) => source),
        line: cases!.lineOf([id]),
      })),
    },
    termsInQuestions: [...termsInQuestions],
    names: names.sheet?.data ?? NamesFile.parse({}),
    fingerprints: new Set(
      existsSync(prints)
        ? readFileSync(prints, 'utf8')
            .split(/\s+/)
            .filter(Boolean)
            .map((one) => Number.parseInt(one, 36))
        : [],
    ),
  };
  return { manuscript, faults: names.faults };
}
