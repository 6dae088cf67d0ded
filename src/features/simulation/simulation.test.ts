import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { checkFigure } from '#features/catalog/figure.ts';
import { readYaml } from '#platform/yaml.server.ts';
import { playAtRandom } from './balance.ts';
import {
  type Pick,
  begin,
  contributions,
  hindrance,
  outcome,
  play,
  replay,
  worldOf,
} from './engine.ts';
import { checkBoard } from './board.ts';
import { questionsAbout } from './reading.ts';
import { Scenario } from './scenario.ts';
import { strategiesFor } from './strategy.ts';

const file = 'docs/market-day.scenario.yaml';
const text = readFileSync(file, 'utf8');
const scenario = readYaml(Scenario, text, { file }).sheet!.data;
const world = worldOf(scenario);
const value = (state: ReturnType<typeof begin>, name: string) =>
  state.values[world.slots.get(name)!]!;
const take = (...decisions: string[]): Pick[] => decisions.map((decision) => ({ decision }));
const allRepairs = { decision: 'fees', shares: { repairs: 30 } };
const calm = { ...world, events: [] };

describe('playing', () => {
  test('a decision costs at once, and what it brings later comes later, for as long as it says', () => {
    const [start, built, first, second] = replay(calm, 1, [take('roof'), [], []]);
    expect(value(built!, 'budget')).toBe(20);
    expect(value(built!, 'earnings.women')).toBe(value(start!, 'earnings.women'));
    expect(value(first!, 'earnings.women')).toBeCloseTo(19.8, 12);
    expect(value(second!, 'earnings.women')).toBeCloseTo(21.78, 12);
    expect(value(second!, 'earnings.men')).toBeCloseTo(26 * 1.21, 12);
  });

  test('a guard opens when what it asks for is there', () => {
    const start = begin(calm, 1);
    expect(hindrance(calm, start, 'savings')).toBe('guard');
    expect(hindrance(calm, play(calm, start, take('open_books')), 'savings')).toBeUndefined();
  });

  test('shares are what effects read', () => {
    const [, after] = replay(calm, 1, [
      [{ decision: 'fees', shares: { childcare: 20, repairs: 10 } }],
    ]);
    expect(value(after!, 'earnings.women')).toBe(20);
    expect(value(after!, 'trust')).toBe(40 + 3 - 5);
  });

  test.for<[string, Pick[][]]>([
    ['an unknown decision', [take('bribe')]],
    ['the same decision twice', [take('open_books', 'open_books')]],
    ['a decision taken before', [take('open_books'), take('open_books')]],
    ['two of one set', [take('roof', 'wall')]],
    ['two of one set in different rounds', [take('roof'), take('wall')]],
    ['a closed guard', [take('savings')]],
    ['more decisions than a round takes', [[...take('open_books', 'wall'), allRepairs]]],
    ['shares that sum to less', [[{ decision: 'fees', shares: { repairs: 20 } }]]],
    ['shares below nothing', [[{ decision: 'fees', shares: { repairs: 40, childcare: -10 } }]]],
    ['shares off the step', [[{ decision: 'fees', shares: { repairs: 25, childcare: 5 } }]]],
    ['a share of nothing known', [[{ decision: 'fees', shares: { pockets: 30 } }]]],
    ['shares where nothing is divided', [[{ decision: 'roof', shares: { repairs: 30 } }]]],
    ['a round too many', [[], [], [], []]],
  ])('a list with %s is refused', ([, rounds]) => {
    expect(() => replay(world, 7, rounds)).toThrow(expect.objectContaining({ name: 'Refused' }));
  });

  test('what can’t be paid together is refused, though each could be paid alone', () => {
    const dear = worldOf({
      ...scenario,
      variables: { ...scenario.variables, budget: { ...scenario.variables.budget!, start: 42 } },
    });
    expect(() => replay(dear, 1, [take('roof', 'open_books')])).toThrow('cost');
    expect(() => replay(dear, 1, [take('roof')])).not.toThrow();
  });
});

