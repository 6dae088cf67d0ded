import type { Element } from '@xmldom/xmldom';
import { gapsIn } from '#features/questions/question.ts';
import { interop } from '#i18n/en/interop.ts';
import { categories } from './category.ts';
import { readCloze } from './cloze.server.ts';
import { type ImportOptions, fromMoodle } from './from-moodle.ts';
import { fromFormat, htmlToPlain } from './html.server.ts';
import { isId, slug } from './ids.ts';
import type { ImportResult, Loss } from './interop.ts';
import { fromMoodleFormula, reckonsWithin } from './moodle-formula.ts';
import {
  type Kept,
  type MoodleOf,
  type MoodleQuestion,
  type Weighted,
  decimal,
  readKept,
} from './moodle.ts';
import { tellOrder } from './order.ts';
import { child, children, comments, wordsOf } from './xml.server.ts';
import { readXml } from '#platform/xml.ts';

/** A question that can't be one of ours: why. */
interface LeftOut {
  reason: string;
}

/** One question element, while it is read. */
interface Source {
  element: Element;
  lose: (what: string) => void;
  kept: Kept;
  /** Without what its type adds. */
  common: Omit<MoodleOf<'essay'>, 'type' | 'model' | 'words'>;
  /** An element with a text and its format, as Markdown. */
  markdown: (element: Element | undefined) => string | undefined;
}

const formats: Record<string, string> = {
  html: 'html',
  markdown: 'markdown',
  plain_text: 'plain',
  moodle_auto_format: 'moodle',
};

const isNo = (text: string) => /^(false|0|)$/.test(text);

/** Of an `<answer>`: old files have the fraction as an element, or the text without one. */
function weigh(answer: Element): { text: string; percent: number } {
  const old = wordsOf(answer, 'fraction');
  const percent = old ? Number(old) * 100 : Number(answer.getAttribute('fraction') ?? 0);
  const bare = [...answer.childNodes].find(
    ({ nodeType, nodeValue }) => nodeType === 3 && nodeValue?.trim(),
  );
  const text = child(answer, 'text') ? wordsOf(answer, 'text') : (bare?.nodeValue?.trim() ?? '');
  return { text, percent: Number.isNaN(percent) ? 0 : percent };
}

const weighted = ({ element, markdown }: Source, asMarkdown: boolean): Weighted[] =>
  children(element, 'answer').map((answer) => {
    const { text, percent } = weigh(answer);
    return {
      text: asMarkdown ? (markdown(answer) ?? '') : text,
      percent,
      feedback: markdown(child(answer, 'feedback')),
    };
  });

function multichoice(source: Source): MoodleQuestion {
  const { element, common, lose } = source;
  const shuffle = child(element, 'shuffleanswers');
  if (shuffle && isNo(wordsOf(element, 'shuffleanswers'))) {
    lose('Its answers keep their order there; here they are shuffled.');
  }
  const single = child(element, 'single') ? !isNo(wordsOf(element, 'single')) : true;
  return { ...common, type: 'multichoice', single, answers: weighted(source, true) };
}

function truefalse({ element, common, markdown }: Source): MoodleQuestion | LeftOut {
  let answer: boolean | undefined;
  const feedback: { true?: string | undefined; false?: string | undefined } = {};
  for (const [at, one] of children(element, 'answer').entries()) {
    const { text, percent } = weigh(one);
    const word = text.toLowerCase();
    // Old files have the words of another language here, true first.
    const value = word === 'true' || (word !== 'false' && at === 0);
    if (percent === 100) answer = value;
    feedback[`${value}`] = markdown(child(one, 'feedback'));
  }
  if (answer === undefined) return { reason: 'neither true nor false is right.' };
  return { ...common, type: 'truefalse', answer, feedback };
}

function shortanswer(source: Source): MoodleQuestion {
  if (wordsOf(source.element, 'usecase') === '1') source.lose('Capital letters matter there.');
  return { ...source.common, type: 'shortanswer', answers: weighted(source, false) };
}

