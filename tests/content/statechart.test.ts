import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type AnyStateMachine, createActor, fromPromise } from 'xstate';
import { marketDay } from '../support/scenarios.ts';
import * as light from '#ui/statechart.ts';
import { attemptMachine } from '#features/quiz/attempt.machine.ts';
import { quizMachine } from '#features/quiz/quiz.machine.ts';
import { type Pick, begin, worldOf } from '#features/simulation/engine.ts';
import { playerMachine } from '#features/simulation/player.machine.ts';
import { reviewMachine } from '#features/review/review.machine.ts';

/** The same machine as browsers get it: XState keeps what a machine was made of. */
function lightVersion(machine: AnyStateMachine) {
  /** XState wraps what `assign` was given. */
  const unwrap = (value: unknown): unknown => {
    if (typeof value === 'function' && 'assignment' in value) {
      return light.assign(value.assignment as never);
    }
    if (Array.isArray(value)) return value.map(unwrap);
    if (value === null || typeof value !== 'object') return value;
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, unwrap(one)]));
  };
  const { guards, actions } = machine.implementations;
  return light.createMachine(
    unwrap(machine.config) as never,
    { guards, actions: unwrap(actions) } as never,
  );
}

const index = fc.integer({ min: -1, max: 4 });
const mark = fc.option(fc.constantFrom(0, 0.5, 1), { nil: null });
const quizEvents = fc.oneof(
  fc.constantFrom('hinted', 'compared', 'retry', 'next', 'restarted').map((type) => ({ type })),
  fc.record({ type: fc.constant('checked'), score: fc.constantFrom(0, 0.5, 1) }),
  fc.record({ type: fc.constant('went'), to: index }),
  fc.record({
    type: fc.constant('restored'),
    marks: fc.array(mark, { minLength: 3, maxLength: 3 }),
  }),
);
const answer = { kind: 'true-false' as const, value: true };
const attemptEvents = fc.oneof(
  fc
    .constantFrom('next', 'back', 'reviewed', 'handedIn', 'timeUp', 'sent')
    .map((type) => ({ type })),
  fc.record({ type: fc.constant('went'), to: index }),
  fc.record({
    type: fc.constant('answered'),
    question: fc.constantFrom('a', 'b', 'c'),
    answer: fc.constant(answer),
  }),
);

const plain = ({
  value,
  context,
  status,
}: {
  value: unknown;
  context: unknown;
  status: string;
}) => ({
  value,
  context,
  status,
});

test('practice runs in a browser exactly as its machine says', () => {
  fc.assert(
    fc.property(fc.array(quizEvents, { maxLength: 25 }), (events) => {
      const input = { count: 3 };
      const real = createActor(quizMachine, { input }).start();
      const own = light.createActor(lightVersion(quizMachine), { input }).start();
      for (const event of events) {
        real.send(event);
        own.send(event);
        expect(plain(own.getSnapshot())).toEqual(plain(real.getSnapshot()));
      }
    }),
    { numRuns: 500 },
  );
});

test('review runs in a browser exactly as its machine says', () => {
  const reviewEvents = fc.oneof(
    fc.constantFrom('next', 'next', 'ended').map((type) => ({ type })),
    fc.record({ type: fc.constant('checked'), score: fc.constantFrom(0, 0.5, 1) }),
  );
  fc.assert(
    fc.property(fc.array(reviewEvents, { maxLength: 25 }), (events) => {
      const input = { count: 3 };
      const real = createActor(reviewMachine, { input }).start();
      const own = light.createActor(lightVersion(reviewMachine), { input }).start();
      for (const event of events) {
        if (real.getSnapshot().status === 'done') break;
        real.send(event);
        own.send(event);
        expect(plain(own.getSnapshot())).toEqual(plain(real.getSnapshot()));
      }
    }),
    { numRuns: 500 },
  );
});

test('a simulation runs in a browser exactly as its machine says', () => {
  const world = worldOf(marketDay);
  const pick: fc.Arbitrary<Pick> = fc.oneof(
    fc.record({ decision: fc.constantFrom('open_books', 'roof', 'wall', 'savings', 'bribe') }),
    fc.constant({ decision: 'fees', shares: { repairs: 20, childcare: 10 } }),
  );
  const run = fc.constantFrom('one', 'two');
  const playerEvents = fc.oneof(
    { weight: 4, arbitrary: fc.record({ type: fc.constant('picked'), pick }) },
    { weight: 4, arbitrary: fc.constantFrom('went', 'decided').map((type) => ({ type })) },
    fc.record({ type: fc.constant('unpicked'), decision: fc.constantFrom('roof', 'fees') }),
    fc.record({ type: fc.constant('rewound'), to: index, run }),
    fc.record({ type: fc.constant('restarted'), run, seed: fc.integer() }),
    fc.record({
      type: fc.constant('restored'),
      world: fc.constant(world),
      run,
      seed: fc.integer(),
      rounds: fc.constantFrom<Pick[][]>([], [[{ decision: 'open_books' }]], [[], [], []]),
    }),
  );
  fc.assert(
    fc.property(fc.array(playerEvents, { maxLength: 40 }), (events) => {
      const input = { world, run: 'none', seed: 7 };
      const real = createActor(playerMachine, { input }).start();
      const own = light.createActor(lightVersion(playerMachine), { input }).start();
      expect(real.getSnapshot().context.states).toEqual([begin(world, 7)]);
      for (const event of events) {
        real.send(event);
        own.send(event);
        expect(plain(own.getSnapshot())).toEqual(plain(real.getSnapshot()));
      }
    }),
    { numRuns: 300 },
  );
});

test('an attempt runs in a browser exactly as its machine says, whatever becomes of handing in', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(attemptEvents, { maxLength: 25 }),
      fc.boolean(),
      fc.subarray(['a', 'b', 'c']),
      fc.constantFrom('received', 'kept', 'refused', 'broken'),
      async (events, sequential, answered, fate) => {
        const handIn = async () => {
          if (fate === 'broken') throw new Error('no network');
          return fate as 'kept';
        };
        const answers = Object.fromEntries(answered.map((id) => [id, answer]));
        const input = { questions: ['a', 'b', 'c'], answers, sequential };
        const real = createActor(
          attemptMachine.provide({
            actors: { handIn: fromPromise<'received' | 'kept' | 'refused'>(handIn) },
          }),
          { input },
        ).start();
        const own = light
          .createActor(
            lightVersion(attemptMachine).provide({ actors: { handIn: light.fromPromise(handIn) } }),
            { input },
          )
          .start();
        expect(plain(own.getSnapshot())).toEqual(plain(real.getSnapshot()));
        for (const event of events) {
          if (real.getSnapshot().status === 'done') break;
          real.send(event);
          own.send(event);
          expect(plain(own.getSnapshot())).toEqual(plain(real.getSnapshot()));
          // What was invoked comes back, in both.
          await new Promise((done) => setImmediate(done));
          expect(plain(own.getSnapshot())).toEqual(plain(real.getSnapshot()));
        }
      },
    ),
    { numRuns: 200 },
  );
});

test('who follows a machine hears of each change, and stops hearing when they leave', () => {
  const actor = light.createActor(lightVersion(quizMachine), { input: { count: 2 } });
  const heard: string[] = [];
  const { unsubscribe } = actor.subscribe(({ value }) => heard.push(value));
  actor.start();
  actor.send({ type: 'checked', score: 1 });
  actor.send({ type: 'next' });
  unsubscribe();
  actor.send({ type: 'checked', score: 1 });
  expect(heard).toEqual(['reviewing', 'answering']);
});
