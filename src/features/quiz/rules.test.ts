import { describe, expect, test } from 'vitest';
import { GradedBank, Question } from '#features/questions/question.ts';
import type { Settled } from '#features/questions/questions.ts';
import { answerFromForm } from './answer-form.ts';
import { certaintyMark } from './certainty.ts';
import { isSame, markUnder } from './correction.ts';
import { draw, drawCount } from './draw.ts';
import { whatIsShown } from './review-window.ts';
import { worth } from './worth.ts';

test.for([
  [1, 1, 1],
  [1, 2, 2],
  [1, 3, 3],
  [0, 1, 0],
  [0, 2, -2],
  [0, 3, -6],
  [0.5, 3, 1.5],
] as const)('an answer worth %d given with certainty %i counts %d', ([score, certainty, mark]) => {
  expect(certaintyMark(score, certainty)).toBe(mark);
});

test('each further try and each hint costs its share, down to nothing', () => {
  const price = { penalty: 0.25 };
  expect(
    [{}, { tries: 2 }, { tries: 2, hints: 1 }, { tries: 9 }].map((one) => worth(price, one)),
  ).toEqual([1, 0.75, 0.5, 0]);
  expect(worth({ penalty: 0 }, { tries: 9, hints: 3 })).toBe(1);
  expect(worth({ penalty: 0.1 }, { tries: 4 })).toBe(0.7);
});

const review = { marks: 'handed-in', feedback: 'handed-in', key: 'done' } as const;
const standing = { open: false, passed: false, attemptsLeft: 1, closed: false };
test.for([
  ['with attempts left, no key', review, standing, [true, true, false]],
  ['once passed, the key', review, { ...standing, passed: true }, [true, true, true]],
  ['with none left, the key', review, { ...standing, attemptsLeft: 0 }, [true, true, true]],
  [
    'never the key while one is open',
    review,
    { ...standing, passed: true, open: true },
    [true, true, false],
  ],
  [
    'nothing before the course is over',
    { marks: 'closed', feedback: 'closed', key: 'closed' },
    { ...standing, passed: true },
    [false, false, false],
  ],
  [
    'everything when it is over',
    { marks: 'closed', feedback: 'closed', key: 'closed' },
    { ...standing, closed: true },
    [true, true, true],
  ],
  [
    'never is never',
    { marks: 'never', feedback: 'never', key: 'never' },
    { ...standing, passed: true, closed: true },
    [false, false, false],
  ],
] as const)('%s', ([, windows, where, [marks, feedback, key]]) => {
  expect(whatIsShown(windows, where)).toEqual({ marks, feedback, key });
});

const common = { id: 'q', outcome: 'o', prompt: 'What?' };
const parse = (fields: object) => Question.parse({ ...common, ...fields }) as Settled;
const several = parse({
  kind: 'choice',
  multiple: true,
  choices: ['a', 'b', 'c'].map((id) => ({ id, text: id, correct: id !== 'c', feedback: 'F' })),
});
const number = parse({
  kind: 'numeric',
  unit: 'km',
  answers: [{ value: 10, feedback: 'F' }],
  otherwise: 'O',
});
const word = parse({
  kind: 'short-answer',
  answers: [{ accept: ['yes'], feedback: 'F' }],
  otherwise: 'O',
});

describe('two answers are the same', () => {
  test('in whatever order and however often they were ticked', () => {
    const chosen = (...ids: string[]) => ({ kind: 'choice' as const, chosen: ids });
    expect(isSame(several, chosen('a', 'b'), chosen('b', 'a', 'a'))).toBe(true);
    expect(isSame(several, chosen('a'), chosen('b'))).toBe(false);
  });
  test('however they were typed', () => {
    const typed = (text: string) => ({ kind: 'numeric' as const, text });
    expect(isSame(number, typed('1,000 km'), typed('1000'))).toBe(true);
    expect(isSame(number, typed('1000'), typed('1001'))).toBe(false);
    const said = (text: string) => ({ kind: 'short-answer' as const, text });
    expect(isSame(word, said(' Été '), said('ete'))).toBe(true);
  });
});

test('later changes go on from earlier ones', () => {
  const b = { kind: 'choice' as const, chosen: ['b'] };
  const c = { kind: 'choice' as const, chosen: ['c'] };
  expect(markUnder(several, b, [])).toBe(0.5);
  expect(markUnder(several, b, [{ type: 'accept', answer: b }])).toBe(1);
  expect(markUnder(several, b, [{ type: 'key', answer: c }])).toBe(0);
  expect(
    markUnder(several, b, [
      { type: 'key', answer: c },
      { type: 'accept', answer: b },
    ]),
  ).toBe(1);
  expect(markUnder(several, b, [{ type: 'accept', answer: b }, { type: 'void' }])).toBe('void');
  expect(markUnder(several, undefined, [{ type: 'accept', answer: b }])).toBe(0);
});

test('an instructor’s plain form gives the answer that was filled in, or none', () => {
  expect(answerFromForm(several, { 'answer-a': 'yes', 'answer-c': 'yes' })).toEqual({
    kind: 'choice',
    chosen: ['a', 'c'],
  });
  expect(answerFromForm(several, {})).toBeUndefined();
  expect(answerFromForm(number, { answer: '7' })).toEqual({ kind: 'numeric', text: '7' });
  expect(answerFromForm(word, { answer: '  ' })).toBeUndefined();
});

test('a bank that draws by outcome and difficulty gives so many of each, in any seed', () => {
  const questions = Array.from({ length: 12 }, (_, at) => ({
    ...common,
    id: `q${at}`,
    outcome: at % 2 ? 'odd' : 'even',
    difficulty: at < 6 ? 'easy' : 'hard',
    kind: 'true-false',
    answer: true,
    feedback: { true: 'Y', false: 'N' },
  }));
  const bank = GradedBank.parse({
    title: 'T',
    pass: 0.5,
    attempts: 1,
    draw: [
      { count: 2, difficulty: 'hard', outcome: 'odd' },
      { count: 3, difficulty: 'hard' },
      { count: 1, outcome: 'even' },
    ],
    questions,
  });
  expect(drawCount(bank)).toBe(6);
  for (let seed = 0; seed < 200; seed++) {
    const drawn = draw(bank, seed).map(({ question }) => question);
    expect(new Set(drawn.map(({ id }) => id)).size).toBe(6);
    const hard = drawn.filter(({ difficulty }) => difficulty === 'hard');
    expect(hard.length).toBeGreaterThanOrEqual(5);
    expect(hard.filter(({ outcome }) => outcome === 'odd').length).toBeGreaterThanOrEqual(2);
  }
});