/** The unit that counts as one, and how many of it others are. */
function unitsOf({ element, lose }: Source): { unit?: string; units: Record<string, number> } {
  const units: Record<string, number> = {};
  let unit: string | undefined;
  const list = child(element, 'units');
  for (const one of list ? children(list, 'unit') : []) {
    const name = wordsOf(one, 'unit_name');
    const multiplier = Number(wordsOf(one, 'multiplier') || 1);
    if (name === '' || !(multiplier > 0)) continue;
    if (multiplier === 1 && unit === undefined) unit = name;
    else units[name] = Number((1 / multiplier).toPrecision(12));
  }
  const grading = wordsOf(element, 'unitgradingtype');
  if (grading !== '' && grading !== '0') {
    lose('A missing or wrong unit costs marks there; here a number without a unit is right.');
  }
  return { ...(unit ? { unit } : {}), units };
}

function numerical(source: Source): MoodleQuestion | LeftOut {
  const { element, common, markdown, lose } = source;
  const answers: MoodleOf<'numerical'>['answers'] = [];
  let otherwise: string | undefined;
  for (const one of children(element, 'answer')) {
    const { text, percent } = weigh(one);
    const feedback = markdown(child(one, 'feedback'));
    if (text === '*' || text === '') {
      otherwise = feedback;
      if (percent > 0) lose('Any other number has marks there; here it has none.');
      continue;
    }
    const value = Number(text);
    const tolerance = Math.abs(Number(wordsOf(one, 'tolerance') || 0));
    if (Number.isNaN(value) || Number.isNaN(tolerance)) {
      return { reason: `"${text}" within "${wordsOf(one, 'tolerance')}" is no number.` };
    }
    answers.push({ value, tolerance, percent, feedback });
  }
  return { ...common, type: 'numerical', answers, otherwise, ...unitsOf(source) };
}

function matching({ element, common, markdown }: Source): MoodleQuestion {
  const pairs = children(element, 'subquestion').map((one) => ({
    text: markdown(one) ?? '',
    answer: wordsOf(child(one, 'answer'), 'text'),
  }));
  return { ...common, type: 'matching', pairs: pairs.filter(({ answer }) => answer !== '') };
}

function ordering({ element, common, markdown, lose }: Source): MoodleQuestion {
  const answers = children(element, 'answer').sort(
    (one, other) => weigh(one).percent - weigh(other).percent,
  );
  if (answers.some((one) => wordsOf(child(one, 'feedback'), 'text'))) {
    lose('What is said about each item has no place here.');
  }
  tellOrder(
    { shown: wordsOf(element, 'selecttype'), grading: wordsOf(element, 'gradingtype') },
    lose,
  );
  return { ...common, type: 'ordering', items: answers.map((one) => markdown(one) ?? '') };
}

function essay({ element, common, kept, markdown, lose }: Source): MoodleQuestion {
  const info = child(element, 'graderinfo');
  if (wordsOf(child(element, 'responsetemplate'), 'text')) {
    lose('Its template for the answer has no place here.');
  }
  if (Number(wordsOf(element, 'attachments') || 0) !== 0) lose('Files can be handed in there.');
  const min = Number(wordsOf(element, 'minwordlimit') || 0);
  const max = Number(wordsOf(element, 'maxwordlimit') || 0);
  if (max > 600) lose(`It takes up to ${max} words there; here up to 600.`);
  const words = { min: Math.max(1, min), max: max > 0 ? Math.min(600, max) : 600 };
  const model = markdown(info);
  return {
    ...common,
    type: 'essay',
    // Our own export writes the rubric below a line, for those who mark.
    model: kept.rubric ? model?.replace(/\n*^-{3,}$(?![\s\S]*^-{3,}$)[\s\S]*/m, '') : model,
    words,
  };
}

/** The names of the gaps: as they were kept, or by their place. */
const gapNames = (kept: Kept) => (at: number) => {
  const before = kept.ids?.[at];
  return before && isId(before) && new Set(kept.ids).size === kept.ids!.length
    ? before
    : `gap-${at + 1}`;
};

