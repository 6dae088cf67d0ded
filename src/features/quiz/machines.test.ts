import { createActor, fromPromise, waitFor } from 'xstate';
import { describe, expect, test } from 'vitest';
import { attemptMachine } from './attempt.machine.ts';
import { quizMachine } from './quiz.machine.ts';

describe('practice', () => {
  test('one answers, tries again, and reaches the end', () => {
    const actor = createActor(quizMachine, { input: { count: 2 } }).start();
    actor.send({ type: 'checked', score: 0 });
    expect(actor.getSnapshot().matches('reviewing')).toBe(true);
    actor.send({ type: 'retry' });
    actor.send({ type: 'checked', score: 1 });
    actor.send({ type: 'next' });
    actor.send({ type: 'checked', score: 0.5 });
    actor.send({ type: 'next' });
    expect(actor.getSnapshot().matches('finished')).toBe(true);
    expect(actor.getSnapshot().context.marks).toEqual([1, 0.5]);
  });

  test('what was answered before is restored at the first open question', () => {
    const actor = createActor(quizMachine, { input: { count: 3 } }).start();
    actor.send({ type: 'restored', marks: [1, null, null] });
    expect(actor.getSnapshot().context).toMatchObject({ at: 1, marks: [1, null, null] });
    const finished = createActor(quizMachine, { input: { count: 1 } }).start();
    finished.send({ type: 'restored', marks: [1] });
    expect(finished.getSnapshot().matches('finished')).toBe(true);
  });
});

describe('a graded attempt', () => {
  const start = (outcome: 'received' | 'kept' | 'refused') =>
    createActor(attemptMachine.provide({ actors: { handIn: fromPromise(async () => outcome) } }), {
      input: {
        questions: ['p', 'q'],
        answers: { p: { kind: 'true-false' as const, value: true } },
      },
    }).start();

  test('goes on at the first question without an answer', () => {
    expect(start('received').getSnapshot().context.at).toBe(1);
  });

  test('is handed in only after it was looked over', async () => {
    const actor = start('received');
    actor.send({ type: 'handedIn' });
    expect(actor.getSnapshot().matches('answering')).toBe(true);
    actor.send({ type: 'next' });
    expect(actor.getSnapshot().matches('reviewing')).toBe(true);
    actor.send({ type: 'handedIn' });
    await waitFor(actor, (snapshot) => snapshot.matches('received'));
  });

  test('handed in without a network, it waits and ends when it was sent', async () => {
    const actor = start('kept');
    actor.send({ type: 'reviewed' });
    actor.send({ type: 'handedIn' });
    await waitFor(actor, (snapshot) => snapshot.matches('kept'));
    actor.send({ type: 'sent' });
    expect(actor.getSnapshot().matches('received')).toBe(true);
  });
});
