import { mapTexts } from '#features/questions/markdown.server.ts';
import { type Question, type QuestionOf, gapsIn } from '#features/questions/question.ts';
import { plainToMarkdown } from './html.server.ts';
import type { Loss } from './interop.ts';
import { reckonsWithin } from './moodle-formula.ts';
import { type Gap, type Kept, type MoodleQuestion, type Weighted, percentage } from './moodle.ts';

type Lose = (what: string) => void;
/** What differs from type to type; the rest is the same for all. */
type Own = MoodleQuestion extends infer M
  ? M extends MoodleQuestion
    ? Omit<M, 'name' | 'line' | 'id' | 'prompt' | 'hints' | 'tags' | 'losses'>
    : never
  : never;

// Those that Moodle offers; an importer refuses others unless told to take the nearest.
const weights = [
  100, 90, 83.33333, 80, 75, 70, 66.66667, 60, 50, 40, 33.33333, 30, 25, 20, 16.66667, 14.28571,
  12.5, 11.11111, 10, 5, 0,
];

function checkWeights(answers: readonly Weighted[], lose: Lose) {
  const odd = answers.find(
    ({ percent }) => !weights.some((one) => Math.abs(one - Math.abs(percent)) < 0.001),
  );
  if (!odd) return;
  lose(
    `Moodle has no weight of ${percentage(odd.percent)}%: choose "nearest" when importing there.`,
  );
}

function choice({ multiple, choices }: QuestionOf<'choice'>): Own {
  const right = choices.filter(({ correct }) => correct).length;
  return {
    type: 'multichoice',
    single: !multiple,
    // Right ticks minus wrong ticks, never below 0: Moodle's sum comes to the same.
    answers: choices.map(({ text, correct, credit = 0, feedback }) => ({
      text,
      percent: multiple ? (correct ? 100 : -100) / right : correct ? 100 : credit * 100,
      feedback,
    })),
    kept: { ids: choices.map(({ id }) => id) },
  };
}

const plain = (text: string) => text.replace(/\s+/g, ' ').trim();

function rows(
  question: QuestionOf<'matching' | 'sorting' | 'matrix'>,
  lose: Lose,
): Own | undefined {
  const list =
    question.kind === 'matching'
      ? question.rows.map((row) => ({ ...row, key: row.match }))
      : question.kind === 'sorting'
        ? question.items.map((item) => ({ ...item, key: item.category }))
        : question.rows.map((row) => ({ ...row, key: row.column }));
  const options =
    question.kind === 'matching'
      ? question.options
      : question.kind === 'sorting'
        ? question.categories
        : question.columns;
  if (new Set(options.map(({ text }) => plain(text))).size < options.length) {
    lose(
      'Left out: two of the answers to choose from read alike, and Moodle knows them by their words.',
    );
    return undefined;
  }
  lose('What is said about each row is not shown there.');
  if (question.kind !== 'matching') lose('It becomes a matching question, which marks alike.');
  const unused = options.filter(({ id }) => !list.some(({ key }) => key === id));
  return {
    type: 'matching',
    pairs: [
      ...list.map(({ text, key }) => ({
        text,
        answer: options.find(({ id }) => id === key)!.text,
      })),
      ...unused.map(({ text }) => ({ text: '', answer: text })),
    ],
    kept: {
      ids: list.map(({ id }) => id),
      options: options.map(({ id, text }) => ({ id, text })),
      feedback: list.map(({ feedback }) => feedback),
    },
  };
}

type Typed = Pick<QuestionOf<'short-answer'>, 'answers' | 'otherwise' | 'spelling'>;

const typed = ({ answers, otherwise }: Typed): Weighted[] => [
  ...answers.flatMap(({ accept, credit, feedback }) =>
    accept.map((text) => ({ text, percent: credit * 100, feedback })),
  ),
  { text: '*', percent: 0, feedback: otherwise },
];

function tellSpelling(spelling: Typed['spelling'], lose: Lose) {
  if (spelling === 'exact') return;
  lose('Close misspellings and missing accents count as wrong there.');
}

function gaps({ text, gaps: all }: QuestionOf<'gaps'>, lose: Lose): Own {
  const inOrder = gapsIn(text).map((id) => all.find((gap) => gap.id === id)!);
  for (const gap of inOrder) if ('answers' in gap) tellSpelling(gap.spelling, lose);
  return {
    type: 'cloze',
    text,
    gaps: inOrder.map((gap): Gap => {
      const answers =
        'answers' in gap
          ? typed(gap)
          : gap.options.map(({ text: label, correct, feedback }) => ({
              text: label,
              percent: correct ? 100 : 0,
              feedback,
            }));
      return { id: gap.id, list: 'options' in gap, weight: 1, answers };
    }),
    kept: {
      ids: inOrder.map(({ id }) => id),
      gaps: inOrder.map((gap) => ('options' in gap ? gap.options.map(({ id }) => id) : [])),
      spelling: inOrder.map((gap) => ('answers' in gap ? gap.spelling : 'exact')),
    },
  };
}