/** What stands before the first gap in paragraphs of its own is the prompt. */
function cloze(source: Source, html: string, format: string): MoodleQuestion | LeftOut {
  const { common, kept, lose } = source;
  const { text, gaps, reason } = readCloze(html, gapNames(kept), lose);
  if (reason) return { reason };
  return { ...common, type: 'cloze', gaps, ...splitAtGap(fromFormat(text, format, lose), gaps) };
}

function splitAtGap(markdown: string, gaps: readonly { id: string }[]) {
  const isGap = (id: string) => gaps.some((gap) => gap.id === id);
  // Other words in braces are no gaps, which Markdown can say.
  const whole = markdown.replace(/\{([a-z0-9-]+)\}/g, (braced, id: string) =>
    isGap(id) ? braced : `{${id}\\}`,
  );
  const paragraphs = whole.split(/\n{2,}/);
  const first = Math.max(
    0,
    paragraphs.findIndex((one) => gapsIn(one).some(isGap)),
  );
  return {
    prompt: paragraphs.slice(0, first).join('\n\n') || interop.filler.complete,
    text: paragraphs.slice(first).join('\n\n'),
  };
}

/** Words to drag or to select into `[[1]]`, `[[2]]`: lists to choose from. */
function selects(source: Source, html: string, format: string): MoodleQuestion | LeftOut {
  const { element, common, kept, lose } = source;
  const choices = [...children(element, 'dragbox'), ...children(element, 'selectoption')].map(
    (one) => ({ text: htmlToPlain(wordsOf(one, 'text')), group: wordsOf(one, 'group') || '1' }),
  );
  const nameOf = gapNames(kept);
  const right: { text: string; group: string }[] = [];
  let unknown: string | undefined;
  const text = html.replace(/\[\[\s*(\d+)\s*\]\]/g, (place, number: string) => {
    const choice = choices[Number(number) - 1];
    if (!choice) {
      unknown = place;
      return place;
    }
    right.push(choice);
    return `{${nameOf(right.length - 1)}}`;
  });
  if (unknown) return { reason: `there is no choice for ${unknown}.` };
  const gaps = right.map((key, at) => ({
    id: nameOf(at),
    list: true,
    weight: 1,
    answers: choices
      .filter(({ group }) => group === key.group)
      .map((choice) => ({ text: choice.text, percent: choice === key ? 100 : 0 })),
  }));
  return { ...common, type: 'cloze', gaps, ...splitAtGap(fromFormat(text, format, lose), gaps) };
}

function calculated(source: Source): MoodleQuestion | LeftOut {
  const { element, common, kept, markdown, lose } = source;
  const definitions = child(element, 'dataset_definitions');
  const parameters: MoodleOf<'calculated'>['parameters'] = {};
  for (const one of definitions ? children(definitions, 'dataset_definition') : []) {
    const named = (name: string) => wordsOf(child(one, name), 'text');
    const name = named('name');
    const [min, max, decimals] = ['minimum', 'maximum', 'decimals'].map((of) => Number(named(of)));
    if (!/^[a-z][a-z0-9_]*$/i.test(name)) {
      return { reason: `"${name}" can't name a parameter: letters, digits and _ only.` };
    }
    if (named('distribution') === 'loguniform') lose(`${name}: small values are likelier there.`);
    const step = kept.steps?.[name] ?? Number(`1e-${decimals}`);
    parameters[name] = { min: min!, max: max!, step };
  }
  if (reckonsWithin(common.prompt)) return { reason: 'it reckons within its text.' };
  const answers: MoodleOf<'calculated'>['answers'] = [];
  let otherwise: string | undefined;
  let decimals = 2;
  for (const one of children(element, 'answer')) {
    const { text, percent } = weigh(one);
    const feedback = markdown(child(one, 'feedback'));
    if (text === '*' || text === '') {
      otherwise = feedback;
      continue;
    }
    try {
      answers.push({
        formula: fromMoodleFormula(text),
        tolerance: toleranceOf(one, lose),
        percent,
        feedback,
      });
    } catch (error) {
      return { reason: (error as Error).message };
    }
    if (percent >= 100) decimals = Number(wordsOf(one, 'correctanswerlength') || 2);
    if (wordsOf(one, 'correctanswerformat') === '2') {
      lose('The right answer is shown with significant figures there, with decimals here.');
    }
  }
  const { unit, units } = unitsOf(source);
  if (Object.keys(units).length > 0) lose('Other units than the first are not known here.');
  const limited = Math.min(6, Math.max(0, decimals));
  return { ...common, type: 'calculated', parameters, answers, otherwise, decimals: limited, unit };
}

