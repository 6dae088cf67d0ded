import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Answer } from './answer.ts';
import { Question } from './question.ts';
import { type Settled, ask, grade, keyOf } from './questions.ts';

const common = { outcome: 'explain', prompt: 'What?' };
const one = Question.parse({
  ...common,
  id: 'one',
  kind: 'choice',
  choices: [
    { id: 'a', text: 'A', correct: true, feedback: 'Because a.' },
    { id: 'b', text: 'B', feedback: 'Because b.' },
    { id: 'c', text: 'C', feedback: 'Because c.' },
  ],
}) as Settled;
const several = Question.parse({
  ...common,
  id: 'several',
  kind: 'choice',
  multiple: true,
  choices: [
    { id: 'a', text: 'A', correct: true, feedback: 'Because a.' },
    { id: 'b', text: 'B', correct: true, feedback: 'Because b.' },
    { id: 'c', text: 'C', feedback: 'Because c.' },
    { id: 'd', text: 'D', feedback: 'Because d.' },
  ],
}) as Settled;
const truth = Question.parse({
  ...common,
  id: 'truth',
  kind: 'true-false',
  answer: false,
  feedback: { true: 'No.', false: 'Yes.' },
}) as Settled;
const matching = Question.parse({
  ...common,
  id: 'matching',
  kind: 'matching',
  options: [
    { id: 'x', text: 'X' },
    { id: 'y', text: 'Y' },
    { id: 'z', text: 'Z' },
  ],
  rows: [
    { id: 'constructor', text: 'One', match: 'x', feedback: 'Because x.' },
    { id: 'two', text: 'Two', match: 'y', feedback: 'Because y.' },
  ],
}) as Settled;
const ordering = Question.parse({
  ...common,
  id: 'ordering',
  kind: 'ordering',
  items: ['a', 'b', 'c', 'd', 'e'].map((id) => ({ id, text: id })),
  feedback: { right: 'Yes.', wrong: 'No.' },
}) as Settled;
const all: Settled[] = [one, several, truth, matching, ordering];

const scoreOf = (question: Settled, answer: Answer) => {
  const mark = grade(question, answer);
  return mark.status === 'graded' ? mark.score : undefined;
};
const choice = (...chosen: string[]): Answer => ({ kind: 'choice', chosen });
const order = (text: string): Answer => ({ kind: 'ordering', order: text.split('') });

test.for([
  [one, choice('a'), 1],
  [one, choice('b'), 0],
  [one, choice('a', 'b'), 0],
  [one, choice(), 0],
  [several, choice('a', 'b'), 1],
  [several, choice('a'), 0.5],
  [several, choice('a', 'b', 'c'), 0.5],
  [several, choice('a', 'c'), 0],
  [several, choice('a', 'b', 'c', 'd'), 0],
  [truth, { kind: 'true-false', value: false }, 1],
  [truth, { kind: 'true-false', value: true }, 0],
  [matching, { kind: 'matching', pairs: { constructor: 'x', two: 'y' } }, 1],
  [matching, { kind: 'matching', pairs: { constructor: 'x', two: 'z' } }, 0.5],
  [matching, { kind: 'matching', pairs: { two: 'y' } }, 0.5],
  [matching, { kind: 'matching', pairs: {} }, 0],
  [ordering, order('abcde'), 1],
  // One item out of place costs one neighbour of four.
  [ordering, order('bcdea'), 0.75],
  [ordering, order('edcba'), 0],
] as [Settled, Answer, number][])(
  '%#: marks as worked out by hand',
  ([question, answer, score]) => {
    expect(scoreOf(question, answer)).toBe(score);
  },
);

test.for(all)('the key of a $kind question has full marks', (question) => {
  expect(scoreOf(question, keyOf(question))).toBe(1);
});

test('an answer for another kind, or with ids that are not there, is no answer and tells nothing', () => {
  expect(grade(one, order('abcde'))).toEqual({ status: 'unanswerable', reason: 'wrong-kind' });
  expect(grade(one, choice('q'))).toEqual({ status: 'unanswerable', reason: 'unknown-id' });
  expect(grade(ordering, order('aaaaa'))).toEqual({ status: 'unanswerable', reason: 'incomplete' });
  expect(grade(ordering, order('abc'))).toEqual({ status: 'unanswerable', reason: 'incomplete' });
  expect(grade(matching, { kind: 'matching', pairs: { one: '__proto__' } })).toMatchObject({
    status: 'unanswerable',
  });
});

describe('whatever is sent as an answer', () => {
  const ids = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'x', 'y', 'two', 'constructor', '__proto__');
  const answers = fc.oneof(
    fc.record({ kind: fc.constant('choice'), chosen: fc.array(ids) }),
    fc.record({ kind: fc.constant('true-false'), value: fc.boolean() }),
    fc.record({ kind: fc.constant('matching'), pairs: fc.dictionary(ids, ids) }),
    fc.record({ kind: fc.constant('ordering'), order: fc.array(ids) }),
    fc.jsonValue(),
  );

  test('no mark lies outside 0 to 1, and nothing breaks', () => {
    fc.assert(
      fc.property(fc.constantFrom(...all), answers, (question, sent) => {
        const answer = Answer.safeParse(sent);
        if (!answer.success) return;
        const mark = grade(question, answer.data);
        if (mark.status === 'graded') {
          expect(mark.score).toBeGreaterThanOrEqual(0);
          expect(mark.score).toBeLessThanOrEqual(1);
        }
      }),
    );
  });

  test('the order of ticks makes no difference', () => {
    fc.assert(
      fc.property(fc.subarray(['a', 'b', 'c', 'd']), (chosen) => {
        expect(grade(several, choice(...chosen))).toEqual(
          grade(several, choice(...chosen.toReversed())),
        );
      }),
    );
  });
});

test('a question as it is asked carries neither key nor feedback', () => {
  const asked = JSON.stringify(all.map((question) => ask(question, (list) => list.toReversed())));
  expect(asked).not.toMatch(/correct|feedback|match"|Because|answer/);
  expect(asked).toContain('"text":"One"');
});
