import { describe, expect, test } from 'vitest';
import { openDoor } from '#features/learning-log/door.server.ts';
import { type Pick, outcome, replay, worldOf } from '#features/simulation/engine.ts';
import type { Scenario } from '#features/simulation/scenario.ts';
import {
  keepScenarios,
  readClass,
  readRun,
  simulationJudge,
} from '#features/simulation/simulation.server.ts';
import { databases } from '../support/databases.ts';
import { marketDay } from '../support/scenarios.ts';

const id = 'course/module/market-day';
const today = { [id]: { hash: 'today', scenario: marketDay } };
const take = (...decisions: string[]): Pick[] => decisions.map((decision) => ({ decision }));
const whole = [take('open_books'), take('roof'), take('savings')];
const decided = (rounds: unknown, change: object = {}) => ({
  id: crypto.randomUUID(),
  verb: 'decided',
  object: id,
  attempt: '6f1c1f0e-4b4e-4d5c-9d3c-2f8a2b6c1a01',
  result: { version: 'today', seed: 7, rounds },
  timestamp: '2026-03-01T11:59:00Z',
  ...change,
});

describe.for(databases)('simulations on $name', ({ empty }) => {
  test('a run goes on on another device, round by round', async () => {
    const { read, write } = await empty();
    const door = openDoor(write, { decided: simulationJudge(today) });
    for (const count of [1, 2]) {
      const now = new Date(`2026-03-01T12:0${count}:00Z`);
      const [outcome] = await door.accept('ada', [decided(whole.slice(0, count))], now);
      expect(outcome!.status).toBe('stored');
    }
    const found = await readRun(read, today, { actorId: 'ada', scenario: id });
    expect(found!.run).toMatchObject({ seed: 7, version: 'today', rounds: whole.slice(0, 2) });
    expect(await readRun(read, today, { actorId: 'eve', scenario: id })).toBeUndefined();
  });

  test('a run played to the end is passed, and its result is what the server reckoned', async () => {
    const { read, write } = await empty();
    const door = openDoor(write, { decided: simulationJudge(today) });
    await door.accept('ada', [decided(whole)]);
    const world = worldOf(marketDay);
    const { ending, axes } = outcome(world, replay(world, 7, whole).at(-1)!);
    const event = await read.selectFrom('learning_event').selectAll().executeTakeFirstOrThrow();
    expect(JSON.parse(event.detail!)).toEqual({ ending, axes: Object.fromEntries(axes) });
    const progress = await read.selectFrom('progress').selectAll().execute();
    expect(progress).toMatchObject([{ object: id, passed_at: expect.any(String) as string }]);
  });

  test.for<[string, object]>([
    ['more decisions than a round takes', decided([take('open_books', 'roof', 'wall')])],
    ['two of one set', decided([take('roof'), take('wall')])],
    ['what could not be paid', decided([take('roof'), take('savings')])],
    ['a decision nobody wrote', decided([take('bribe')])],
    ['a round too many', decided([[], [], [], []])],
    ['shares out of nothing', decided([[{ decision: 'fees', shares: { repairs: 90 } }]])],
    [
      'a result of their own',
      decided(whole, { result: { version: 'today', seed: 7, rounds: whole, ending: 'thriving' } }),
    ],
    [
      'an unknown version',
      decided(whole, { result: { version: 'never', seed: 7, rounds: whole } }),
    ],
    ['another simulation', decided(whole, { object: 'course/module/other' })],
    ['no run', decided(whole, { attempt: undefined })],
    [
      'a seed that is none',
      decided(whole, { result: { version: 'today', seed: 0.5, rounds: whole } }),
    ],
  ])('a list with %s is refused and changes nothing', async ([, event]) => {
    const { read, write } = await empty();
    const door = openDoor(write, { decided: simulationJudge(today) });
    const [outcome] = await door.accept('ada', [event as never]);
    expect(outcome!.status).toBe('refused');
    expect(await read.selectFrom('learning_event').selectAll().execute()).toEqual([]);
  });

  test('a run stays with the version it was begun with, after the scenario has changed', async () => {
    const { read, write } = await empty();
    await keepScenarios(write, today);
    const dearer = {
      ...marketDay,
      decisions: {
        ...marketDay.decisions,
        roof: { ...marketDay.decisions.roof!, cost: { budget: 60 } },
      },
    };
    const later = { [id]: { hash: 'later', scenario: dearer } };
    await keepScenarios(write, later);
    const door = openDoor(write, { decided: simulationJudge(later) });
    // Begun before, sent after: it is judged by what it was played with.
    const [old] = await door.accept('ada', [decided(whole.slice(0, 2))]);
    expect(old!.status).toBe('stored');
    const found = await readRun(read, later, { actorId: 'ada', scenario: id });
    expect(found!.scenario!.decisions.roof!.cost).toEqual({ budget: 40 });
    const valuesOf = (scenario: Scenario) =>
      replay(worldOf(scenario), 7, found!.run.rounds).map(({ values }) => values);
    expect(valuesOf(found!.scenario!)).toEqual(valuesOf(marketDay));
    const [fresh] = await door.accept('eve', [
      decided(whole, { result: { version: 'later', seed: 7, rounds: whole } }),
    ]);
    expect(fresh!.reason).toBe('impossible-run');
  });

  test('of a group each member counts once, by the last run played to the end; others’ runs are never read', async () => {
    const { read, write } = await empty();
    const created_at = '2026-01-01T00:00:00Z';
    for (const one of ['ada', 'ben', 'eve', 'tom']) {
      await write
        .insertInto('account')
        .values({
          id: one,
          name: one,
          name_key: one,
          role: 'learner',
          email: null,
          email_confirmed_at: null,
          password_hash: null,
          pin_hash: null,
          created_at,
        })
        .execute();
    }
    await write
      .insertInto('cohort')
      .values({
        id: 'red',
        name: 'Red',
        course: 'course',
        code: 'AAAABBBB',
        starts_on: null,
        ends_on: null,
        instructor_id: 'tom',
        created_at,
      })
      .execute();
    for (const one of ['ada', 'ben']) {
      await write
        .insertInto('cohort_member')
        .values({ cohort_id: 'red', account_id: one, name_key: one, joined_at: created_at })
        .execute();
    }
    const door = openDoor(write, { decided: simulationJudge(today) });
    let minute = 0;
    const play = async (who: string, rounds: Pick[][], attempt: string) => {
      const now = new Date(Date.UTC(2026, 2, 1, 12, minute++));
      const [outcome] = await door.accept(who, [decided(rounds, { attempt })], now);
      expect(outcome!.status).toBe('stored');
    };
    const first = crypto.randomUUID();
    await play('ada', whole.slice(0, 1), first);
    await play('ada', whole, first);
    await play('ada', [take('wall')], crypto.randomUUID());
    await play('ben', [take('wall')], crypto.randomUUID());
    await play('ben', [take('roof')], crypto.randomUUID());
    await play('eve', whole, crypto.randomUUID());
    const runs = await readClass(read, today, { cohortId: 'red', scenario: id });
    expect(runs.map(({ rounds, over }) => ({ rounds, over }))).toEqual(
      expect.arrayContaining([
        { rounds: whole, over: true },
        { rounds: [take('roof')], over: false },
      ]),
    );
    expect(runs).toHaveLength(2);
  });
});