describe('chance', () => {
  const plans = fc.tuple(
    fc.integer(),
    fc.subarray(['open_books', 'wall', 'fees'], { maxLength: 2 }),
  );
  const withShares = (ids: string[]): Pick[] =>
    ids.map((decision) => (decision === 'fees' ? allRepairs : { decision }));

  test('the same seed and decisions give the same run, in whatever order a round’s were picked', () => {
    fc.assert(
      fc.property(plans, ([seed, ids]) => {
        const one = replay(world, seed, [withShares(ids), [], []]);
        const other = replay(world, seed, [withShares(ids.toReversed()), [], []]);
        expect(other.map(({ values, events }) => [...values, ...events])).toEqual(
          one.map(({ values, events }) => [...values, ...events]),
        );
      }),
    );
  });

  test('a run stays as it was recorded, to the last bit', () => {
    const runs = [1, 2, 3, -4, 123456789].map((seed) => {
      const states = replay(world, seed, [
        take('open_books', 'roof'),
        [allRepairs],
        take('savings'),
      ]);
      return {
        events: states.flatMap(({ events }) => events),
        women: value(states.at(-1)!, 'earnings.women'),
        ...outcome(world, states.at(-1)!),
      };
    });
    expect(runs).toMatchSnapshot();
  });

  test('an event of probability 0.3 happens in three of ten first rounds', () => {
    const happened = Array.from({ length: 4000 }, (_, seed) =>
      play(world, begin(world, seed), []),
    ).filter(({ events }) => events.includes('storm')).length;
    expect(happened / 4000).toBeGreaterThan(0.27);
    expect(happened / 4000).toBeLessThan(0.33);
  });
});

test('what a decision contributed is what is missing without it, with all that it made possible', () => {
  const told = contributions(calm, 1, [take('open_books'), take('savings'), []]);
  expect(told.map(({ decision }) => decision)).toEqual(['open_books', 'savings']);
  const [books, savings] = told.map(({ axes }) => axes.get('prosperity')!);
  expect(savings).toBeCloseTo(9, 9);
  // Without open books there would have been no savings group either.
  expect(books).toBeCloseTo(savings!, 9);
  expect(told[0]!.axes.get('ownership')).toBeGreaterThan(20);
});

test('every example in the guide for authors is accepted', () => {
  const guide = readFileSync('docs/writing-a-scenario.md', 'utf8');
  const blocks = [...guide.matchAll(/```yaml\n([^]*?)```/g)].map(([, block]) => block!);
  expect(blocks.length).toBeGreaterThan(3);
  const whole = parse(text) as Record<string, object>;
  for (const block of blocks) {
    const part = parse(block) as Record<string, object>;
    if (part.thoughtful) {
      expect(strategiesFor(scenario).safeParse(part).error?.issues ?? []).toEqual([]);
      continue;
    }
    const merged = Object.entries(part).map(([name, value]) => [
      name,
      ['variables', 'decisions', 'axes', 'debrief'].includes(name)
        ? { ...whole[name], ...value }
        : value,
    ]);
    const all = { ...whole, ...(Object.fromEntries(merged) as object) };
    expect(Scenario.safeParse(all).error?.issues ?? []).toEqual([]);
  }
});

test('the questions on what came about stand before those on one’s own place, and leave room for them', () => {
  const end = replay(calm, 1, [take('wall'), [], []]).at(-1)!;
  const asked = [
    { text: 'own' },
    ...['one', 'two', 'three', 'four'].map((text) => ({ text, when: 'did.wall' })),
    { text: 'roofs', when: 'did.roof' },
    { text: 'voice' },
  ];
  expect(questionsAbout(calm, end, asked).map(({ text: words }) => words)).toEqual([
    'one',
    'two',
    'three',
    'own',
    'voice',
  ]);
});

test('played at random, every ending is reached and every decision taken', () => {
  const { endings, decisions, events } = playAtRandom(world, 2000);
  expect([...endings.values()].reduce((sum, one) => sum + one, 0)).toBe(2000);
  for (const count of [...endings.values(), ...events.values()]) expect(count).toBeGreaterThan(0);
  for (const { runs } of decisions.values()) expect(runs).toBeGreaterThan(0);
  expect(playAtRandom(world, 2000).endings).toEqual(endings);
});

