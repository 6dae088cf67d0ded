import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Question } from './question.ts';
import { type Settled, explain } from './questions.ts';

const common = { outcome: 'explain', prompt: 'What?' };
const several = Question.parse({
  ...common,
  id: 'several',
  kind: 'choice',
  multiple: true,
  choices: [
    { id: 'jobs', text: 'Jobs', correct: true, feedback: 'On jobs.' },
    { id: 'taxes', text: 'Taxes', correct: true, feedback: 'On taxes.' },
    { id: 'roads', text: 'Roads', feedback: 'On roads.' },
    { id: 'luck', text: 'Luck', feedback: 'On luck.' },
  ],
}) as Settled;
const truth = Question.parse({
  ...common,
  id: 'truth',
  kind: 'true-false',
  answer: false,
  feedback: { true: 'You said true.', false: 'You said false.' },
}) as Settled;
const matching = Question.parse({
  ...common,
  id: 'matching',
  kind: 'matching',
  options: [
    { id: 'x', text: 'X' },
    { id: 'y', text: 'Y' },
  ],
  rows: [
    // A row may be named like something every object has.
    { id: 'constructor', text: 'One', match: 'x', feedback: 'On one.' },
    { id: 'two', text: 'Two', match: 'y', feedback: 'On two.' },
  ],
}) as Settled;
const ordering = Question.parse({
  ...common,
  id: 'ordering',
  kind: 'ordering',
  items: ['a', 'b', 'c'].map((id) => ({ id, text: id })),
  feedback: { right: 'In order.', wrong: 'Not in order.' },
}) as Settled;

describe('feedback speaks only of what was answered', () => {
  test('of each box that was ticked it says whether it is right, and why', () => {
    expect(explain(several, { kind: 'choice', chosen: ['roads', 'jobs'] })).toEqual([
      { about: 'jobs', right: true, text: 'On jobs.' },
      { about: 'roads', right: false, text: 'On roads.' },
    ]);
  });

  test('a box that was left empty is not mentioned, whichever were ticked', () => {
    fc.assert(
      fc.property(fc.subarray(['jobs', 'taxes', 'roads', 'luck']), (chosen) => {
        const said = JSON.stringify(explain(several, { kind: 'choice', chosen }));
        for (const { id, feedback } of several.kind === 'choice' ? several.choices : []) {
          expect(said.includes(feedback)).toBe(chosen.includes(id));
          expect(said.includes(`"${id}"`)).toBe(chosen.includes(id));
        }
      }),
    );
  });

  test('only the side of a true-false question that was taken is explained', () => {
    expect(explain(truth, { kind: 'true-false', value: true })).toEqual([
      { right: false, text: 'You said true.' },
    ]);
    expect(explain(truth, { kind: 'true-false', value: false })).toEqual([
      { right: true, text: 'You said false.' },
    ]);
  });

  test('a row without a partner is not mentioned, and the right partner of a wrong one is not named', () => {
    expect(explain(matching, { kind: 'matching', pairs: { two: 'x' } })).toEqual([
      { about: 'two', right: false, text: 'On two.' },
    ]);
    expect(explain(matching, { kind: 'matching', pairs: {} })).toEqual([]);
  });

  test('an order is right as a whole or not, and no place in it is given away', () => {
    expect(explain(ordering, { kind: 'ordering', order: ['a', 'b', 'c'] })).toEqual([
      { right: true, text: 'In order.' },
    ]);
    expect(explain(ordering, { kind: 'ordering', order: ['a', 'c', 'b'] })).toEqual([
      { right: false, text: 'Not in order.' },
    ]);
  });

  test('an answer meant for another kind of question has nothing said about it', () => {
    expect(explain(several, { kind: 'true-false', value: true })).toEqual([]);
    expect(explain(truth, { kind: 'choice', chosen: ['true'] })).toEqual([]);
    expect(explain(ordering, { kind: 'matching', pairs: { a: 'b' } })).toEqual([]);
  });
});
