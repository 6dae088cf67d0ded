import { createActor, fromPromise, waitFor } from 'xstate';
import { expect, test } from 'vitest';
import { attemptMachine } from './attempt.machine.ts';
import type { Answer } from '#features/questions/answer.ts';

const yes: Answer = { kind: 'true-false', value: true };
const no: Answer = { kind: 'true-false', value: false };

function attempt(
  handIn: () => Promise<'received' | 'kept' | 'refused'> = async () => 'received',
  answers: Record<string, Answer> = {},
  questions = ['p', 'q', 'r'],
) {
  const machine = attemptMachine.provide({ actors: { handIn: fromPromise(handIn) } });
  return createActor(machine, { input: { questions, answers } }).start();
}
const placeOf = (actor: ReturnType<typeof attempt>) => actor.getSnapshot().context.at;

test('an attempt with every question answered opens at its beginning', () => {
  expect(placeOf(attempt(undefined, { p: yes, q: yes, r: no }))).toBe(0);
});

test('a question named like something every object has still counts as open', () => {
  expect(placeOf(attempt(undefined, { p: yes }, ['p', 'constructor']))).toBe(1);
});

test('one moves between questions freely, but not beyond the first or to one that is not there', () => {
  const actor = attempt();
  actor.send({ type: 'back' });
  expect(placeOf(actor)).toBe(0);
  actor.send({ type: 'next' });
  actor.send({ type: 'next' });
  expect(placeOf(actor)).toBe(2);
  actor.send({ type: 'back' });
  expect(placeOf(actor)).toBe(1);
  for (const to of [-1, 3]) actor.send({ type: 'went', to });
  expect(placeOf(actor)).toBe(1);
});

test('answering again replaces the answer and touches no other', () => {
  const actor = attempt(undefined, { q: yes });
  actor.send({ type: 'answered', question: 'p', answer: yes });
  actor.send({ type: 'answered', question: 'p', answer: no });
  expect(actor.getSnapshot().context.answers).toEqual({ p: no, q: yes });
});

test('while looking it over, an answer cannot change unnoticed; going back to its question it can', () => {
  const actor = attempt(undefined, { p: yes });
  actor.send({ type: 'reviewed' });
  actor.send({ type: 'answered', question: 'p', answer: no });
  expect(actor.getSnapshot().context.answers).toEqual({ p: yes });
  actor.send({ type: 'went', to: 0 });
  actor.send({ type: 'answered', question: 'p', answer: no });
  expect(actor.getSnapshot().context.answers).toEqual({ p: no });
});

test('pressing twice hands in once', async () => {
  let times = 0;
  const actor = attempt(async () => {
    times++;
    return 'received';
  });
  actor.send({ type: 'reviewed' });
  actor.send({ type: 'handedIn' });
  actor.send({ type: 'handedIn' });
  await waitFor(actor, (snapshot) => snapshot.matches('received'));
  expect(times).toBe(1);
});

test('when handing in fails, nothing is lost and it can be handed in again', async () => {
  let times = 0;
  const actor = attempt(
    async () => {
      if (times++ === 0) throw new Error('no network and no storage');
      return 'received';
    },
    { p: yes },
  );
  actor.send({ type: 'reviewed' });
  actor.send({ type: 'handedIn' });
  await waitFor(actor, (snapshot) => snapshot.matches('reviewing'));
  expect(actor.getSnapshot().context.answers).toEqual({ p: yes });
  actor.send({ type: 'handedIn' });
  await waitFor(actor, (snapshot) => snapshot.matches('received'));
});

test('an attempt handed in on another device shows its result here too', async () => {
  const actor = attempt(async () => 'refused');
  actor.send({ type: 'reviewed' });
  actor.send({ type: 'handedIn' });
  await waitFor(actor, (snapshot) => snapshot.matches('received'));
});

test('what was handed in without a network cannot be changed while it waits', async () => {
  const actor = attempt(async () => 'kept', { p: yes });
  actor.send({ type: 'reviewed' });
  actor.send({ type: 'handedIn' });
  await waitFor(actor, (snapshot) => snapshot.matches('kept'));
  actor.send({ type: 'answered', question: 'p', answer: no });
  actor.send({ type: 'went', to: 0 });
  expect(actor.getSnapshot().matches('kept')).toBe(true);
  expect(actor.getSnapshot().context.answers).toEqual({ p: yes });
});