describe('an author’s slip is told first, on its line, with what to do about it', () => {
  test.for<[slip: string, from: string, to: string, message: RegExp, below?: number]>([
    ['a misspelt variable', 'mood: trust / 2', 'mood: trsut / 2', /Did you mean "trust"/],
    ['a decision without did', 'when: did.wall', 'when: wall', /Did you mean "did\.wall"/],
    [
      'a name of nothing',
      'mood: trust / 2',
      'mood: satisfaction / 2',
      /Variables are called by their name, decisions did\.<name>, events happened\.<name>/,
    ],
    [
      'a grouped variable without its group',
      'when: earnings.women < 18',
      'when: earnings < 18',
      /write earnings\.women or earnings\.men/,
    ],
    [
      'an effect on nothing',
      'effects: { trust: 20 }',
      'effects: { trusst: 20 }',
      /no variable "trusst" to change\. Did you mean "trust"/,
    ],
    [
      'a cost of nothing known',
      'cost: { budget: 5 }',
      'cost: { money: 5 }',
      /no variable "money".* There are: budget, trust/,
    ],
    ['a formula without its bracket', '0.6 - trust / 100', '(0.6 - trust / 100', /Unclosed \(/],
    ['a comma without quotes', "'if(did.roof, -1, -4)'", 'if(did.roof, -1, -4)', /quotes around/],
    [
      'an unknown function',
      'if(did.roof, -1, -4)',
      'when(did.roof, -1, -4)',
      /function "when"\. A formula holds .*if, not/,
    ],
    [
      'a single equals sign',
      'when: did.open_books == 0',
      'when: did.open_books = 0',
      /Write == to compare/,
    ],
    ['a start out of bounds', 'start: 40', 'start: 140', /140 is outside of 0 to 100: change it/],
    [
      'a group without a start',
      'start: { women: 18, men: 26 }',
      'start: { women: 18 }',
      /a number for each group: women, men/,
    ],
    [
      'a misspelt group',
      'start: { women: 18, men: 26 }',
      'start: { woman: 18, men: 26 }',
      /There is no group "woman"\. Write a number for each group: women, men/,
    ],
    [
      'groups that nobody named',
      'groups: { women: Women, men: Men }\n',
      '',
      /Name the groups first, under "groups"/,
      9,
    ],
    [
      'a field begun one space too early',
      '    text: A roof over eighty',
      '   text: A roof over eighty',
      /wrong column: begin it with 4 spaces/,
    ],
    [
      'a decision begun at the margin',
      '  savings:\n    title',
      'savings:\n    title',
      /wrong column: begin it with 2 spaces/,
    ],
    [
      'a field begun too far to the right',
      '    when: trust >= 50',
      '      when: trust >= 50',
      /wrong column: begin it with 4 spaces/,
    ],
    [
      'a quote that is not closed, with others after it',
      '- { when: did.wall, text: Whom did the wall keep out? }\n    - { text: What would you publish first in your own market? }',
      '- { when: did.wall, text: "Whom did the wall keep out? }\n    - { text: "What would you publish, and where?" }',
      /Close the quotes that are opened on this line/,
    ],
    [
      'a brace that is not closed',
      'cost: { budget: 40 }',
      'cost: { budget: 40',
      /Close with } what is opened/,
    ],
    ['a brace too many', 'cost: { budget: 40 }', 'cost: { budget: 40 } }', /Take one } away/],
    [
      'no space after a colon',
      'title: Build a roof',
      'title:Build a roof',
      /Put a space after the ":"/,
    ],
    ['no colon', 'title: Build a roof', 'title Build a roof', /Put a ":" after the name/],
    [
      'no colon before a number',
      'effects: { trust: 20 }',
      'effects: { trust 20 }',
      /Put ": " between the name and the number/,
    ],
    [
      'a semicolon',
      'effects: { trust: -10, earnings.women: -2 }',
      'effects: { trust: -10; earnings.women: -2 }',
      /Part the fields with commas/,
    ],
    [
      'a colon in a text between braces',
      'text: Who had no voice in these decisions? }',
      'text: Ask: who had no voice? }',
      /Put quotes around the text/,
    ],
    [
      'a second line of a text at the column of its field',
      'text: Rain and wind for three days.',
      'text: Rain and wind\n    for three days.',
      /further right than its field/,
      1,
    ],
    [
      'a list without its hyphen',
      '- { text: A roof pays for itself in two seasons. }',
      '-{ text: A roof pays for itself in two seasons. }',
      /Put a space after the -/,
    ],
    [
      'a no-break space',
      'title: Build a roof',
      'title:\u00a0Build a roof',
      /Write plain spaces|Put a space after the ":"/,
    ],
    [
      'a decision within the one before',
      '  wall:\n    title: Build a wall\n    text: A wall and a gate, so that fees can be taken at the gate.\n    cost: { budget: 30 }\n    set: building\n    effects: { trust: -10, earnings.women: -2 }\n',
      '    wall:\n      title: Build a wall\n      text: A wall and a gate, so that fees can be taken at the gate.\n      cost: { budget: 30 }\n      set: building\n      effects: { trust: -10, earnings.women: -2 }\n',
      /begin it and all that belongs to it further left/,
    ],
    [
      'a misspelt group in an effect',
      'earnings.women: -2 }',
      'earnings.woman: -2 }',
      /Did you mean "earnings\.women"/,
    ],
    ['signs the wrong way round', 'when: trust >= 50', 'when: trust => 50', /Write <= or >=/],
    [
      'a condition in per cent',
      'when: trust < 30',
      'when: trust < 30%',
      /Take the % away: write 30/,
    ],
    [
      'conditions joined in capitals',
      'when: trust >= 60 and earnings.women > 20',
      'when: trust >= 60 AND earnings.women > 20',
      /in small letters/,
    ],
    ['a typographic minus', 'trust: -10,', 'trust: −10,', /minus of the keyboard/],
    ['not without brackets', 'when: did.wall', 'when: not did.wall', /Write not\(…\)/],
    ['a thousand with a comma', 'max: 200 }', 'max: 1,000 }', /Write numbers without a comma/],
    [
      'Markdown in a text',
      'text: Rain and wind for three days.',
      'text: Rain and **wind** for three days.',
      /take the Markdown out/,
    ],
    [
      'a variable that nothing changes or reads',
      'decisions:\n',
      '  rain: { label: Rain, good: neither, start: 10 }\ndecisions:\n',
      /Nothing changes "rain", and nothing reads it/,
    ],
    ['starts without groups', 'grouped: true', 'grouped: false', /"grouped: true"/, 1],
    [
      'bounds the wrong way round',
      'start: 60, max: 200',
      'start: 60, max: -5',
      /"max" must be more than "min" \(0\)/,
    ],
    ['a probability above 1', 'probability: 0.3', 'probability: 30', /from 0 to 1/],
    ['shares off the total', 'total: 30', 'total: 25', /multiple of the step/],
    [
      'one part alone',
      'parts: { repairs: Repairs, childcare: Child care, allowances: Allowances }',
      'parts: { repairs: Repairs }',
      /Write two parts or more/,
    ],
    [
      'a last ending with a condition',
      'waiting: { title: A market as before,',
      'waiting: { when: trust > 1, title: A market as before,',
      /last ending has no "when"/,
    ],
    [
      'an ending that hides those after it',
      'title: A market without its traders\n    text: Traders sell along the road instead.\n    when: trust < 30\n',
      'title: A market without its traders\n    text: Traders sell along the road instead.\n',
      /Only the last ending stands without "when"/,
      1,
    ],
    [
      'too few questions for discussion',
      '    - { when: did.wall, text: Whom did the wall keep out? }\n',
      '',
      /three questions for discussion or more/,
      1,
    ],
    ['a name with a capital', '  roof:\n    title', '  Roof:\n    title', /small letters/, 1],
    [
      'a delay of nothing',
      'after: 1, for: 2, effects: { earnings: 0.1',
      'after: 0, for: 2, effects: { earnings: 0.1',
      /whole number of rounds, 1 or more/,
    ],
    ['no rounds', 'rounds: 3', 'rounds: many', /Write a number here, not "many"/],
    ['half a round', 'rounds: 3', 'rounds: 2.5', /Write a whole number here, not "2.5"/],
    ['too many rounds', 'rounds: 3', 'rounds: 30', /Write 20 or less/],
    [
      'a text with a comma without quotes',
      'text: Whom did the wall keep out?',
      'text: Whom, if anybody, did it keep out?',
      /Put quotes around the text/,
    ],
    [
      'a forgotten duration',
      'minutes: 5\n',
      '',
      /"minutes" is missing or empty\. Write a number/,
      6,
    ],
    ['a misspelt field', 'theme: Rules', 'tehme: Rules', /Did you mean "theme"/],
    [
      'a field that belongs elsewhere',
      'theme: Rules',
      'probability: 0.2',
      /no field "probability" here\. Take it out, or use one of: title, text, theme/,
    ],
    [
      'a decision without a text',
      '  roof:\n    title: Build a roof\n    text: A roof over eighty stalls. It takes a season to build.\n',
      '  roof:\n    title: Build a roof\n',
      /"text" is missing or empty\. Write a text/,
      1,
    ],
    [
      'an empty text',
      'text: A roof over eighty stalls. It takes a season to build.',
      "text: ''",
      /Write a text here/,
    ],
    [
      'a direction that is none',
      'good: more, start: 40',
      'good: high, start: 40',
      /Write one of these, not "high": more, less, neither/,
    ],
    [
      'a text where a number belongs',
      'start: 60',
      'start: sixty',
      /Write a number, or one for each group/,
    ],
    [
      'an axis per group without one of them',
      'value: trust }',
      'value: trust, groups: { women: trust } }',
      /one for each group: women, men/,
    ],
    [
      'a figure with its ending',
      'board: market-day',
      'board: market-day.svg',
      /lower-case words joined by hyphens/,
    ],
    ['a tab for a space', '    title: Build a wall', '\ttitle: Build a wall', /Indent with spaces/],
    [
      'the same name twice',
      '  wall:\n    title',
      '  roof:\n    title',
      /Give one of the two another/,
    ],
    [
      'quotes that are not closed',
      'title: Open the books',
      'title: "Open the books',
      /Close the quotes/,
    ],
    [
      'a list where a text belongs',
      'role: You advise',
      'role: [You advise]\nroel: You advise',
      /Write a text here, not a list/,
    ],
    [
      'a reason without a guard',
      '    text: A wall and a gate, so that fees can be taken at the gate.\n',
      '    text: A wall and a gate, so that fees can be taken at the gate.\n    unless: No stone.\n',
      /Nothing ever stops this: add "when"/,
      1,
    ],
    [
      'a set of one',
      '    set: building\n    effects',
      '    set: bulding\n    effects',
      /Only this decision is of the set "bulding", and only one of "building"\. Write the same/,
    ],
    [
      'a set that nothing else is of',
      '    set: building\n    effects',
      '    set: fence\n    effects',
      /No other decision is of the set "(building|fence)"\. Give it to one more/,
      9,
    ],
    [
      'a price that nobody can pay',
      'cost: { budget: 40 }',
      'cost: { budget: 400 }',
      /Nobody can pay 400: "budget" is 200 at most/,
    ],
    [
      'a price without its variable',
      'cost: { budget: 40 }',
      'cost: 40',
      /Write it like this: \{ budget: 40 \}/,
    ],
    [
      'what comes too late',
      '- { after: 1, for: 2, effects: { earnings: 0.1 * earnings } }',
      '- { after: 3, effects: { earnings: 0.1 * earnings } }',
      /never comes: with 3 rounds, write 2 at most/,
    ],
    [
      'a decision of which nothing comes',
      'rules:\n',
      '  waiting: { title: Wait, text: See what others do. }\nrules:\n',
      /Nothing comes of it: add "effects" or "later"/,
      1,
    ],
    [
      'a scene that is never told',
      'axes:\n',
      'scenes:\n  - { title: Rain, text: It rains. }\naxes:\n',
      /add "round" or "when"/,
      1,
    ],
    [
      'a scene after the end',
      'axes:\n',
      'scenes:\n  - { round: 5, title: Rain, text: It rains. }\naxes:\n',
      /There are 3 rounds/,
      1,
    ],
    [
      'somebody who may have nothing to say',
      '- { text: Let us see what the season brings. }',
      '- { when: trust > 60, text: Let us see what the season brings. }',
      /The last line has no "when"/,
    ],
    [
      'a question without its field',
      '- { text: Who had no voice in these decisions? }',
      '- Who had no voice in these decisions?',
      /Write it like this: \{ text: Who gained\? \}/,
    ],
    [
      'HTML in a text',
      'text: Whom did the wall keep out?',
      'text: Whom did the <b>wall</b> keep out?',
      /Texts are plain/,
    ],
    [
      'a number sign in a text',
      'text: Rain and wind for three days.',
      'text: Rain and wind, storm #2, for three days.',
      /Put quotes around the text: it ends before "#2/,
    ],
    ['a percentage', 'probability: 0.3', 'probability: 30%', /or 0\.3 where a part of 1 is meant/],
    [
      'a decimal comma',
      'probability: 0.3',
      "probability: '0,3'",
      /Write decimals with a point|with a point/,
    ],
    [
      'conditions joined as in a programme',
      'when: trust >= 60 and earnings.women > 20',
      'when: trust >= 60 && earnings.women > 20',
      /Write "and" or "or"/,
    ],
    [
      'an unknown decision',
      'when: did.wall',
      'when: did.treasury',
      /There are: did\.open_books, did\.roof, did\.wall/,
    ],
    [
      'an apostrophe in single quotes',
      'text: I earn less than before.',
      "text: 'It's less than before.'",
      /every apostrophe twice/,
    ],
  ])('%s', ([, from, to, message, below = 0]) => {
    expect(text).toContain(from);
    const broken = text.replace(from, () => to);
    const { faults } = readYaml(Scenario, broken, { file });
    const changed = text.slice(0, text.indexOf(from)).split('\n').length;
    const told = `${faults[0]?.line} ${faults[0]?.message}`;
    expect(faults[0]?.message, told).toMatch(message);
    expect(faults[0]!.file).toBe(file);
    // A field that is missing is told on the line of what it is missing in.
    expect(Math.abs(faults[0]!.line - changed), `${changed}: ${told}`).toBeLessThanOrEqual(below);
  });
});

