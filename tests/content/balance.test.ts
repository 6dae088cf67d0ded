import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readYaml } from '#platform/yaml.server.ts';
import { playAtRandom, tryStrategy } from '#features/simulation/balance.ts';
import { worldOf } from '#features/simulation/engine.ts';
import { strategiesFor } from '#features/simulation/strategy.ts';
import { type Tried, verdictsOn } from '#features/simulation/verdict.ts';
import { readCampusCourses } from '../../src/app.server.ts';
import { marketDay } from '../support/scenarios.ts';

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

  test('keeps every rule of balance', () => {
    const off = verdictsOn(random, strategies).filter((one) => one.off.length > 0);
    expect(off).toEqual([]);
  });
});

test('of a rule that is kept, it is told by how much', () => {
  const random = playAtRandom(worldOf(marketDay), 2000);
  const [, endings, taken] = verdictsOn(random, []);
  expect(endings!.measured).toMatch(/^"waiting" is the most frequent, \d\d\.\d %$/);
  expect(taken!.measured).toMatch(/^"walkout" is the rarest, \d\.\d %$/);
});

test('a scenario out of balance is told what is off, rule by rule', () => {
  const world = worldOf(marketDay);
  const random = playAtRandom(world, 2000);
  const offOf = (changed: Partial<typeof random>) =>
    verdictsOn({ ...random, ...changed }, []).flatMap(({ off }) => off);
  expect(offOf({})).toContain('Write strategies beside the scenario, one of them "thoughtful".');
  expect(offOf({ idle: [0, 500, 0] })).toContain(
    'In 25.0 % of the runs there is nothing in round 2: add a decision without a cost there, or make one open earlier.',
  );
  expect(
    offOf({
      endings: new Map([
        ['thriving', 2000],
        ['waiting', 0],
      ]),
    }),
  ).toEqual(
    expect.arrayContaining([
      expect.stringContaining('"thriving" ends 100.0 %: ask for more in its "when"'),
      expect.stringContaining('"waiting" never comes: ask for less'),
    ]),
  );
  expect(
    offOf({
      events: new Map([
        ['storm', 2000],
        ['walkout', 0],
      ]),
    }),
  ).toEqual(
    expect.arrayContaining([
      expect.stringContaining('"storm" happens in 100.0 %'),
      expect.stringContaining('"walkout" happens in 0.0 %'),
    ]),
  );
  const lead = new Map([...world.axes.keys()].map((id) => [id, 20]));
  expect(offOf({ decisions: new Map([['roof', { runs: 0, lead }]]) })).toEqual(
    expect.arrayContaining([
      expect.stringContaining('"roof" is taken in 0.0 %'),
      expect.stringContaining(
        'Runs with "roof" lead by 20.0 or more on every axis: let it cost something',
      ),
    ]),
  );
  expect(offOf({ axes: new Map([['ownership', [100, 100, 100, 100, 100]]]) })).toContainEqual(
    expect.stringContaining('"ownership" is 100.0 in nine of ten runs: let more decisions'),
  );

  // What looks best alone wins, and thought does not pay.
  const result = (overall: number) => ({
    overall,
    axes: new Map([['ownership', overall]]),
    endings: new Map<string, number>(),
  });
  const tried: Tried[] = [
    {
      name: 'thoughtful',
      strategy: { about: 'A', prefers: ['roof'], shares: {} },
      result: result(0),
    },
    {
      name: 'greedy',
      strategy: { about: 'A', prefers: [], shares: {}, greedy: 'trust', loses: 'ownership' },
      result: result(50),
    },
  ];
  expect(verdictsOn(random, tried).flatMap(({ off }) => off)).toEqual(
    expect.arrayContaining([
      expect.stringContaining('It beats 0.0 %: let it prefer'),
      expect.stringContaining('"greedy" stays -50.0 points behind on "ownership": let what'),
      expect.stringContaining('"greedy" is ahead overall by 50.0: let what'),
    ]),
  );
});
