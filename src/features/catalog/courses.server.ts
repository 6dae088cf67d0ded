import { Cases } from './case.ts';
import { CourseFolder, hint } from './course-folder.server.ts';
import {
  type Course,
  CourseFrame,
  CourseWords,
  Glossary,
  type Module,
  References,
  lessonsOf,
  urlOf,
} from './course.ts';
import type { BankShape, Courses, ScenarioShape, Schemas } from './courses.ts';
import {
  type Mention,
  checkNames,
  readBanks,
  readLessons,
  readScenarios,
} from './module-reader.server.ts';
import type { Fault, Sheet } from '#platform/yaml.server.ts';

/**
 * Reads and checks the folder of courses in one language.
 *
 * Everything an author has to put right is in `faults`, by file and line; while there are any, what is wrong is left
 * out of `courses`.
 */
export function readCourses<P extends BankShape, G extends BankShape, S extends ScenarioShape>(
  root: string,
  schemas: Schemas<P, G, S>,
  language = 'en',
): { courses: Courses<P, G, S>; faults: Fault[] } {
  const folder = new CourseFolder(root);
  const taught: Courses<P, G, S> = {
    language,
    courses: [],
    glossary: readGlossary(folder, language),
    references: folder.sheet('references.yaml', References)?.data ?? {},
    cases: {},
    practice: {},
    rereads: {},
    graded: {},
    scenarios: {},
  };
  const order = new Map<string, number>();
  for (const id of folder.list('.').filter((name) => folder.has(`${name}/course.yaml`))) {
    const frame = folder.sheet(`${id}/course.yaml`, CourseFrame);
    const words = folder.sheet(`${id}/${language}/course.yaml`, CourseWords);
    if (!frame || !words) continue;
    order.set(id, frame.data.order);
    taught.courses.push(readCourse({ folder, schemas, taught }, id, frame, words));
  }
  taught.courses.sort((one, other) => order.get(one.id)! - order.get(other.id)!);
  taught.cases = readCases(folder, taught);
  checkPublished(folder);
  return { courses: taught, faults: folder.faults };
}

function readGlossary(folder: CourseFolder, language: string): Glossary {
  const file = `glossary/${language}.yaml`;
  const glossary = folder.sheet(file, Glossary);
  if (!glossary) return {};
  for (const [id, { see }] of Object.entries(glossary.data)) {
    for (const other of see) {
      if (!Object.hasOwn(glossary.data, other))
        folder.fault(file, glossary.lineOf([id, 'see']), `"see" names no term: "${other}".`);
    }
  }
  return glossary.data;
}

/** Reads one course: its frame, which all languages share, in the words of this one. */
function readCourse<P extends BankShape, G extends BankShape, S extends ScenarioShape>(
  reading: { folder: CourseFolder; schemas: Schemas<P, G, S>; taught: Courses<P, G, S> },
  id: string,
  frame: Sheet<CourseFrame>,
  words: Sheet<CourseWords>,
): Course {
  const { folder, taught } = reading;
  const { outcomes } = frame.data;
  const home = `${id}/${taught.language}`;
  folder.claim(id, `${id}/course.yaml`);
  checkWords(folder, `${home}/course.yaml`, frame, words);
  const places = placesOf(folder, home, id, frame);

  const modules: Module[] = [];
  const mentions: Mention[] = [];
  let complete = true;
  for (const slug of frame.data.modules) {
    const place = places.get(slug);
    if (!place) {
      const message = `There is no folder for the module "${slug}" in ${home}.`;
      folder.fault(`${id}/course.yaml`, frame.lineOf(['modules']), message);
      continue;
    }
    const { title = slug, summary = '' } = words.data.modules[slug] ?? {};
    const module: Module = {
      id: `${id}/${slug}`,
      title,
      summary,
      lessons: [],
      graded: [],
      scenarios: [],
    };
    folder.claim(module.id, place);
    modules.push(module);
    checkNames(folder, place);
    const hand = { ...reading, place, module, outcomes };
    mentions.push(...readBanks(hand), ...readScenarios(hand));
    if (!readLessons(hand)) complete = false;
  }
  // What a lesson that can't be read would have is not known.
  if (complete) lookUp(folder, id, modules, mentions, taught.rereads);
  return {
    id,
    title: words.data.title,
    summary: words.data.summary,
    outcomes: outcomes.map((one) => ({ id: one, text: words.data.outcomes[one] ?? '' })),
    modules,
  };
}

