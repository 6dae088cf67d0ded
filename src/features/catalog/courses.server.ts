import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import type { z } from 'zod';
import { Cases } from './case.ts';
import {
  type Course,
  CourseFrame,
  CourseWords,
  Glossary,
  LessonFront,
  type Module,
  References,
  activityId,
  lessonsOf,
  urlOf,
} from './course.ts';
import { checkFigure } from './figure.ts';
import { readLesson } from './lesson-tags.server.ts';
import { nearestName } from '#platform/nearest-name.ts';
import { type Fault, type Sheet, readYaml } from '#platform/yaml.server.ts';

/** The write door takes no other: see `learning-log/event.ts`. */
const lastingId = /^[a-z0-9-]+(\/[a-z0-9-]+)*$/;

/** What this feature needs to know of a bank: the rest is the business of whoever hands over the schema. */
interface BankShape {
  questions: {
    id: string;
    outcome: string;
    figure?: string | undefined;
    /** A lesson of the module, and a heading in it: `new-duties#who-pays`. */
    reread?: string | undefined;
  }[];
  /** The SVG of each figure that a question names; filled in here, so that a version of a bank is whole. */
  figures: Record<string, string>;
}
/** What this feature needs to know of a scenario. */
interface ScenarioShape {
  title: string;
  place: string;
  minutes: number;
  /** A figure that changes with the run. */
  board?: string | undefined;
  scenes: { figure?: string | undefined }[];
  figures: Record<string, string>;
  debrief: { lessons: string[] };
}
/** What an author may have meant by a name that nothing has. */
function hint(name: string, known: readonly string[]): string {
  const near = nearestName(name, known);
  if (near) return ` Did you mean "${near}"?`;
  return known.length === 0 || known.length > 12 ? '' : ` There are: ${known.join(', ')}.`;
}

/** How banks and scenarios are read: the catalog knows where they stand, not what is in them. */
export interface Schemas<P extends BankShape, G extends BankShape, S extends ScenarioShape> {
  practice: z.ZodType<P>;
  graded: z.ZodType<G>;
  scenario: z.ZodType<S>;
  /** What is wrong with what a board says of its scenario. */
  checkBoard: (svg: string, scenario: S) => { line: number; message: string }[];
  /** The glossary's terms that a question's texts explain. */
  termsIn: (question: P['questions'][number] | G['questions'][number]) => string[];
}

/** All that is taught, in one language, checked. */
export interface Courses<P = unknown, G = unknown, S = unknown> {
  language: string;
  courses: Course[];
  glossary: Glossary;
  references: References;
  /** What is known of places that tried. */
  cases: Cases;
  /** By id, such as `sensitizing/relevance/winners`. */
  practice: Record<string, P>;
  /** Where to read again, by question object. */
  rereads: Record<string, { url: string; heading: string }>;
  /** By id, with the hash of its content. Never leaves the server. */
  graded: Record<string, { hash: string; bank: G }>;
  /** Simulations by id, such as `sensitizing/decide/valora`, with the hash of their content. */
  scenarios: Record<string, { hash: string; scenario: S }>;
}

/**
 * Reads and checks the folder of courses in one language.
 *
 * Everything an author has to put right is in `faults`, by file and line; while there are any, what is wrong is left
 * out of `courses`.
 */
