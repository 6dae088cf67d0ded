import { Question } from '#features/questions/question.ts';
import { interop } from '#i18n/en/interop.ts';
import { idsFor, isId, slug, unlike } from './ids.ts';
import type { ImportResult, Loss } from './interop.ts';
import {
  type Gap,
  type MoodleOf,
  type MoodleQuestion,
  type Weighted,
  percentage,
} from './moodle.ts';

/** What an importer is told by whoever imports. */
export interface ImportOptions {
  /** The id of the outcome of questions that name none. */
  outcome: string;
  /** Said where the file says nothing; `either` where it must fit right and wrong answers. */
  noFeedback?: { right: string; wrong: string; either?: string };
}

/** Why a question can't be one of ours. */
class LeftOut extends Error {}

interface Reading {
  lose: (what: string) => void;
  /** What the file says about an answer, or the filler. */
  said: (text: string | undefined, about: 'right' | 'wrong' | 'either') => string;
}

const full = (percent: number) => percent >= 99.999;
const credit = (percent: number) =>
  full(percent) ? {} : { credit: Number((Math.max(0, percent) / 100).toFixed(12)) };
const plain = (text: string) => text.replace(/\s+/g, ' ').trim();
const once = <T>(list: readonly T[]) => [...new Set(list)];

function choice(moodle: MoodleOf<'multichoice'>, { lose, said }: Reading) {
  const { single, answers, kept } = moodle;
  const right = answers.filter(({ percent }) => (single ? full(percent) : percent > 0));
  if (right.length === 0) throw new LeftOut('no answer is worth full marks.');
  if (single && right.length > 1) {
    throw new LeftOut('several answers are worth full marks, but only one can be chosen.');
  }
  if (single) {
    const below = answers.filter(({ percent }) => percent < 0);
    for (const { text, percent } of below) {
      lose(`"${text}" takes off ${percentage(-percent)}% there; here it is worth nothing.`);
    }
  } else {
    const share = 100 / right.length;
    const alike = answers.every(({ percent }) => Math.abs(Math.abs(percent) - share) < 0.01);
    if (!alike) {
      lose(
        'Its ticks have weights of their own there; here right ticks count alike and a wrong one takes off as much.',
      );
    }
  }
  const ids = idsFor(
    answers.map(({ text }) => text),
    'choice',
    kept.ids,
  );
  return {
    kind: 'choice',
    multiple: !single,
    choices: answers.map((answer, at) => ({
      id: ids[at],
      text: answer.text,
      correct: right.includes(answer),
      ...(single && !full(answer.percent) && answer.percent > 0 ? credit(answer.percent) : {}),
      feedback: said(answer.feedback, right.includes(answer) ? 'right' : 'wrong'),
    })),
  };
}

/** Accepted words, those that are worth and said to be the same together; the last `*` is for all others. */
function typed(answers: readonly Weighted[], spelling: string, { lose, said }: Reading) {
  if (answers.some(({ text }) => text.includes('\\*'))) {
    throw new LeftOut('an asterisk itself is to be typed; here it always stands for any words.');
  }
  const last = answers.at(-1);
  const rest = last?.text === '*' && last.percent <= 0 ? answers.slice(0, -1) : answers;
  const otherwise = said(rest === answers ? undefined : last?.feedback, 'wrong');
  const groups: { accept: string[]; percent: number; feedback: string | undefined }[] = [];
  for (const { text, percent, feedback } of rest) {
    if (percent < 0) lose(`"${text}" takes off marks there; here it is worth nothing.`);
    const before = groups.at(-1);
    if (before?.percent === percent && before.feedback === feedback) before.accept.push(text);
    else groups.push({ accept: [text], percent, feedback });
  }
  return {
    answers: groups.map(({ accept, percent, feedback }) => ({
      accept,
      ...credit(percent),
      feedback: said(feedback, full(percent) ? 'right' : 'wrong'),
    })),
    otherwise,
    spelling,
  };
}

function numeric(moodle: MoodleOf<'numerical'>, { said }: Reading) {
  const { answers, otherwise, unit, units } = moodle;
  return {
    kind: 'numeric',
    ...(unit ? { unit } : {}),
    units,
    answers: answers.map(({ value, tolerance, percent, feedback }) => ({
      value,
      tolerance,
      ...credit(percent),
      feedback: said(feedback, full(percent) ? 'right' : 'wrong'),
    })),
    otherwise: said(otherwise, 'wrong'),
  };
}

