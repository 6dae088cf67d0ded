import { beforeEach, expect, test } from 'vitest';
import { type ActorRefFrom, createActor } from 'xstate';
import { marketDay } from '../../../tests/support/scenarios.ts';
import { replay, worldOf } from './engine.ts';
import { playerMachine } from './player.machine.ts';

const world = worldOf(marketDay);
const calm = { ...world, events: [] };
let player: ActorRefFrom<typeof playerMachine>;
const context = () => player.getSnapshot().context;
const take = (...decisions: string[]) => {
  for (const decision of decisions) player.send({ type: 'picked', pick: { decision } });
  player.send({ type: 'decided' });
};
beforeEach(() => {
  player = createActor(playerMachine, { input: { world: calm, run: 'one', seed: 3 } }).start();
  player.send({ type: 'went' });
});

test('a run goes from round to round until its debrief', () => {
  for (const decision of ['open_books', 'roof', 'savings']) {
    expect(player.getSnapshot().value).toBe('deciding');
    take(decision);
    expect(player.getSnapshot().value).toBe('resolving');
    player.send({ type: 'went' });
  }
  expect(player.getSnapshot().value).toBe('debrief');
  expect(context().states).toEqual(replay(calm, 3, context().rounds));
});

test('what can’t be decided together can’t be chosen together', () => {
  player.send({ type: 'picked', pick: { decision: 'roof' } });
  player.send({ type: 'picked', pick: { decision: 'wall' } });
  player.send({ type: 'picked', pick: { decision: 'savings' } });
  expect(context().picks).toEqual([{ decision: 'roof' }]);
  player.send({ type: 'unpicked', decision: 'roof' });
  player.send({ type: 'picked', pick: { decision: 'wall' } });
  expect(context().picks).toEqual([{ decision: 'wall' }]);
});

test('what chance brought is told before the next round', () => {
  const storm = calm.slots.get('happened.storm')!;
  const windy = {
    ...world,
    events: world.events
      .filter(({ happened }) => happened === storm)
      .map((one) => ({ ...one, probability: () => 1 })),
  };
  player.send({ type: 'restored', world: windy, run: 'two', seed: 1, rounds: [] });
  player = createActor(playerMachine, { input: { world: windy, run: 'two', seed: 1 } }).start();
  player.send({ type: 'went' });
  take('open_books');
  player.send({ type: 'went' });
  expect(player.getSnapshot().value).toBe('event');
  player.send({ type: 'went' });
  expect(player.getSnapshot().value).toBe('deciding');
});

test('going back to a round keeps what was before it, and is another run', () => {
  take('open_books');
  player.send({ type: 'went' });
  take('roof');
  player.send({ type: 'rewound', to: 2, run: 'two' });
  expect(player.getSnapshot().value).toBe('deciding');
  expect(context()).toMatchObject({
    run: 'two',
    rounds: [[{ decision: 'open_books' }]],
    picks: [],
  });
  expect(context().states).toHaveLength(2);
});

test('played again with the same luck, the same decisions come to the same end', () => {
  const play = () => {
    for (const decision of ['open_books', 'roof', 'savings']) {
      take(decision);
      while (!player.getSnapshot().matches('deciding') && !player.getSnapshot().matches('debrief'))
        player.send({ type: 'went' });
    }
    return context().states.at(-1)!.values;
  };
  player = createActor(playerMachine, { input: { world, run: 'one', seed: 3 } }).start();
  player.send({ type: 'went' });
  const first = play();
  player.send({ type: 'restarted', run: 'two', seed: 3 });
  expect(context()).toMatchObject({ run: 'two', rounds: [], picks: [] });
  expect(play()).toEqual(first);
});

test('a run that was begun elsewhere goes on where it was, also when it had ended', () => {
  const fresh = () => createActor(playerMachine, { input: { world, run: '', seed: 0 } }).start();
  const rounds = [[{ decision: 'open_books' }], []];
  player = fresh();
  player.send({ type: 'restored', world: calm, run: 'far', seed: 5, rounds });
  expect(player.getSnapshot().value).toBe('deciding');
  expect(context().states).toEqual(replay(calm, 5, rounds));
  player = fresh();
  player.send({ type: 'restored', world: calm, run: 'far', seed: 5, rounds: [...rounds, []] });
  expect(player.getSnapshot().value).toBe('debrief');
});
