import { expect, test } from 'vitest';
import { createActor } from 'xstate';
import { reviewMachine } from './review.machine.ts';

const begin = (count: number) => createActor(reviewMachine, { input: { count } }).start();

test('a missed question comes once more at the end, and only once', () => {
  const session = begin(2);
  session.send({ type: 'checked', score: 0 });
  session.send({ type: 'next' });
  session.send({ type: 'checked', score: 1 });
  session.send({ type: 'next' });
  expect(session.getSnapshot().context.queue).toEqual([0]);
  session.send({ type: 'checked', score: 0 });
  session.send({ type: 'next' });
  expect(session.getSnapshot().matches('finished')).toBe(true);
  expect(session.getSnapshot().context).toMatchObject({ marks: [0, 1], missed: [0] });
});

test('it may be ended at any time', () => {
  const session = begin(3);
  session.send({ type: 'checked', score: 1 });
  session.send({ type: 'ended' });
  expect(session.getSnapshot().matches('finished')).toBe(true);
  expect(session.getSnapshot().context.marks).toEqual([1, null, null]);
});
