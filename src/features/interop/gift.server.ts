import {
  type Category,
  type GIFTQuestion,
  type Location,
  type NumericalChoice,
  type TextChoice,
  type TextFormat,
  parse,
} from 'gift-pegjs';
import { fold } from '#features/questions/typed-answer.ts';
import { type ImportOptions, fromMoodle } from './from-moodle.ts';
import { type Block, type Parts, blocksOf, hidden, partsOf, strict } from './gift-blocks.ts';
import { categories } from './category.ts';
import { fromFormat } from './html.server.ts';
import { slug } from './ids.ts';
import { tellOrder } from './order.ts';
import type { Exchange, Exported, ImportFault, ImportResult, Loss } from './interop.ts';
import {
  type Gap,
  type Kept,
  type MoodleOf,
  type MoodleQuestion,
  type Weighted,
  decimal,
  percentage,
  writeKept,
} from './moodle.ts';
import { asMarkdown, toMoodle } from './to-moodle.server.ts';

const escaped = (text: string) => text.replace(/[\\~=#{}:]/g, '\\$&').replace(/\r\n|\r|\n/g, '\\n');

// What would be read as a weight or a format needs a format before it.
const isAmbiguous = (text: string) => /^(%|\[(html|markdown|plain|moodle)\])/.test(text);
const markdown = (text: string) => (isAmbiguous(text) ? '[markdown]' : '') + escaped(text);
const said = (feedback: string | undefined) => (feedback ? `#${markdown(feedback)}` : '');

const choices = (answers: readonly Weighted[], single: boolean): string[] =>
  answers.map(({ text, percent, feedback }) => {
    const sign =
      single && percent === 100 ? '=' : percent === 0 ? '~' : `~%${percentage(percent)}%`;
    return sign + markdown(text) + said(feedback);
  });

// An arrow among answers would make pairs of them; so it is written as Markdown that reads the same.
const withoutArrows = (text: string) => text.replaceAll('->', '-\\>');

const words = (answers: readonly Weighted[]): string[] =>
  answers.map(
    ({ text, percent, feedback = '' }) =>
      `=%${percentage(percent)}%${escaped(text)}${said(withoutArrows(feedback))}`,
  );

function numbers({ answers, otherwise }: MoodleOf<'numerical'>): string[] {
  const lines = answers.map(
    ({ value, tolerance, percent, feedback }) =>
      `=%${percentage(percent)}%${decimal(value)}:${decimal(tolerance)}${said(feedback)}`,
  );
  return otherwise ? [...lines, `~${said(otherwise)}`] : lines;
}

const pairs = ({ pairs: all }: MoodleOf<'matching'>): string[] =>
  all.map(({ text, answer }) => `=${markdown(withoutArrows(text))} -> ${escaped(answer)}`);

interface Written {
  kept?: Kept;
  before?: string;
  answers: string[];
  /** Directly behind the opening brace. */
  opening?: string;
  after?: string;
}

/** What stands in the braces; a sentence where GIFT can't hold it. */
function write(moodle: MoodleQuestion): Written | string {
  switch (moodle.type) {
    case 'multichoice':
      return { answers: choices(moodle.answers, moodle.single) };
    case 'truefalse': {
      const { answer, feedback } = moodle;
      const [right, wrong] = answer
        ? [feedback.true, feedback.false]
        : [feedback.false, feedback.true];
      const truth = answer ? 'TRUE' : 'FALSE';
      return { opening: `${truth}#${markdown(wrong ?? '')}#${markdown(right ?? '')}`, answers: [] };
    }
    case 'shortanswer':
      if (moodle.answers.some(({ text }) => text.includes('->'))) {
        return 'an accepted answer holds ->, which means something else in GIFT.';
      }
      return { answers: words(moodle.answers) };
    case 'numerical': {
      const { unit, units } = moodle;
      const kept = {
        ...(unit ? { unit } : {}),
        ...(Object.keys(units).length > 0 ? { units } : {}),
      };
      return { opening: '#', answers: numbers(moodle), kept };
    }
    case 'matching':
      return { answers: pairs(moodle) };
    case 'ordering': {
      const { items, overall } = moodle;
      if (items.some((item) => item.includes('\n'))) return 'an item has several lines.';
      const { right = '', wrong = '' } = overall ?? {};
      return {
        opening: '>0 ALL VERTICAL RELATIVE_NEXT_EXCLUDE_LAST SHOW none',
        // A line that begins with two strokes is a comment; after a backslash they read the same.
        answers: items.map((item) => escaped(item.replace(/^\/\//, '\\//'))),
        kept: { order: { right, wrong } },
      };
    }
    case 'cloze':
      return missingWord(moodle);
    case 'calculated':
      return 'GIFT has no calculated questions.';
    case 'essay': {
      const { model, words: limits } = moodle;
      const kept = { ...(model ? { model } : {}), ...(limits ? { words: limits } : {}) };
      return { answers: [], kept };
    }
  }
}

function missingWord({ text, gaps }: MoodleOf<'cloze'>): Written | string {
  const [gap, ...others] = gaps as [Gap, ...Gap[]];
  // A gap that is left empty is never right; a short answer may be.
  const anything = ({ text: word, percent }: Weighted) =>
    percent > 0 && !gap.list && fold(word).replace(/[*\s]/g, '') === '';
  if (others.length > 0) return 'GIFT has one gap in a text at most.';
  if (gap.answers.some(anything)) return 'one of its gaps takes anything, even nothing.';
  if (gap.answers.some(({ text: word }) => word.includes('->'))) {
    return 'an accepted answer holds ->, which means something else in GIFT.';
  }
  const [before = '', after = ''] = text.split(`{${gap.id}}`);
  const answers = gap.list ? choices(asMarkdown(gap.answers), true) : words(gap.answers);
  return { before: `\n\n${before}`, answers, after };
}

function losses({ hints, figure, type, ...moodle }: MoodleQuestion): string[] {
  const unit = type === 'numerical' && 'unit' in moodle ? moodle.unit : undefined;
  return [
    ...(hints.length > 0 ? ['Its hints are not shown there.'] : []),
    ...(figure ? [`Its figure "${figure}" is not carried over.`] : []),
    ...(unit ? [`Its unit "${unit}" is not known there.`] : []),
    ...(type === 'essay' ? ['Its model answer, rubric and length are not known there.'] : []),
    ...(type === 'ordering' ? ['What is said about the order is not shown there.'] : []),
  ];
}

/**
 * Writes a bank in Moodle's GIFT format, texts as Markdown.
 *
 * What other readers of GIFT won't see is in the losses; our own import finds some of it again in comments.
 */
export function exportGift({ title, questions }: Exchange): Exported {
  const lost: Loss[] = [];
  const parts = [`$CATEGORY: ${title.replace(/\s+/g, ' ').replaceAll('/', '//')}`];
  for (const question of questions) {
    const { moodle, losses: before } = toMoodle(question);
    lost.push(...before);
    if (!moodle) continue;
    const written = write(moodle);
    if (typeof written === 'string') {
      lost.push({ question: question.id, what: `Left out: ${written}` });
      continue;
    }
    lost.push(...losses(moodle).map((what) => ({ question: question.id, what })));
    parts.push(lines(moodle, written).join('\n'));
  }
  const body = new TextEncoder().encode(`${parts.join('\n\n')}\n`);
  return {
    losses: lost,
    file: { name: `${slug(title) || 'questions'}.gift`, type: 'text/plain', body },
  };
}

function lines(moodle: MoodleQuestion, { kept, before, opening = '', answers, after }: Written) {
  const { name, id, tags, prompt, hints, explanation } = moodle;
  const keep = writeKept({
    ...moodle.kept,
    ...kept,
    ...(hints.length > 0 ? { hints } : {}),
  });
  const marks = [...(id ? [`[id:${id}]`] : []), ...tags.map((tag) => `[tag:${tag}]`)];
  const general = explanation ? [`####${markdown(explanation)}`] : [];
  const within = [...answers, ...general].map((line) => `\t${line}\n`).join('');
  const braces = `{${opening}${within ? `\n${within}` : ''}}`;
  return [
    `// ${marks.join(' ')}`,
    ...(keep ? [`// ${keep}`] : []),
    `::${escaped(name)}::[markdown]${escaped(prompt + (before ?? ''))}${braces}${escaped(after ?? '')}`,
  ];
}

/**
 * Reads a GIFT file.
 *
 * Signs that can only be words are taken as such, as Moodle does. A question that can't be read at all is a fault, and
 * then nothing is imported; one that we can't hold is a loss.
 */
export function importGift(text: string, options: ImportOptions): ImportResult {
  const faults: ImportFault[] = [];
  const lost: Loss[] = [];
  const read: MoodleQuestion[] = [];
  const category = categories();
  for (const block of blocksOf(text)) {
    const { line, text: first } = block.lines[0]!;
    const path = /^\s*\$CATEGORY:(.*)$/.exec(first)?.[1];
    if (path !== undefined) {
      category.enter(path, line);
      continue;
    }
    lost.push(...category.hold());
    const found = readBlock(block);
    if ('message' in found) faults.push(found);
    else if ('what' in found) lost.push(found);
    else read.push(found);
  }
  if (faults.length === 0 && read.length === 0 && lost.length === 0) {
    faults.push({ line: 1, message: 'There is no question in this file.' });
  }
  if (faults.length > 0) return { ok: false, faults };
  return fromMoodle(read, lost, options, { title: category.title(), figures: {} });
}

function readBlock(block: Block): MoodleQuestion | ImportFault | Loss {
  const text = block.lines.map((one) => one.text).join('\n');
  const lineAt = (row: number) => (block.lines[row - 1] ?? block.lines.at(-1)!).line;
  const parts = partsOf(text);
  if ('message' in parts) {
    return { line: lineAt(text.slice(0, parts.at).split('\n').length), message: parts.message };
  }
  const ordering = parts.answers?.trim().startsWith('>') ? parts.answers : undefined;
  // The parser doesn't know ordering questions: it reads the rest of them.
  const known = ordering === undefined ? parts : { ...parts, answers: '' };
  let gift: GIFTQuestion | undefined;
  try {
    [gift] = parse(strict(known));
  } catch (error) {
    const { location } = error as { location?: { start: Location } };
    if (!location) throw error;
    const line = lineAt(location.start.line);
    return { line, message: unreadable(block, parts, line) };
  }
  return question(gift as Exclude<GIFTQuestion, Category>, block, ordering);
}

function unreadable({ lines: all }: Block, { answers = '' }: Parts, line: number): string {
  const near = all.find((one) => one.line === line)!.text.trim();
  const about = /^\s*#/.test(answers)
    ? 'Numbers are written as {#5:0.1}, {#4..6} or {# =%100%5 =%50%6}.'
    : 'Answers begin with = or ~, feedback with #, a weight stands between %.';
  return `This can't be read as a GIFT question: "${near.slice(0, 60)}". ${about}`;
}

function question(
  gift: Exclude<GIFTQuestion, Category>,
  block: Block,
  ordering?: string,
): MoodleQuestion | Loss {
  const line = block.lines[0]!.line;
  const name = (gift.title ?? '').trim();
  const losses: string[] = [];
  const lose = (what: string) => losses.push(what);
  const said = (text: TextFormat | null | undefined): string | undefined =>
    text ? fromFormat(text.text.replaceAll(hidden, ''), text.format, lose) || undefined : undefined;
  const prompt = said(gift.stem) ?? '';
  if (gift.type === 'Description') {
    const words = name || slug(prompt);
    return { question: words, line, what: 'Left out: it is a text without a question.' };
  }
  const { id, tags, kept } = block;
  const common = {
    name,
    line,
    id,
    // Where the answers stood within the text, a blank is left, and a space too many.
    prompt: gift.hasEmbeddedAnswers
      ? prompt.replace(/(_____|(?:\\_){5}) (?=[.,;:!?])/g, '$1')
      : prompt,
    explanation: said(gift.globalFeedback),
    hints: [],
    tags,
    losses,
    kept,
  };
  const weighted = (all: readonly TextChoice[], otherwise: number): Weighted[] =>
    all.map(({ isCorrect, weight, text, feedback }) => ({
      text: said(text) ?? '',
      percent: weight ?? (isCorrect ? 100 : otherwise),
      feedback: said(feedback),
    }));
  if (ordering !== undefined) return order(ordering, common, gift.stem.format);
  switch (gift.type) {
    case 'MC': {
      const single = gift.choices.some(({ isCorrect }) => isCorrect);
      return { ...common, type: 'multichoice', single, answers: weighted(gift.choices, 0) };
    }
    case 'Short':
      return {
        ...common,
        type: 'shortanswer',
        answers: gift.choices.map(({ text, weight, feedback }) => ({
          text: text.text,
          percent: weight ?? 100,
          feedback: said(feedback),
        })),
      };
    case 'TF': {
      // GIFT has the feedback on the wrong answer first, whatever the parser calls it.
      const wrong = said(gift.trueFeedback);
      const right = said(gift.falseFeedback);
      const feedback = gift.isTrue ? { true: right, false: wrong } : { true: wrong, false: right };
      return { ...common, type: 'truefalse', answer: gift.isTrue, feedback };
    }
    case 'Numerical':
      return numerical(gift.choices as NumericalChoice[], common, said);
    case 'Matching':
      return {
        ...common,
        type: 'matching',
        pairs: gift.matchPairs.map(({ subquestion, subanswer }) => ({
          text: said(subquestion) ?? '',
          answer: signs(subanswer),
        })),
      };
    case 'Essay':
      return { ...common, type: 'essay', ...(kept.words ? { words: kept.words } : {}) };
  }
}

// The parser forgets to turn these back into signs here.
const signs = (text: string) =>
  text.replace(/&&(010|035|058|061|092|123|125|126);?/g, (_, code: string) =>
    String.fromCharCode(Number(code)),
  );

type Common = Omit<MoodleOf<'essay'>, 'type' | 'model' | 'words'>;

function numerical(
  all: readonly NumericalChoice[],
  common: Common,
  said: (text: TextFormat | null) => string | undefined,
): MoodleQuestion {
  const answers: MoodleOf<'numerical'>['answers'] = [];
  let otherwise: string | undefined;
  for (const { isCorrect, weight, text, feedback } of all) {
    const percent = weight ?? (isCorrect ? 100 : 0);
    const { number, range = 0, numberLow = NaN, numberHigh = NaN } = text;
    if (number !== undefined) {
      answers.push({ value: number, tolerance: range, percent, feedback: said(feedback) });
    } else if (numberLow <= numberHigh || numberHigh < numberLow) {
      const value = (numberLow + numberHigh) / 2;
      const tolerance = Math.abs(numberHigh - value);
      answers.push({ value, tolerance, percent, feedback: said(feedback) });
    } else {
      otherwise = said(feedback);
      if (percent > 0) common.losses.push('Any other number has marks there; here it has none.');
    }
  }
  const { unit, units = {} } = common.kept;
  return { ...common, type: 'numerical', answers, otherwise, unit, units };
}

const orderHeader =
  /^>\s*(\d*)\s*(ALL|EXACT|RANDOM|REL|CONTIGUOUS|CONTIG|)\s*(HORIZONTAL|HORI|H|1|VERTICAL|VERT|V|0|)\s*([A-Z_]*)[^\n]*\n/;

/** An ordering question: settings on the first line, then an item a line. */
function order(answers: string, common: Common, format: string): MoodleQuestion {
  const body = answers.trim();
  const header = orderHeader.exec(`${body}\n`);
  const [, , shown = 'ALL', , grading = ''] = header ?? [];
  const lose = (what: string) => common.losses.push(what);
  const items = body
    .slice(header?.[0].length ?? 1)
    .split('\n')
    .map((item) => item.trim())
    .filter((item) => item !== '' && !item.startsWith('####'))
    .map((item) => fromFormat(item.replace(/\\([\\~=#{}:])/g, '$1'), format, lose));
  tellOrder({ shown, grading }, lose);
  return { ...common, type: 'ordering', items };
}
