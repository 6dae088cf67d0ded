import { describe, expect, test } from 'vitest';
import { GradedBank, PracticeBank, Question } from './question.ts';

const common = { id: 'q', outcome: 'o', prompt: 'What?' };
const feedback = 'Why.';
const option = (id: string) => ({ id, text: id });
const said = (id: string) => ({ id, text: id, feedback });
const right = { accept: ['yes'], feedback };
const good: Record<string, object> = {
  choice: { choices: [{ ...said('a'), correct: true }, said('b')] },
  sorting: {
    categories: [option('x'), option('y')],
    items: ['a', 'b', 'c'].map((id) => ({ ...said(id), category: 'x' })),
  },
  matrix: {
    columns: [option('x'), option('y')],
    rows: ['a', 'b'].map((id) => ({ ...said(id), column: 'x' })),
  },
  gaps: { text: 'A {one}.', gaps: [{ id: 'one', answers: [right], otherwise: feedback }] },
  'short-answer': { answers: [right], otherwise: feedback },
  numeric: { answers: [{ value: 3, feedback }], otherwise: feedback },
  calculated: {
    prompt: 'Of {a}?',
    parameters: { a: { min: 1, max: 5 } },
    answers: [{ formula: 'a * 2', feedback }],
    otherwise: feedback,
  },
  budget: {
    lines: ['a', 'b'].map((id) => ({
      id,
      text: id,
      min: 10,
      max: 90,
      feedback: { low: feedback, right: feedback, high: feedback },
    })),
  },
  hotspot: {
    figure: 'map',
    spots: [
      { ...said('a'), x: 1, y: 1, correct: true },
      { ...said('b'), x: 9, y: 9 },
    ],
  },
  'open-response': { model: 'So.', rubric: [{ id: 'a', text: 'A' }] },
};

test.for(Object.entries(good))('a good %s question is taken', ([kind, fields]) => {
  expect(Question.safeParse({ ...common, kind, ...fields }).error).toBeUndefined();
});

describe('a slip gets a sentence at its place', () => {
  const ranges = (min: number, max: number, more = {}) => ({
    lines: ['a', 'b'].map((id) => ({
      id,
      text: id,
      min,
      max,
      feedback: { low: feedback, right: feedback, high: feedback, ...more },
    })),
  });
  test.for<[string, object, string, RegExp]>([
    [
      'choice',
      { choices: [{ ...said('a'), correct: true, credit: 0.5 }, said('b')] },
      'choices.0.credit',
      /right in part/,
    ],
    [
      'sorting',
      { ...good.sorting, items: ['a', 'b', 'c'].map((id) => ({ ...said(id), category: 'z' })) },
      'items.0.category',
      /there is no category "z"/,
    ],
    [
      'matrix',
      { ...good.matrix, rows: ['a', 'b'].map((id) => ({ ...said(id), column: 'z' })) },
      'rows.0.column',
      /there is no column "z"/,
    ],
    ['gaps', { ...good.gaps, text: 'None.' }, 'gaps.0.id', /write \{one\} once/],
    ['gaps', { ...good.gaps, text: 'A {one} {two}.' }, 'text', /no gap "two"/],
    [
      'gaps',
      { text: '{one}', gaps: [{ id: 'one', options: [said('a'), said('b')] }] },
      'gaps.0.options',
      /exactly one option/,
    ],
    [
      'short-answer',
      { answers: [{ ...right, credit: 0.5 }], otherwise: feedback },
      'answers',
      /full marks/,
    ],
    [
      'numeric',
      { answers: [{ value: 3, tolerance: '2 %', feedback }], otherwise: feedback },
      'answers.0.tolerance',
      /2%|Invalid/,
    ],
    [
      'calculated',
      { ...good.calculated, answers: [{ formula: 'a * b', feedback }] },
      'answers.0.formula',
      /"b" is no parameter/,
    ],
    [
      'calculated',
      { ...good.calculated, answers: [{ formula: 'a +', feedback }] },
      'answers.0.formula',
      /is no formula/,
    ],
    ['calculated', { ...good.calculated, prompt: 'Of {c}?' }, 'prompt', /\{c\}, which is no/],
    [
      'calculated',
      { ...good.calculated, parameters: { a: { min: 5, max: 1 } } },
      'parameters.a',
      /min is larger/,
    ],
    ['budget', ranges(60, 90), 'lines', /the least add up to 120/],
    ['budget', ranges(0, 40), 'lines', /the most to 80/],
    ['budget', ranges(10, 90, { low: undefined }), 'lines.0.feedback', /too little/],
    ['budget', ranges(10, 90, { high: undefined }), 'lines.0.feedback', /too much/],
    [
      'hotspot',
      { figure: 'map', spots: [said('a'), said('b')].map((one) => ({ ...one, x: 1, y: 1 })) },
      'spots',
      /no spot is the key/,
    ],
    ['open-response', { model: 'So.', rubric: [] }, 'rubric', /at least one criterion/],
    ['choice', { ...good.choice, hints: ['1', '2', '3', '4'] }, 'hints', /at most three/],
    ['choice', { ...good.choice, reread: 'Not An Id' }, 'reread', /lesson-name#heading/],
  ])('%s %#: %o', ([kind, fields, path, message]) => {
    const { error } = Question.safeParse({ ...common, kind, ...fields });
    const issues = error?.issues.map((issue) => [issue.path.join('.'), issue.message]) ?? [];
    const found = issues.filter(([at]) => at === path).map(([, text]) => text);
    expect(found.join(' '), JSON.stringify(issues)).toMatch(message);
  });
});

const questions = ['a', 'b', 'c', 'd'].map((id, at) => ({
  ...common,
  id,
  kind: 'true-false',
  answer: true,
  difficulty: at < 2 ? 'easy' : 'hard',
  feedback: { true: 'Y', false: 'N' },
}));
const bank = { title: 'T', pass: 0.5, attempts: 1, questions };

test('a bank draws no more than it has, rule by rule', () => {
  const draws = (draw: unknown) =>
    GradedBank.safeParse({ ...bank, draw }).error?.issues[0]?.message;
  expect(draws(4)).toBeUndefined();
  expect(draws(5)).toContain('draws 5 questions but has only 4');
  expect(draws([{ count: 2, difficulty: 'easy' }, { count: 2 }])).toBeUndefined();
  expect(draws([{ count: 3, difficulty: 'easy' }])).toContain('only 2');
  expect(draws([{ count: 3 }, { count: 2, difficulty: 'hard' }])).toContain('only 0');
});

test('what is not said has its usual value', () => {
  expect(GradedBank.parse({ ...bank, draw: 2 })).toMatchObject({
    counts: 'best',
    navigation: 'free',
    feedback: 'deferred',
    certainty: 'off',
    waitMinutes: 0,
    graceSeconds: 60,
    review: { marks: 'handed-in', feedback: 'handed-in', key: 'done' },
  });
  expect(PracticeBank.parse({ questions })).toMatchObject({
    tries: 3,
    penalty: 0.25,
    certainty: false,
  });
});
