import type { Balance, StrategyResult } from './balance.ts';
import type { Strategy } from './strategy.ts';

/** When a scenario is balanced. Shares are of 1, leads and gaps points of 100. */
const limits = {
  /** An ending that comes more often is where all roads lead. */
  ending: 0.6,
  /** What comes more rarely is hardly met by anybody. */
  rare: 0.005,
  /** An event that happens more often is no chance. */
  event: 0.9,
  /** So many random runs the thoughtful strategy beats. */
  thought: 0.95,
  /** By so much a strategy stays behind on the axis on which it is to lose. */
  loses: 10,
  /** A decision whose runs lead by as much on every axis has no price. */
  lead: 3,
  /** A decision may move the overall result by this share of the distance between poor and good runs. */
  decides: 1 / 3,
};

/** A strategy that was played, with its name and how it came out. */
export interface Tried {
  name: string;
  strategy: Strategy;
  result: StrategyResult;
}

/** A rule of balance: what was measured for it, and what is off; it is kept where nothing is. */
export interface Verdict {
  rule: string;
  measured: string;
  /** What breaks it, with what to try. */
  off: string[];
}

const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
const points = (value: number) => value.toFixed(1);
const mean = (list: readonly number[]) =>
  list.reduce((sum, one) => sum + one, 0) / Math.max(1, list.length);

/** The entry of which there is most; what can't be told, as nobody or everybody took it, counts as 0. */
function most<T>(entries: ReadonlyMap<string, T>, of: (entry: T) => number) {
  const all = [...entries].map(([id, entry]) => ({ id, of: of(entry) || 0 }));
  return all.reduce((best, one) => (one.of > best.of ? one : best));
}

/**
 * Judges how a scenario plays: its random runs, and its strategies with how they came out.
 *
 * Without strategies the rules that need them are told as off.
 */
export function verdictsOn(random: Balance, strategies: readonly Tried[]): Verdict[] {
  const { runs } = random;
  const thoughtful = strategies.find(({ name }) => name === 'thoughtful')?.result;
  const beats = thoughtful
    ? random.overall.filter((one) => one < thoughtful.overall).length / runs
    : 0;
  const spread =
    random.overall[Math.floor(0.95 * runs)]! - random.overall[Math.floor(0.05 * runs)]!;
  const unmet = 'Write strategies beside the scenario, one of them "thoughtful".';

  const idle = Math.max(...random.idle);
  const common = most(random.endings, (count) => count);
  const rareness = [
    ...[...random.decisions].map(([id, { runs: taken }]) => ({ id, share: taken / runs })),
    ...[...random.events].map(([id, count]) => ({ id, share: count / runs })),
  ].toSorted((one, other) => one.share - other.share);
  const behind = strategies.flatMap(({ name, strategy: { loses }, result }) =>
    thoughtful && loses !== undefined
      ? [
          {
            name,
            axis: loses,
            points: thoughtful.axes.get(loses)! - result.axes.get(loses)!,
            overall: thoughtful.overall - result.overall,
          },
        ]
      : [],
  );
  const leading = most(random.decisions, ({ lead }) => mean([...lead.values()]));
  const narrow = most(random.axes, ([low = 0, , , , high = 0]) => low - high);

  return [
    {
      rule: 'In every round something can be decided',
      measured: idle === 0 ? 'in every round of every run' : `not in ${percent(idle / runs)}`,
      off: random.idle.flatMap((count, at) =>
        count > 0
          ? [
              `In ${percent(count / runs)} of the runs there is nothing in round ${at + 1}: add a decision without a cost there, or make one open earlier.`,
            ]
          : [],
      ),
    },
    {
      rule: `Every ending is reached, and none ends more than ${percent(limits.ending)} of the random runs`,
      measured: `"${common.id}" is the most frequent, ${percent(common.of / runs)}`,
      off: [...random.endings].flatMap(([id, count]) => {
        if (count / runs > limits.ending)
          return [
            `"${id}" ends ${percent(count / runs)}: ask for more in its "when", or let one that stands before it ask for less.`,
          ];
        const reached = count > 0 || strategies.some(({ result }) => result.endings.has(id));
        return reached
          ? []
          : [`"${id}" never comes: ask for less in its "when", or move it up the list.`];
      }),
    },
    {
      rule: 'Every decision is taken and every event happens, and no event in nearly every run',
      measured: `"${rareness[0]!.id}" is the rarest, ${percent(rareness[0]!.share)}`,
      off: [
        ...[...random.decisions].flatMap(([id, { runs: taken }]) =>
          taken / runs < limits.rare
            ? [`"${id}" is taken in ${percent(taken / runs)}: look at its guard and its cost.`]
            : [],
        ),
        ...[...random.events].flatMap(([id, count]) => {
          const share = count / runs;
          return share < limits.rare || share > limits.event
            ? [`"${id}" happens in ${percent(share)}: look at its condition and its probability.`]
            : [];
        }),
      ],
    },
    {
      rule: `Thought pays: the thoughtful strategy beats more than ${percent(limits.thought)} of the random runs`,
      measured: thoughtful ? `it beats ${percent(beats)}` : 'not measured',
      off: !thoughtful
        ? [unmet]
        : beats > limits.thought
          ? []
          : [
              `It beats ${percent(beats)}: let it prefer what leads in the list of decisions below, or let what it does bring more together than alone.`,
            ],
    },
    {
      rule: `What looks best alone loses: a strategy with "loses" stays more than ${limits.loses} points behind on that axis, and behind overall`,
      measured:
        behind.length === 0
          ? 'not measured'
          : behind
              .map(({ name, axis, points: by }) => `"${name}" by ${points(by)} on "${axis}"`)
              .join(', '),
      off: !thoughtful
        ? [unmet]
        : behind.length === 0
          ? ['No strategy says on which axis it "loses"; add a greedy one.']
          : behind.flatMap(({ name, axis, points: by, overall }) => [
              ...(by > limits.loses
                ? []
                : [
                    `"${name}" stays ${points(by)} points behind on "${axis}": let what it takes cost more there.`,
                  ]),
              ...(overall > 0
                ? []
                : [
                    `"${name}" is ahead overall by ${points(-overall)}: let what it takes cost more on other axes.`,
                  ]),
            ]),
    },
    {
      rule: 'Everything has its price: no decision leads on every axis, and none decides a run alone',
      measured: `"${leading.id}" leads most, by ${points(leading.of)} overall`,
      off: [...random.decisions].flatMap(([id, { lead }]) => {
        const leads = [...lead.values()];
        return [
          ...(Math.min(...leads) >= limits.lead
            ? [
                `Runs with "${id}" lead by ${points(Math.min(...leads))} or more on every axis: let it cost something on one.`,
              ]
            : []),
          ...(mean(leads) >= spread * limits.decides
            ? [
                `Runs with "${id}" lead by ${points(mean(leads))} overall, of ${points(spread)} between poor and good runs, and a third is the most: let it bring less, or let others bring more.`,
              ]
            : []),
        ];
      }),
    },
    {
      rule: 'Every axis can still rise and fall',
      measured: `"${narrow.id}" moves least, over ${points(-narrow.of)} points`,
      off: [...random.axes].flatMap(([id, [low = 0, , , , high = 0]]) =>
        low === high
          ? [
              `"${id}" is ${points(low)} in nine of ten runs: let more decisions change what its formula reads, or multiply it by less.`,
            ]
          : [],
      ),
    },
  ];
}