test('a hidden variable that nothing reads is told, where no board can show it', () => {
  const hidden = text.replace(
    'decisions:\n',
    '  gossip: { label: Gossip, good: less, start: 10, shown: false }\ndecisions:\n',
  );
  expect(readYaml(Scenario, hidden, { file }).faults).toEqual([]);
  const { faults } = readYaml(Scenario, hidden.replace('board: market-day\n', ''), { file });
  expect(faults.map(({ message }) => message)).toEqual([
    'variables.gossip: Nobody sees "gossip", and nothing reads it: show it, or read it in a formula.',
  ]);
});

test.for([
  ['<g data-when="did.rof" data-says=""/>', /Did you mean "did\.roof"/],
  ['<g class="fade" data-level="trust +"/>', /is no formula/],
  ['<g data-level="trust"/>', /add the class grow-up, grow-along or fade/],
  ['<g data-when="did.roof"/>', /add data-says/],
  ['<g data-when="earnings &gt; 3" data-says=""/>', /write earnings\.women or earnings\.men/],
  ['<g data-wen="did.roof"/>', /There is no data-wen\. Did you mean data-when/],
  ['<g data-says="A roof."/>', /data-says stands beside data-when/],
] as const)('in a board, %s is told with its line and what to do', ([part, message]) => {
  expect(checkBoard(`<svg>\n<path d="M0 0"/>\n${part}\n</svg>`, scenario)).toEqual([
    { line: 3, message: expect.stringMatching(message) as string },
  ]);
});