function numeric({ answers, otherwise, unit, units }: QuestionOf<'numeric'>): Own {
  return {
    type: 'numerical',
    answers: answers.map(({ value, tolerance, credit, feedback }) => ({
      value,
      tolerance: typeof tolerance === 'number' ? tolerance : share(value, tolerance),
      percent: credit * 100,
      feedback,
    })),
    otherwise,
    ...(unit ? { unit } : {}),
    units,
    kept: {},
  };
}
const share = (value: number, tolerance: string) => (Math.abs(value) * parseFloat(tolerance)) / 100;

/** How many decimals the values of a parameter have. */
export const decimalsOf = (step: number): number =>
  Math.max(0, (/\.(\d+)/.exec(step.toFixed(9))?.[1] ?? '').replace(/0+$/, '').length);

function calculated(question: QuestionOf<'calculated'>, lose: Lose): Own | undefined {
  const { parameters, answers, otherwise, decimals, unit, prompt } = question;
  if (reckonsWithin(prompt)) {
    lose('Left out: its text holds {=…}, which Moodle would reckon.');
    return undefined;
  }
  const odd = Object.entries(parameters).filter(
    ([, { step }]) => step !== Number(`1e-${decimalsOf(step)}`),
  );
  for (const [name, { step }] of odd) {
    lose(`The parameter ${name} moves in steps of ${step} here; new values drawn there do not.`);
  }
  return {
    type: 'calculated',
    parameters,
    answers: answers.map(({ formula, tolerance, credit, feedback }) => ({
      formula,
      tolerance,
      percent: credit * 100,
      feedback,
    })),
    otherwise,
    decimals,
    ...(unit ? { unit } : {}),
    kept:
      odd.length > 0
        ? { steps: Object.fromEntries(odd.map(([name, { step }]) => [name, step])) }
        : {},
  };
}

function own(question: Question, lose: Lose): Own | undefined {
  switch (question.kind) {
    case 'choice':
      return choice(question);
    case 'true-false': {
      const { answer, feedback } = question;
      return { type: 'truefalse', answer, feedback, kept: {} };
    }
    case 'matching':
    case 'sorting':
    case 'matrix':
      return rows(question, lose);
    case 'ordering': {
      const { items, feedback } = question;
      return {
        type: 'ordering',
        items: items.map(({ text }) => text),
        overall: { right: feedback.right, partly: feedback.wrong, wrong: feedback.wrong },
        kept: { ids: items.map(({ id }) => id) },
      };
    }
    case 'gaps':
      return gaps(question, lose);
    case 'short-answer':
      tellSpelling(question.spelling, lose);
      return {
        type: 'shortanswer',
        answers: typed(question),
        kept: { spelling: [question.spelling] },
      };
    case 'numeric':
      return numeric(question);
    case 'calculated':
      return calculated(question, lose);
    case 'open-response':
      lose('The rubric does not reckon the marks there.');
      return {
        type: 'essay',
        model: question.model,
        words: question.words,
        kept: { rubric: question.rubric },
      };
    case 'budget':
    case 'hotspot':
      lose(`Left out: Moodle has no ${question.kind} questions.`);
      return undefined;
  }
}

/** A list's plain words as Markdown, where Moodle has Markdown. */
export const asMarkdown = (answers: readonly Weighted[]): Weighted[] =>
  answers.map((answer) => ({ ...answer, text: plainToMarkdown(answer.text) }));

const termLink = /\[([^\]]*)\]\(term:[a-z0-9-]+\)/g;

/** A question in Moodle's terms, or none where Moodle has nothing that marks alike; and what is lost by it. */
export function toMoodle(question: Question): { moodle?: MoodleQuestion; losses: Loss[] } {
  const losses: Loss[] = [];
  const lose = (what: string) => losses.push({ question: question.id, what });
  const worded = mapTexts(question, (text) => text.replace(termLink, '$1'));
  if (JSON.stringify(worded) !== JSON.stringify(question)) {
    lose('Words that the glossary explains are plain words there.');
  }
  const made = own(worded, lose);
  if (!made) return { losses };
  if ('answers' in made && made.type !== 'numerical' && made.type !== 'calculated') {
    checkWeights(made.answers, lose);
  }
  const { id, outcome, difficulty, prompt, figure, hints, explanation, reread, kind } = worded;
  if (reread) lose('Where to read again is not shown there.');
  const kept: Kept = { ...made.kept, ...(reread ? { reread } : {}) };
  const moodle = {
    name: id,
    id,
    line: 0,
    prompt,
    explanation,
    hints,
    figure,
    tags: [
      `outcome:${outcome}`,
      `difficulty:${difficulty}`,
      ...(kind === 'sorting' || kind === 'matrix' ? [`kind:${kind}`] : []),
    ],
    losses: [],
    ...made,
    kept,
  };
  return { moodle, losses };
}