/** Checks that outcomes and modules have words, and that there are no words for others. */
function checkWords(
  folder: CourseFolder,
  file: string,
  frame: Sheet<CourseFrame>,
  words: Sheet<CourseWords>,
) {
  for (const field of ['outcomes', 'modules'] as const) {
    for (const id of frame.data[field]) {
      if (Object.hasOwn(words.data[field], id)) continue;
      const message = `${field}: "${id}" of ../course.yaml has no words here.`;
      folder.fault(file, words.lineOf([field]), message);
    }
    for (const id of Object.keys(words.data[field])) {
      if (frame.data[field].includes(id)) continue;
      const message = `${field}: "${id}" is not in ../course.yaml.`;
      folder.fault(file, words.lineOf([field, id]), message);
    }
  }
}

/** The folder of each module; the number before its name orders them for their authors alone. */
function placesOf(
  folder: CourseFolder,
  home: string,
  course: string,
  frame: Sheet<CourseFrame>,
): Map<string, string> {
  const places = new Map<string, string>();
  for (const name of folder.list(home).filter((one) => /^\d+-/.test(one))) {
    const slug = name.replace(/^\d+-/, '');
    const place = `${home}/${name}`;
    const other = places.get(slug);
    if (other) folder.fault(place, 1, `The module "${slug}" is in ${other} already.`);
    else places.set(slug, place);
  }
  for (const [slug, place] of places) {
    if (frame.data.modules.includes(slug)) continue;
    const message = `The folder ${place} is not among the modules; add "${slug}".`;
    folder.fault(`${course}/course.yaml`, frame.lineOf(['modules']), message);
  }
  return places;
}

/** Finds the lessons that questions and debriefs name, and tells those that aren't there. */
function lookUp(
  folder: CourseFolder,
  course: string,
  modules: readonly Module[],
  mentions: readonly Mention[],
  rereads: Courses['rereads'],
) {
  const slugOf = (id: string) => id.split('/').at(-1)!;
  const slugs = (all: readonly { id: string }[]) => all.map(({ id }) => slugOf(id)).join(', ');
  const taught = modules.flatMap((module) => module.lessons.map(({ id }) => id));
  for (const { reread, lesson: named, file, line } of mentions) {
    const tell = (message: string) => folder.fault(file, line, message);
    if (!reread) {
      if (!taught.includes(named)) {
        const whole = taught.find((id) => id.endsWith(`/${named}`)) ?? taught[0];
        const remedy = hint(named, taught);
        tell(
          `This course has no lesson "${named}".${remedy || ` Write course, module and lesson without their numbers: ${whole}.`}`,
        );
      }
      continue;
    }
    const [place = '', anchor] = named.split('#');
    const [slug = '', other] = place.split('/').reverse();
    const where =
      other === undefined ? reread.module : modules.find(({ id }) => id === `${course}/${other}`);
    if (!where) {
      tell(`This course has no module "${other}". It has: ${slugs(modules)}.`);
      continue;
    }
    const lesson = where.lessons.find(({ id }) => id === `${where.id}/${slug}`);
    if (!lesson) {
      const what = other === undefined ? 'This module' : `The module "${other}"`;
      tell(`${what} has no lesson "${slug}". It has: ${slugs(where.lessons)}.`);
      continue;
    }
    const heading = lesson.headings.find((one) => one.anchor === anchor);
    if (anchor && !heading) {
      const all = lesson.headings.map((one) => one.anchor).join(', ');
      tell(`The lesson "${slug}" has no heading "${anchor}". It has: ${all}.`);
    }
    const url = anchor ? `${urlOf(lesson.id)}#${anchor}` : urlOf(lesson.id);
    rereads[reread.object] = { url, heading: heading?.text ?? lesson.title };
  }
}

function readCases(folder: CourseFolder, taught: Courses): Cases {
  const file = `cases/${taught.language}.yaml`;
  const read = folder.has(file) ? folder.sheet(file, Cases) : undefined;
  if (!read) return {};
  const lessons = new Set(taught.courses.flatMap(lessonsOf).map(({ id }) => id));
  for (const [id, one] of Object.entries(read.data)) {
    for (const [at, { source }] of one.facts.entries()) {
      if (Object.hasOwn(taught.references, source)) continue;
      const line = read.lineOf([id, 'facts', at, 'source']);
      folder.fault(file, line, `There is no source "${source}" in references.yaml.`);
    }
    for (const lesson of one.lessons.filter((each) => !lessons.has(each)))
      folder.fault(file, read.lineOf([id, 'lessons']), `There is no lesson "${lesson}".`);
  }
  return read.data;
}

/** Tells ids that were published and are gone. What has a fault is left out, and would seem to be. */
function checkPublished(folder: CourseFolder) {
  const file = 'published-ids.txt';
  if (folder.faults.length > 0 || !folder.has(file)) return;
  for (const [at, id] of folder.text(file).split(/\r?\n/).entries()) {
    if (id && !folder.isTaken(id))
      folder.fault(
        file,
        at + 1,
        `"${id}" was published and learners' records point at it; bring it back.`,
      );
  }
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
