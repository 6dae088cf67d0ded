import { createHash } from 'node:crypto';
import { nearestName } from '#platform/nearest-name.ts';
import { readYaml } from '#platform/yaml.server.ts';
import { type CourseFolder, hint } from './course-folder.server.ts';
import { LessonFront, type Module, activityId } from './course.ts';
import type { BankShape, Courses, ScenarioShape, Schemas } from './courses.ts';
import { readLesson } from './lesson-tags.server.ts';

/** What names a lesson, to be looked up once all lessons of the course are read. */
export interface Mention {
  /** A lesson that a question names: `new-duties#who-pays`, `relevance/new-duties`. */
  reread?: { object: string; module: Module };
  /** A course's lessons by their ids. */
  lesson: string;
  file: string;
  line: number;
}

/** A module that is being read: where it stands, what it holds so far, and of what course it is. */
export interface ModuleInHand<P extends BankShape, G extends BankShape, S extends ScenarioShape> {
  folder: CourseFolder;
  /** Its folder, from the root. */
  place: string;
  module: Module;
  /** The course's outcomes. */
  outcomes: readonly string[];
  schemas: Schemas<P, G, S>;
  /** What was read before, and takes what is read now. */
  taught: Courses<P, G, S>;
}

const hashOf = (data: unknown) => createHash('sha256').update(JSON.stringify(data)).digest('hex');

const endings = ['.mdx', '.practice.yaml', '.graded.yaml', '.scenario.yaml', '.strategies.yaml'];

/** Tells files of a module that nothing would read. */
export function checkNames(folder: CourseFolder, place: string) {
  const names = folder.list(place).filter((name) => name !== 'figures' && !name.startsWith('.'));
  for (const name of names) {
    const tell = (message: string) => folder.fault(`${place}/${name}`, 1, message);
    const scenario = name.replace('.strategies.yaml', '.scenario.yaml');
    if (!endings.some((one) => name.endsWith(one))) {
      const at = name.indexOf('.');
      const near = at > 0 ? nearestName(name.slice(at), endings) : undefined;
      tell(
        `Nothing reads this. ${near ? `Did you mean "${name.slice(0, at)}${near}"?` : `Files of a module end in ${endings.join(', ')}.`}`,
      );
    } else if (!names.includes(scenario)) {
      tell(`There is no "${scenario}" beside it: give both the same name.`);
    }
  }
}

function checkOutcome(
  { folder, outcomes }: { folder: CourseFolder; outcomes: readonly string[] },
  id: string,
  { file, line }: { file: string; line: number },
) {
  if (outcomes.includes(id)) return;
  folder.fault(file, line, `There is no outcome "${id}". The course has: ${outcomes.join(', ')}.`);
}

/** Reads the banks of a module; returns the lessons that its questions name. */
export function readBanks<P extends BankShape, G extends BankShape, S extends ScenarioShape>(
  hand: ModuleInHand<P, G, S>,
): Mention[] {
  const { folder, place, module, schemas, taught } = hand;
  const mentions: Mention[] = [];
  for (const name of folder.list(place)) {
    const file = `${place}/${name}`;
    const graded = name.endsWith('.graded.yaml');
    if (!graded && !name.endsWith('.practice.yaml')) continue;
    const id = activityId(file);
    folder.claim(id, file);
    const bank = graded ? folder.sheet(file, schemas.graded) : folder.sheet(file, schemas.practice);
    if (!bank) continue;
    for (const [at, question] of bank.data.questions.entries()) {
      const on = (field: string) => ({ file, line: bank.lineOf(['questions', at, field]) });
      const object = `${id}/${question.id}`;
      folder.claim(object, file, on('id').line);
      checkOutcome(hand, question.outcome, on('outcome'));
      for (const term of schemas.termsIn(question)) {
        if (!Object.hasOwn(taught.glossary, term))
          folder.fault(file, on('id').line, noTerm(term, taught.language));
      }
      const { figure, reread } = question;
      if (figure) {
        const svg = folder.figure(place, figure, on('figure'));
        if (svg !== undefined) bank.data.figures[figure] = svg;
      }
      if (reread) mentions.push({ reread: { object, module }, lesson: reread, ...on('reread') });
    }
    if (graded) {
      taught.graded[id] = { hash: hashOf(bank.data), bank: bank.data as G };
      module.graded.push(id);
    } else {
      taught.practice[id] = bank.data as P;
    }
  }
  return mentions;
}

const noTerm = (term: string, language: string) =>
  `There is no term "${term}" in glossary/${language}.yaml.`;