function toleranceOf(answer: Element, lose: Source['lose']): number | string {
  const tolerance = Math.abs(Number(wordsOf(answer, 'tolerance') || 0));
  const type = wordsOf(answer, 'tolerancetype');
  if (/^(2|nominal)$/.test(type)) return tolerance;
  if (/^(3|geometric)$/.test(type)) lose('Its tolerance is geometric there; here it is a share.');
  return `${decimal(Number((tolerance * 100).toFixed(10)))}%`;
}

function own(source: Source, html: string, format: string): MoodleQuestion | LeftOut {
  const type = source.element.getAttribute('type') ?? '';
  switch (type) {
    case 'multichoice':
      return multichoice(source);
    case 'truefalse':
      return truefalse(source);
    case 'shortanswer':
      return shortanswer(source);
    case 'numerical':
      return numerical(source);
    case 'matching':
    case 'match':
      return matching(source);
    case 'ordering':
      return ordering(source);
    case 'essay':
      return essay(source);
    case 'cloze':
    case 'multianswer':
      return cloze(source, html, format);
    case 'ddwtos':
    case 'gapselect':
      return selects(source, html, format);
    case 'calculated':
    case 'calculatedsimple':
      return calculated(source);
    case 'description':
      return { reason: 'it is a text without a question.' };
    default:
      return { reason: `we have no questions of the type "${type}".` };
  }
}

// What Moodle says where authors say nothing.
const standard = /^Your answer is (partially |in)?correct\.$/;

const image = /<img\b[^>]*\bsrc="@@PLUGINFILE@@\/([^"]+)"[^>]*>/gi;

/** Takes the first drawing out of a text; its SVG is in the files beside it. */
function takeFigure(
  text: Element | undefined,
  html: string,
  figures: Record<string, string>,
): { html: string; figure?: string } {
  const files = text ? children(text, 'file') : [];
  for (const [tag, address] of html.matchAll(image)) {
    const file = files.find((one) => one.getAttribute('name') === decoded(address!));
    if (!file || !address!.endsWith('.svg')) continue;
    const svg = Buffer.from(file.textContent ?? '', 'base64').toString('utf8');
    if (!svg.includes('<svg')) continue;
    const wanted = slug(address!.replace(/\.svg$/, '')) || 'figure';
    let name = wanted;
    for (let n = 2; Object.hasOwn(figures, name) && figures[name] !== svg; n++)
      name = `${wanted}-${n}`;
    figures[name] = svg;
    return { html: html.replace(tag, ''), figure: name };
  }
  return { html };
}

function decoded(address: string): string {
  try {
    return decodeURIComponent(address);
  } catch {
    return address;
  }
}

function tellSettings(element: Element, lose: Source['lose']) {
  const grade = Number(wordsOf(element, 'defaultgrade') || 1);
  const type = element.getAttribute('type');
  if (grade !== 1 && type !== 'description') {
    lose(`It counts ${grade} there; here all questions count alike.`);
  }
  const penalty = Number(wordsOf(element, 'penalty') || 0);
  const usual = [0, 0.1, 1 / 3, 1].some((one) => Math.abs(one - penalty) < 0.005);
  if (!usual)
    lose(`A further try costs ${penalty * 100}% there; here the bank says what it costs.`);
  if (wordsOf(element, 'hidden') === '1') lose('It is hidden there.');
}

