import { createActor } from 'xstate';
import { expect, test } from 'vitest';
import { quizMachine } from './quiz.machine.ts';

const practise = (count: number) => createActor(quizMachine, { input: { count } }).start();
const stateOf = (actor: ReturnType<typeof practise>) => {
  const { value, context } = actor.getSnapshot();
  return { value, at: context.at, marks: context.marks };
};

test('practice begins at the first question with nothing marked', () => {
  expect(stateOf(practise(3))).toEqual({ value: 'answering', at: 0, marks: [null, null, null] });
});

test('nobody gets past a question by pressing Next before it was checked', () => {
  const actor = practise(2);
  actor.send({ type: 'next' });
  expect(stateOf(actor)).toMatchObject({ value: 'answering', at: 0 });
});

test('checking twice without trying again keeps the first mark', () => {
  const actor = practise(1);
  actor.send({ type: 'checked', score: 0 });
  actor.send({ type: 'checked', score: 1 });
  expect(stateOf(actor).marks).toEqual([0]);
});

test('going back to a question lets it be answered again, and leaves the others’ marks', () => {
  const actor = practise(3);
  actor.send({ type: 'checked', score: 1 });
  actor.send({ type: 'next' });
  actor.send({ type: 'checked', score: 0 });
  actor.send({ type: 'went', to: 0 });
  expect(stateOf(actor)).toEqual({ value: 'answering', at: 0, marks: [1, 0, null] });
});

test.for([-1, 2, 99])('there is no question at place %i to go to', (to) => {
  const actor = practise(2);
  actor.send({ type: 'went', to });
  expect(stateOf(actor)).toMatchObject({ value: 'answering', at: 0 });
});

test('after the end, starting again leads to the first question and keeps what was reached', () => {
  const actor = practise(1);
  actor.send({ type: 'checked', score: 0.5 });
  actor.send({ type: 'next' });
  actor.send({ type: 'restarted' });
  expect(stateOf(actor)).toEqual({ value: 'answering', at: 0, marks: [0.5] });
});

test('marks that arrive late from the server do not pull away the feedback being read', () => {
  const actor = practise(2);
  actor.send({ type: 'checked', score: 0 });
  actor.send({ type: 'restored', marks: [1, 1] });
  expect(stateOf(actor)).toEqual({ value: 'reviewing', at: 0, marks: [0, null] });
});

test('a wrong answer given before counts as answered: it is not asked first again', () => {
  const actor = practise(2);
  actor.send({ type: 'restored', marks: [0, null] });
  expect(stateOf(actor)).toMatchObject({ value: 'answering', at: 1 });
});