/** Reads the scenarios of a module; returns the lessons that their debriefs name. */
export function readScenarios<P extends BankShape, G extends BankShape, S extends ScenarioShape>({
  folder,
  place,
  module,
  schemas,
  taught,
}: ModuleInHand<P, G, S>): Mention[] {
  const mentions: Mention[] = [];
  for (const name of folder.named(place, '.scenario.yaml')) {
    const file = `${place}/${name}.scenario.yaml`;
    const id = activityId(file);
    folder.claim(id, file);
    const read = folder.sheet(file, schemas.scenario);
    if (!read) continue;
    const { data, lineOf } = read;
    const show = (figure: string, path: readonly PropertyKey[]) => {
      const svg = folder.figure(place, figure, { file, line: lineOf(path) });
      if (svg !== undefined) data.figures[figure] = svg;
      return svg;
    };
    if (data.board) {
      const svg = show(data.board, ['board']);
      const board = `${place}/figures/${data.board}.svg`;
      if (svg !== undefined)
        for (const { line, message } of schemas.checkBoard(svg, data))
          folder.fault(board, line, message);
    }
    data.scenes.forEach(({ figure }, at) => {
      if (figure) show(figure, ['scenes', at, 'figure']);
    });
    const line = lineOf(['debrief', 'lessons']);
    mentions.push(...data.debrief.lessons.map((lesson) => ({ lesson, file, line })));
    taught.scenarios[id] = { hash: hashOf(data), scenario: data };
    module.scenarios.push(id);
  }
  return mentions;
}

/** What the tags of a lesson name, all of which is there. */
function readTags<P extends BankShape, G extends BankShape, S extends ScenarioShape>(
  { folder, place, module, taught }: ModuleInHand<P, G, S>,
  { id, file, tags }: { id: string; file: string; tags: ReturnType<typeof readLesson>['tags'] },
  shownBanks: Set<string>,
) {
  const named = {
    sources: [] as string[],
    questions: [] as string[],
    notes: [] as string[],
    terms: [] as string[],
    simulations: [] as string[],
  };
  for (const { name: tag, attributes, line } of tags) {
    const target = attributes.id ?? attributes.name ?? '';
    const fault = (message: string) => folder.fault(file, line, message);
    switch (tag) {
      case 'Term':
        if (!Object.hasOwn(taught.glossary, target)) fault(noTerm(target, taught.language));
        else if (!named.terms.includes(target)) named.terms.push(target);
        break;
      case 'Source':
        if (!Object.hasOwn(taught.references, target))
          fault(`There is no source "${target}" in references.yaml.`);
        else if (!named.sources.includes(target)) named.sources.push(target);
        break;
      case 'Figure':
        folder.figure(place, target, { file, line });
        break;
      case 'Quiz': {
        const bankId = `${module.id}/${target}`;
        const bank = taught.practice[bankId];
        if (bank && shownBanks.has(bankId))
          fault(`The bank "${target}" is shown twice; show each bank once.`);
        else if (bank) {
          shownBanks.add(bankId);
          named.questions.push(...bank.questions.map((question) => `${bankId}/${question.id}`));
        } else if (Object.hasOwn(taught.graded, bankId))
          fault(
            `"${target}" is a graded bank, whose key must stay on the server; name a practice bank.`,
          );
        // What is wrong with one that is there has been told.
        else if (!folder.has(`${place}/${target}.practice.yaml`)) {
          const known = folder.named(place, '.practice.yaml');
          fault(`There is no bank ${place}/${target}.practice.yaml.${hint(target, known)}`);
        }
        break;
      }
      case 'Simulation':
        if (named.simulations.includes(`${module.id}/${target}`))
          fault(`This lesson invites to "${target}" twice; invite once.`);
        else if (Object.hasOwn(taught.scenarios, `${module.id}/${target}`))
          named.simulations.push(`${module.id}/${target}`);
        else if (!folder.has(`${place}/${target}.scenario.yaml`)) {
          const known = folder.named(place, '.scenario.yaml');
          fault(`There is no ${place}/${target}.scenario.yaml.${hint(target, known)}`);
        }
        break;
      case 'Reflect':
        folder.claim(`${id}/${target}`, file, line);
        named.notes.push(`${id}/${target}`);
        break;
    }
  }
  return named;
}

/**
 * Reads the lessons of a module, after its banks and scenarios.
 *
 * False where one of them can't be read: what it would have taught is not known then.
 */
export function readLessons<P extends BankShape, G extends BankShape, S extends ScenarioShape>(
  hand: ModuleInHand<P, G, S>,
): boolean {
  const { folder, place, module } = hand;
  const names = folder.list(place).filter((name) => name.endsWith('.mdx'));
  if (names.length === 0) folder.fault(place, 1, 'This module has no lesson yet.');
  const shownBanks = new Set<string>();
  let complete = true;
  for (const name of names) {
    const file = `${place}/${name}`;
    const { faults, unreadable, front, headings, tags } = readLesson(folder.text(file), file);
    folder.faults.push(...faults);
    if (unreadable) {
      complete = false;
      continue;
    }
    const { sheet, faults: frontFaults } = readYaml(LessonFront, front.text, {
      file,
      firstLine: front.firstLine,
    });
    folder.faults.push(...frontFaults);
    const id = activityId(file);
    folder.claim(id, file);
    const named = readTags(hand, { id, file, tags }, shownBanks);
    if (!sheet) continue;
    for (const outcome of sheet.data.outcomes)
      checkOutcome(hand, outcome, { file, line: sheet.lineOf(['outcomes']) });
    module.lessons.push({ id, file, ...sheet.data, headings, ...named });
  }
  return complete;
}