function readQuestion(element: Element, figures: Record<string, string>): MoodleQuestion | Loss {
  const line = element.lineNumber ?? 1;
  const losses: string[] = [];
  const lose = (what: string) => {
    if (!losses.includes(what)) losses.push(what);
  };
  const kept = comments(element).map(readKept).find(Boolean) ?? {};
  const text = child(element, 'questiontext');
  const name = wordsOf(child(element, 'name'), 'text');
  const usual = text?.getAttribute('format') ?? 'html';
  const formatOf = (one: Element) => formats[one.getAttribute('format') ?? usual] ?? 'html';
  const markdown = (one: Element | undefined) =>
    one ? fromFormat(wordsOf(one, 'text'), formatOf(one), lose) || undefined : undefined;
  const overall = (of: string) => {
    const said = markdown(child(element, of));
    return said && !standard.test(said) ? said : undefined;
  };
  const { html, figure } = takeFigure(text, wordsOf(text, 'text'), figures);
  const format = formats[usual] ?? 'html';
  const type = element.getAttribute('type') ?? '';
  // The text of these is read with its gaps.
  const hasGaps = /^(cloze|multianswer|ddwtos|gapselect)$/.test(type);
  const tags = child(element, 'tags');
  const common: Source['common'] = {
    name,
    line,
    id: wordsOf(element, 'idnumber') || undefined,
    prompt: hasGaps ? '' : fromFormat(html, format, lose),
    explanation: markdown(child(element, 'generalfeedback')),
    hints: children(element, 'hint').flatMap((hint) => {
      const said = markdown(child(hint, 'hintcontent') ?? hint);
      return said ? [said] : [];
    }),
    tags: tags ? children(tags, 'tag').map((tag) => wordsOf(tag, 'text')) : [],
    figure,
    overall: {
      right: overall('correctfeedback'),
      partly: overall('partiallycorrectfeedback'),
      wrong: overall('incorrectfeedback'),
    },
    losses,
    kept,
  };
  if (
    children(element, 'hint').some(
      (one) => child(one, 'clearwrong') ?? child(one, 'shownumcorrect'),
    )
  ) {
    lose('A hint clears wrong answers or counts right ones there; here it only says something.');
  }
  tellSettings(element, lose);
  const made = own({ element, lose, kept, common, markdown }, html, format);
  return 'reason' in made ? { question: name, line, what: `Left out: ${made.reason}` } : made;
}

/**
 * Reads a Moodle XML file.
 *
 * Broken XML is a fault, and then nothing is imported; a question that we can't hold is a loss. Drawings come as they
 * stand in the file: have them checked before they are shown.
 */
export function importMoodleXml(text: string, options: ImportOptions): ImportResult {
  const root = readXml(text);
  if (Array.isArray(root)) return { ok: false, faults: root };
  if (root.nodeName !== 'quiz') {
    const message = `This is no Moodle XML: it begins with <${root.nodeName}>, not with <quiz>.`;
    return { ok: false, faults: [{ line: root.lineNumber ?? 1, message }] };
  }
  const lost: Loss[] = [];
  const read: MoodleQuestion[] = [];
  const figures: Record<string, string> = {};
  const category = categories();
  const all = children(root, 'question');
  for (const one of all) {
    const line = one.lineNumber ?? 1;
    if (one.getAttribute('type') === 'category') {
      category.enter(wordsOf(child(one, 'category'), 'text'), line);
      if (wordsOf(child(one, 'info'), 'text')) {
        const what = 'What is said about the category has no place here.';
        lost.push({ question: category.name(), line, what });
      }
      continue;
    }
    lost.push(...category.hold());
    const found = readQuestion(one, figures);
    if ('what' in found) lost.push(found);
    else read.push(found);
  }
  if (all.length === 0) {
    return { ok: false, faults: [{ line: 1, message: 'There is no question in this file.' }] };
  }
  return fromMoodle(read, lost, options, { title: category.title(), figures });
}