test('the whole board beside the guide has nothing to put right', () => {
  const svg = readFileSync('docs/figures/market-day.svg', 'utf8');
  expect([...checkFigure(svg), ...checkBoard(svg, scenario)]).toEqual([]);
});

test('a board that shows what the scenario says has nothing to put right', () => {
  const svg =
    '<svg><g data-when="trust &gt;= 3" data-says="Trust."/><g class="line fade" data-level="trust"/></svg>';
  expect(checkBoard(svg, scenario)).toEqual([]);
});

test.for([
  [
    'a decision that isn’t there',
    'thoughtful: { about: A, prefers: [bribe] }',
    /no decision "bribe"/,
  ],
  ['neither preferences nor greed', 'thoughtful: { about: A }', /"prefers" or "greedy"/],
  [
    'greed for nothing known',
    'thoughtful: { about: A, greedy: money }',
    /Nothing is called "money"/,
  ],
  [
    'an axis that isn’t there',
    'thoughtful: { about: A, greedy: trust, loses: fame }',
    /no axis "fame"/,
  ],
  [
    'shares that do not sum to the total',
    'thoughtful: { about: A, prefers: [fees], shares: { fees: { repairs: 20 } } }',
    /These sum to 20; divide 30/,
  ],
  [
    'a part that isn’t there',
    'thoughtful: { about: A, prefers: [fees], shares: { fees: { repair: 30 } } }',
    /no part "repair"\. Did you mean "repairs"/,
  ],
  [
    'shares of what divides nothing',
    'thoughtful: { about: A, prefers: [fees], shares: { roof: { repairs: 30 } } }',
    /There are: fees/,
  ],
  ['no thoughtful one', 'hasty: { about: A, greedy: trust }', /Call one strategy "thoughtful"/],
] as const)('strategies with %s are told', ([, yaml, message]) => {
  const { faults } = readYaml(strategiesFor(scenario), yaml, { file: 'a.strategies.yaml' });
  expect(faults.map((fault) => fault.message).join()).toMatch(message);
});