export function readCourses<P extends BankShape, G extends BankShape, S extends ScenarioShape>(
  folder: string,
  schemas: Schemas<P, G, S>,
  language = 'en',
): { courses: Courses<P, G, S>; faults: Fault[] } {
  const faults: Fault[] = [];
  const seen = new Map<string, string>();

  const text = (file: string) => readFileSync(path.join(folder, file), 'utf8');
  const list = (of: string) =>
    existsSync(path.join(folder, of)) ? readdirSync(path.join(folder, of)).sort() : [];
  const sheet = <S extends z.ZodType>(file: string, schema: S): Sheet<z.infer<S>> | undefined => {
    if (!existsSync(path.join(folder, file))) {
      faults.push({ file, line: 1, message: 'This file is missing.' });
      return undefined;
    }
    const read = readYaml(schema, text(file), { file });
    faults.push(...read.faults);
    return read.sheet;
  };
  /** Ids are lasting and must be unique over all kinds of content. */
  const claim = (id: string, file: string, line = 1) => {
    const other = seen.get(id);
    if (other) faults.push({ file, line, message: `The id "${id}" is taken by ${other}.` });
    if (!lastingId.test(id)) {
      const message = `"${id}" can't be an id: use lower-case words joined by hyphens.`;
      faults.push({ file, line, message });
    }
    seen.set(id, file);
  };

  const glossaryFile = `glossary/${language}.yaml`;
  const glossary = sheet(glossaryFile, Glossary);
  for (const [id, { see }] of Object.entries(glossary?.data ?? {})) {
    for (const other of see) {
      if (glossary && !Object.hasOwn(glossary.data, other)) {
        const line = glossary.lineOf([id, 'see']);
        faults.push({ file: glossaryFile, line, message: `"see" names no term: "${other}".` });
      }
    }
  }
  const references = sheet('references.yaml', References);

  const result: Courses<P, G, S> = {
    language,
    courses: [],
    glossary: glossary?.data ?? {},
    references: references?.data ?? {},
    cases: {},
    practice: {},
    rereads: {},
    graded: {},
    scenarios: {},
  };

  const order = new Map<string, number>();
  for (const courseId of list('.')) {
    if (!existsSync(path.join(folder, courseId, 'course.yaml'))) continue;
    const frame = sheet(`${courseId}/course.yaml`, CourseFrame);
    const wordsFile = `${courseId}/${language}/course.yaml`;
    const words = sheet(wordsFile, CourseWords);
    if (!frame || !words) continue;
    claim(courseId, `${courseId}/course.yaml`);
    order.set(courseId, frame.data.order);

    for (const field of ['outcomes', 'modules'] as const) {
      for (const id of frame.data[field]) {
        if (!Object.hasOwn(words.data[field], id)) {
          const message = `${field}: "${id}" of ../course.yaml has no words here.`;
          faults.push({ file: wordsFile, line: words.lineOf([field]), message });
        }
      }
      for (const id of Object.keys(words.data[field])) {
        if (!frame.data[field].includes(id)) {
          const message = `${field}: "${id}" is not in ../course.yaml.`;
          faults.push({ file: wordsFile, line: words.lineOf([field, id]), message });
        }
      }
    }
    const checkOutcome = (id: string, file: string, line: number) => {
      if (frame.data.outcomes.includes(id)) return;
      const message = `There is no outcome "${id}". The course has: ${frame.data.outcomes.join(', ')}.`;
      faults.push({ file, line, message });
    };

    const folders = new Map<string, string>();
    for (const name of list(`${courseId}/${language}`).filter((one) => /^\d+-/.test(one))) {
      const slug = name.replace(/^\d+-/, '');
      const place = `${courseId}/${language}/${name}`;
      const other = folders.get(slug);
      if (other)
        faults.push({
          file: place,
          line: 1,
          message: `The module "${slug}" is in ${other} already.`,
        });
      else folders.set(slug, place);
    }
    for (const [slug, place] of folders) {
      if (!frame.data.modules.includes(slug)) {
        const message = `The folder ${place} is not among the modules; add "${slug}".`;
        faults.push({ file: `${courseId}/course.yaml`, line: frame.lineOf(['modules']), message });
      }
    }

    const modules: Module[] = [];
    const rereads: {
      object: string;
      module: Module;
      reread: string;
      file: string;
      line: number;
    }[] = [];
    const toRead: { ids: string[]; file: string; line: number }[] = [];
    let complete = true;
    for (const slug of frame.data.modules) {
      const place = folders.get(slug);
      if (!place) {
        const line = frame.lineOf(['modules']);
        const message = `There is no folder for the module "${slug}" in ${courseId}/${language}.`;
        faults.push({ file: `${courseId}/course.yaml`, line, message });
        continue;
      }
      const moduleWords = words.data.modules[slug];
      const module: Module = {
        id: `${courseId}/${slug}`,
        title: moduleWords?.title ?? slug,
        summary: moduleWords?.summary ?? '',
        lessons: [],
        graded: [],
        scenarios: [],
      };
      claim(module.id, place);
      modules.push(module);
      const isThere = (name: string) => existsSync(path.join(folder, place, name));
      const named = (ending: string, within = place) =>
        list(within).flatMap((name) =>
          name.endsWith(ending) ? name.slice(0, -ending.length) : [],
        );
      const noFigure = (name: string) =>
        `There is no figure ${place}/figures/${name}.svg.${hint(name, named('.svg', `${place}/figures`))}`;

      for (const name of list(place)) {
        const file = `${place}/${name}`;
        const graded = name.endsWith('.graded.yaml');
        if (!graded && !name.endsWith('.practice.yaml')) continue;
        const id = activityId(file);
        claim(id, file);
        const bank = graded ? sheet(file, schemas.graded) : sheet(file, schemas.practice);
        if (!bank) continue;
        for (const [at, question] of bank.data.questions.entries()) {
          claim(`${id}/${question.id}`, file, bank.lineOf(['questions', at, 'id']));
          checkOutcome(question.outcome, file, bank.lineOf(['questions', at, 'outcome']));
          for (const term of schemas.termsIn(question)) {
            if (Object.hasOwn(result.glossary, term)) continue;
            const line = bank.lineOf(['questions', at, 'id']);
            faults.push({ file, line, message: `There is no term "${term}" in ${glossaryFile}.` });
          }
          const { figure, reread } = question;
          if (figure) {
            const svg = `${place}/figures/${figure}.svg`;
            if (existsSync(path.join(folder, svg))) {
              bank.data.figures[figure] = text(svg);
              faults.push(...checkFigure(text(svg)).map((each) => ({ file: svg, ...each })));
            } else {
              const line = bank.lineOf(['questions', at, 'figure']);
              faults.push({ file, line, message: noFigure(figure) });
            }
          }
          if (reread) {
            const line = bank.lineOf(['questions', at, 'reread']);
            rereads.push({ object: `${id}/${question.id}`, module, reread, file, line });
          }
        }
        if (graded) {
          const hash = createHash('sha256').update(JSON.stringify(bank.data)).digest('hex');
          result.graded[id] = { hash, bank: bank.data as G };
          module.graded.push(id);
        } else {
          result.practice[id] = bank.data as P;
        }
      }

      for (const name of list(place).filter((one) => one.endsWith('.scenario.yaml'))) {
        const file = `${place}/${name}`;
        const id = activityId(file);
        claim(id, file);
        const read = sheet(file, schemas.scenario);
        if (!read) continue;
        const { data, lineOf } = read;
        const figures = [
          ...(data.board ? [{ name: data.board, line: lineOf(['board']), isBoard: true }] : []),
          ...data.scenes.flatMap(({ figure }, at) =>
            figure
              ? [{ name: figure, line: lineOf(['scenes', at, 'figure']), isBoard: false }]
              : [],
          ),
        ];
        for (const { name: figure, line, isBoard } of figures) {
          const svg = `${place}/figures/${figure}.svg`;
          if (!existsSync(path.join(folder, svg))) {
            faults.push({ file, line, message: noFigure(figure) });
            continue;
          }
          data.figures[figure] = text(svg);
          const found = [
            ...checkFigure(text(svg)),
            ...(isBoard ? schemas.checkBoard(text(svg), data) : []),
          ];
          faults.push(...found.map((each) => ({ file: svg, ...each })));
        }
        toRead.push({ ids: data.debrief.lessons, file, line: lineOf(['debrief', 'lessons']) });
        const hash = createHash('sha256').update(JSON.stringify(data)).digest('hex');
        result.scenarios[id] = { hash, scenario: data };
        module.scenarios.push(id);
      }

      if (!list(place).some((name) => name.endsWith('.mdx'))) {
        faults.push({ file: place, line: 1, message: 'This module has no lesson yet.' });
      }
      const shown = new Set<string>();
      for (const name of list(place).filter((entry) => entry.endsWith('.mdx'))) {
        const file = `${place}/${name}`;
        const lesson = readLesson(text(file), file);
        faults.push(...lesson.faults);
        if (lesson.unreadable) {
          complete = false;
          continue;
        }
        const front = readYaml(LessonFront, lesson.front.text, {
          file,
          firstLine: lesson.front.firstLine,
        });
        faults.push(...front.faults);
        const id = activityId(file);
        claim(id, file);

        const fault = (line: number, message: string) => faults.push({ file, line, message });
        const sources: string[] = [];
        const questions: string[] = [];
        const notes: string[] = [];
        const terms: string[] = [];
        const simulations: string[] = [];
        for (const { name: tag, attributes, line } of lesson.tags) {
          const target = attributes.id ?? attributes.name ?? '';
          if (tag === 'Term') {
            if (!Object.hasOwn(result.glossary, target)) {
              fault(line, `There is no term "${target}" in ${glossaryFile}.`);
            } else if (!terms.includes(target)) terms.push(target);
          }
          if (tag === 'Source') {
            if (!Object.hasOwn(result.references, target)) {
              fault(line, `There is no source "${target}" in references.yaml.`);
            } else if (!sources.includes(target)) sources.push(target);
          }
          if (tag === 'Figure') {
            const figure = `${place}/figures/${target}.svg`;
            if (!existsSync(path.join(folder, figure))) {
              fault(line, noFigure(target));
            } else if (!shown.has(figure)) {
              shown.add(figure);
              faults.push(...checkFigure(text(figure)).map((each) => ({ file: figure, ...each })));
            }
          }
          if (tag === 'Quiz') {
            const bankId = `${module.id}/${target}`;
            const bank = result.practice[bankId];
            if (!bank && isThere(`${target}.practice.yaml`)) {
              // What is wrong with it has been told.
            } else if (!bank) {
              const reason = Object.hasOwn(result.graded, bankId)
                ? `"${target}" is a graded bank, whose key must stay on the server; name a practice bank.`
                : `There is no bank ${place}/${target}.practice.yaml.${hint(target, named('.practice.yaml'))}`;
              fault(line, reason);
            } else if (shown.has(bankId)) {
              fault(line, `The bank "${target}" is shown twice; show each bank once.`);
            } else {
              shown.add(bankId);
              questions.push(...bank.questions.map((question) => `${bankId}/${question.id}`));
            }
          }
          if (tag === 'Simulation') {
            const scenario = `${module.id}/${target}`;
            if (Object.hasOwn(result.scenarios, scenario)) simulations.push(scenario);
            else if (!isThere(`${target}.scenario.yaml`)) {
              fault(
                line,
                `There is no ${place}/${target}.scenario.yaml.${hint(target, named('.scenario.yaml'))}`,
              );
            }
          }
          if (tag === 'Reflect') {
            claim(`${id}/${target}`, file, line);
            notes.push(`${id}/${target}`);
          }
        }
        if (!front.sheet) continue;
        for (const outcome of front.sheet.data.outcomes) {
          checkOutcome(outcome, file, front.sheet.lineOf(['outcomes']));
        }
        const { headings } = lesson;
        module.lessons.push({
          id,
          file,
          ...front.sheet.data,
          headings,
          questions,
          simulations,
          notes,
          sources,
          terms,
        });
      }
    }

    // What a lesson that can't be read would have is not known.
    if (!complete) rereads.length = toRead.length = 0;
    for (const { object, module, reread, file, line } of rereads) {
      const [place = '', anchor] = reread.split('#');
      const [slug = '', other] = place.split('/').reverse();
      const where =
        other === undefined ? module : modules.find(({ id }) => id === `${courseId}/${other}`);
      if (!where) {
        const all = modules.map(({ id }) => id.split('/').at(-1)).join(', ');
        const message = `This course has no module "${other}". It has: ${all}.`;
        faults.push({ file, line, message });
        continue;
      }
      const lesson = where.lessons.find(({ id }) => id === `${where.id}/${slug}`);
      if (!lesson) {
        const all = where.lessons.map(({ id }) => id.split('/').at(-1)).join(', ');
        const message = `${other === undefined ? 'This module' : `The module "${other}"`} has no lesson "${slug}". It has: ${all}.`;
        faults.push({ file, line, message });
        continue;
      }
      const heading = lesson.headings.find((one) => one.anchor === anchor);
      if (anchor && !heading) {
        const all = lesson.headings.map((one) => one.anchor).join(', ');
        const message = `The lesson "${slug}" has no heading "${anchor}". It has: ${all}.`;
        faults.push({ file, line, message });
      }
      const url = anchor ? `${urlOf(lesson.id)}#${anchor}` : urlOf(lesson.id);
      result.rereads[object] = { url, heading: heading?.text ?? lesson.title };
    }

    const taught = modules.flatMap((module) => module.lessons.map(({ id }) => id));
    for (const { ids, file, line } of toRead) {
      for (const id of ids.filter((one) => !taught.includes(one)))
        faults.push({
          file,
          line,
          message: `This course has no lesson "${id}".${hint(id, taught) || ` Write course, module and lesson without their numbers: ${taught[0]}.`}`,
        });
    }

    result.courses.push({
      id: courseId,
      title: words.data.title,
      summary: words.data.summary,
      outcomes: frame.data.outcomes.map((id) => ({ id, text: words.data.outcomes[id] ?? '' })),
      modules,
    });
  }

  result.courses.sort((one, other) => order.get(one.id)! - order.get(other.id)!);

  const casesFile = `cases/${language}.yaml`;
  if (existsSync(path.join(folder, casesFile))) {
    const read = sheet(casesFile, Cases);
    result.cases = read?.data ?? {};
    const lessons = new Set(result.courses.flatMap(lessonsOf).map(({ id }) => id));
    for (const [id, one] of Object.entries(result.cases)) {
      const fault = (where: (string | number)[], message: string) =>
        faults.push({ file: casesFile, line: read!.lineOf([id, ...where]), message });
      for (const [at, { source }] of one.facts.entries()) {
        if (Object.hasOwn(result.references, source)) continue;
        fault(['facts', at, 'source'], `There is no source "${source}" in references.yaml.`);
      }
      for (const lesson of one.lessons.filter((each) => !lessons.has(each))) {
        fault(['lessons'], `There is no lesson "${lesson}".`);
      }
    }
  }

  const published = path.join(folder, 'published-ids.txt');
  // What has a fault is left out above, and would seem to have vanished.
  if (faults.length === 0 && existsSync(published)) {
    for (const [at, id] of readFileSync(published, 'utf8').split(/\r?\n/).entries()) {
      if (id && !seen.has(id)) {
        const message = `"${id}" was published and learners' records point at it; bring it back.`;
        faults.push({ file: 'published-ids.txt', line: at + 1, message });
      }
    }
  }
  return { courses: result, faults };
}

/** Every lasting id of these courses, sorted: what `published-ids.txt` holds. */
export function idsOf<P extends BankShape, G extends BankShape, S>(
  courses: Courses<P, G, S>,
): string[] {
  const banks = [
    ...Object.entries(courses.practice),
    ...Object.entries(courses.graded).map(([id, { bank }]) => [id, bank] as const),
  ];
  return [
    ...courses.courses.flatMap((course) => [
      course.id,
      ...course.modules.flatMap((module) => [
        module.id,
        ...module.scenarios,
        ...module.lessons.flatMap(({ id, notes }) => [id, ...notes]),
      ]),
    ]),
    ...banks.flatMap(([id, bank]) => [id, ...bank.questions.map((one) => `${id}/${one.id}`)]),
  ].sort();
}
