import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readYaml } from '#features/catalog/yaml.server.ts';
import { playAtRandom, tryStrategy } from '#features/simulation/balance.ts';
import { worldOf } from '#features/simulation/engine.ts';
import { strategiesFor } from '#features/simulation/strategy.ts';
import { readCampusCourses } from '../../src/app.server.ts';

const { courses } = readCampusCourses('courses').courses;
const { scenarios } = readCampusCourses('courses').courses;
const module = (id: string) =>
  courses.flatMap(({ modules }) => modules).find((one) => one.scenarios.includes(id))!;
const folderOf = (id: string) => module(id).lessons[0]!.file.split('/').slice(0, -1).join('/');

test('each course that we have begun ends in a simulation', () => {
  expect(
    Object.keys(scenarios)
      .map((id) => id.split('/')[0])
      .sort(),
  ).toEqual(['gender-mainstreaming', 'sensitizing', 'value-chains']);
});

describe.for(Object.entries(scenarios))('%s', ([id, { scenario }]) => {
  const world = worldOf(scenario);
  const random = playAtRandom(world, 4000);
  const file = `courses/${folderOf(id)}/${id.split('/').at(-1)!}.strategies.yaml`;
  const { sheet, faults } = readYaml(strategiesFor(scenario), readFileSync(file, 'utf8'), { file });
  const strategies = Object.entries(sheet?.data ?? {}).map(([name, strategy]) => ({
    name,
    strategy,
    result: tryStrategy(world, strategy, 60),
  }));
  const resultOf = (wanted: string) => strategies.find(({ name }) => name === wanted)!.result;
  const beaten = (overall: number) =>
    random.overall.filter((one) => one < overall).length / random.runs;

  test('is as large as a simulation is to be', () => {
    expect(faults).toEqual([]);
    expect(scenario.rounds).toBeGreaterThanOrEqual(6);
    expect(scenario.rounds).toBeLessThanOrEqual(10);
    expect(Object.keys(scenario.decisions).length).toBeGreaterThanOrEqual(25);
    expect(Object.keys(scenario.events).length).toBeGreaterThanOrEqual(8);
    expect(Object.keys(scenario.endings).length).toBeGreaterThanOrEqual(5);
    expect(scenario.minutes).toBeGreaterThanOrEqual(20);
    expect(scenario.minutes).toBeLessThanOrEqual(40);
    expect(scenario.place).toContain('invented');
    expect(scenario.board).toBeDefined();
  });

  test('has no dead end: in every round something can be decided', () => {
    expect(random.idle).toBe(0);
  });

  test('can end in each of its ways', () => {
    const reached = new Set([
      ...[...random.endings].filter(([, runs]) => runs > 0).map(([ending]) => ending),
      ...strategies.flatMap(({ result }) => [...result.endings.keys()]),
    ]);
    expect(Object.keys(scenario.endings).filter((ending) => !reached.has(ending))).toEqual([]);
    expect(Math.max(...random.endings.values()) / random.runs).toBeLessThan(0.6);
  });

  test('lets every decision be taken and every event happen', () => {
    for (const [decision, { runs }] of random.decisions)
      expect([decision, runs > 20]).toEqual([decision, true]);
    for (const [event, runs] of random.events)
      expect([event, runs > 20, runs < 0.9 * random.runs]).toEqual([event, true, true]);
  });

  test('rewards thought: the thoughtful strategy beats 95 in 100 random runs', () => {
    expect(beaten(resultOf('thoughtful').overall)).toBeGreaterThan(0.95);
  });

  test('does not let jobs alone win on decent work', () => {
    const greedy = strategies.filter(({ strategy }) => strategy.loses !== undefined);
    expect(greedy.length).toBeGreaterThan(0);
    for (const { strategy, result } of greedy) {
      const thoughtful = resultOf('thoughtful').axes.get(strategy.loses!)!;
      expect(result.axes.get(strategy.loses!)!).toBeLessThan(thoughtful - 10);
      expect(result.overall).toBeLessThan(resultOf('thoughtful').overall);
    }
  });

  test('has no decision that dominates: none is ahead on every axis, none decides a run', () => {
    const spread =
      random.overall[Math.floor(0.95 * random.runs)]! -
      random.overall[Math.floor(0.05 * random.runs)]!;
    for (const [decision, { lead }] of random.decisions) {
      const leads = [...lead.values()];
      const overall = leads.reduce((sum, one) => sum + one, 0) / leads.length;
      expect([decision, Math.min(...leads) < 3, overall < spread / 3]).toEqual([
        decision,
        true,
        true,
      ]);
    }
  });
});