function calculated(moodle: MoodleOf<'calculated'>, { said }: Reading) {
  const { parameters, answers, otherwise, decimals, unit } = moodle;
  return {
    kind: 'calculated',
    ...(unit ? { unit } : {}),
    parameters,
    answers: answers.map(({ formula, tolerance, percent, feedback }) => ({
      formula,
      tolerance,
      ...credit(percent),
      feedback: said(feedback, full(percent) ? 'right' : 'wrong'),
    })),
    decimals,
    otherwise: said(otherwise, 'wrong'),
  };
}

/** Rows with what belongs to each: a matching question, or what it was before it left us. */
function rows(moodle: MoodleOf<'matching'>, kind: string | undefined, { said }: Reading) {
  const { pairs, kept } = moodle;
  const found = once(pairs.map(({ answer }) => plain(answer)));
  const before = kept.options ?? [];
  const same =
    before.length === found.length && before.every(({ text }) => found.includes(plain(text)));
  const options = same
    ? before
    : idsFor(found, 'option').map((id, at) => ({ id, text: found[at]! }));
  const asked = pairs.filter(({ text }) => text !== '');
  const ids = idsFor(
    asked.map(({ text }) => text),
    'row',
    kept.ids,
  );
  const told = kept.feedback?.length === asked.length ? kept.feedback : [];
  const list = asked.map(({ text, answer }, at) => ({
    id: ids[at],
    text,
    key: options.find((option) => plain(option.text) === plain(answer))!.id,
    feedback: said(told[at], 'either'),
  }));
  if (kind === 'sorting') {
    const items = list.map(({ key, ...item }) => ({ ...item, category: key }));
    return { kind, categories: options, items };
  }
  if (kind === 'matrix') {
    return {
      kind,
      columns: options,
      rows: list.map(({ key, ...row }) => ({ ...row, column: key })),
    };
  }
  return {
    kind: 'matching',
    options,
    rows: list.map(({ key, ...row }) => ({ ...row, match: key })),
  };
}

function ordering({ items, kept, overall }: MoodleOf<'ordering'>, { said }: Reading) {
  const ids = idsFor(items, 'item', kept.ids);
  return {
    kind: 'ordering',
    items: items.map((text, at) => ({ id: ids[at], text })),
    feedback: {
      right: said(kept.order?.right ?? overall?.right, 'right'),
      wrong: said(kept.order?.wrong ?? overall?.wrong ?? overall?.partly, 'wrong'),
    },
  };
}

function listGap({ id, answers }: Gap, kept: readonly string[] | undefined, reading: Reading) {
  const ids = idsFor(
    answers.map(({ text }) => text),
    'option',
    kept,
  );
  return {
    id,
    options: answers.map(({ text, percent, feedback }, at) => {
      if (percent !== 0 && !full(percent)) {
        reading.lose(`"${text}" is worth ${percentage(percent)}% there; here it is worth nothing.`);
      }
      return {
        id: ids[at],
        text,
        correct: full(percent),
        feedback: reading.said(feedback, full(percent) ? 'right' : 'wrong'),
      };
    }),
  };
}

function gaps(moodle: MoodleOf<'cloze'>, reading: Reading) {
  const { text, gaps: all, kept } = moodle;
  if (all.length === 0) throw new LeftOut('there is no gap in its text.');
  if (once(all.map(({ weight }) => weight)).length > 1) {
    reading.lose('Some of its gaps count more than others there; here all count alike.');
  }
  return {
    kind: 'gaps',
    text,
    gaps: all.map((gap, at) =>
      gap.list
        ? listGap(gap, kept.gaps?.[at], reading)
        : { id: gap.id, ...typed(gap.answers, kept.spelling?.[at] ?? 'exact', reading) },
    ),
  };
}

function essay({ model, words, kept }: MoodleOf<'essay'>, { lose }: Reading) {
  const given = model ?? kept.model;
  if (!given) lose('It has no model answer; a filler was put in.');
  if (!kept.rubric) lose('It has no rubric; one criterion was put in as a filler.');
  return {
    kind: 'open-response',
    words: words ?? kept.words ?? { min: 1, max: 600 },
    rubric: kept.rubric ?? [{ id: 'criterion', text: interop.filler.criterion }],
    model: given ?? interop.filler.model,
  };
}

function ours(moodle: MoodleQuestion, kind: string | undefined, reading: Reading): object {
  switch (moodle.type) {
    case 'multichoice':
      return choice(moodle, reading);
    case 'truefalse': {
      const { answer, feedback } = moodle;
      const about = (value: boolean) => (value === answer ? 'right' : 'wrong');
      return {
        kind: 'true-false',
        answer,
        feedback: {
          true: reading.said(feedback.true, about(true)),
          false: reading.said(feedback.false, about(false)),
        },
      };
    }
    case 'shortanswer': {
      const spelling = moodle.kept.spelling?.[0] ?? 'exact';
      return { kind: 'short-answer', ...typed(moodle.answers, spelling, reading) };
    }
    case 'numerical':
      return numeric(moodle, reading);
    case 'matching':
      return rows(moodle, kind, reading);
    case 'ordering':
      return ordering(moodle, reading);
    case 'cloze':
      return gaps(moodle, reading);
    case 'calculated':
      return calculated(moodle, reading);
    case 'essay':
      return essay(moodle, reading);
  }
}

interface Tags {
  outcome?: string;
  difficulty?: string;
  kind?: string;
}

function readTags(tags: readonly string[], lose: Reading['lose']): Tags {
  const known: Tags = {};
  for (const tag of tags) {
    const [, name, value = ''] = /^(outcome|difficulty|kind):(.*)$/.exec(tag.trim()) ?? [];
    if (name === 'outcome' && isId(value)) known.outcome = value;
    else if (name === 'difficulty' && /^(easy|medium|hard)$/.test(value)) known.difficulty = value;
    else if (name === 'kind') known.kind = value;
    else lose(`The tag "${tag}" has no place here.`);
  }
  return known;
}

/** The question as an author would have written it, or why not. */
function draft(
  moodle: MoodleQuestion,
  id: string,
  { outcome, noFeedback = interop.filler }: ImportOptions,
  lose: Reading['lose'],
): object {
  const { kept, overall, explanation, figure } = moodle;
  const filler = { either: interop.filler.either, ...noFeedback };
  const fillers: string[] = [];
  const used = new Set<string | undefined>();
  const said: Reading['said'] = (text, about) => {
    const whole = about === 'either' ? undefined : overall?.[about];
    if (!text && !whole) fillers.push(filler[about]);
    used.add(text ?? whole);
    return text ?? whole ?? filler[about];
  };
  const tags = readTags(moodle.tags, lose);
  const hints = kept.hints ?? moodle.hints;
  if (hints.length > 3) lose(`It has ${hints.length} hints; the first three were kept.`);
  const own = ours(moodle, tags.kind, { lose, said });
  const { right, partly, wrong } = overall ?? {};
  if ([right, partly, wrong].some((text) => text !== undefined && !used.has(text))) {
    lose('What it says of right, partly right or wrong answers as a whole has no place here.');
  }
  if (fillers.length > 0) lose('An answer has no feedback of its own; a filler was put in.');
  return {
    id,
    outcome: tags.outcome ?? outcome,
    ...(tags.difficulty ? { difficulty: tags.difficulty } : {}),
    prompt: moodle.prompt,
    ...(figure ? { figure } : {}),
    hints: hints.slice(0, 3),
    ...(explanation ? { explanation } : {}),
    ...(kept.reread ? { reread: kept.reread } : {}),
    ...own,
  };
}

/**
 * The questions of a file as ours, each checked as if an author had written it.
 *
 * What is lost, and what is left out and why, is in the losses, in the order of the file.
 */
export function fromMoodle(
  read: readonly MoodleQuestion[],
  lost: readonly Loss[],
  options: ImportOptions,
  { title, figures }: { title: string; figures: Record<string, string> },
): ImportResult {
  const losses = [...lost];
  const questions: Question[] = [];
  const taken = new Set<string>();
  for (const moodle of read) {
    const { id: number = '', name, line, prompt } = moodle;
    const wanted = [number, name].find(isId) ?? slug(name || prompt);
    const id = unlike(wanted || 'question', taken);
    const lose = (what: string) => losses.push({ question: name || id, line, what });
    moodle.losses.forEach(lose);
    try {
      const result = Question.safeParse(draft(moodle, id, options, lose));
      if (result.success) questions.push(result.data);
      else {
        const issues = result.error.issues.map(({ path, message }) =>
          [path.join('.'), message].filter(Boolean).join(': '),
        );
        throw new LeftOut(`${issues.join('; ')}.`);
      }
    } catch (error) {
      if (!(error instanceof LeftOut)) throw error;
      lose(`Left out: ${error.message}`);
    }
  }
  losses.sort((one, other) => (one.line ?? 0) - (other.line ?? 0));
  return { ok: true, imported: { exchange: { title, questions, figures }, losses } };
}
