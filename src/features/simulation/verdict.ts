import type { Balance, StrategyResult } from './balance.ts';
import type { Scenario } from './scenario.ts';
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

/** A rule of balance, whether a scenario keeps it, and if not, what is off. */
export interface Verdict {
  rule: string;
  off: string[];
}

const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
const points = (value: number) => value.toFixed(1);
const mean = (list: readonly number[]) =>
  list.reduce((sum, one) => sum + one, 0) / Math.max(1, list.length);

/**
 * Judges how a scenario plays: its random runs, and its strategies with how they came out.
 *
 * Without strategies the rules that need them are told as off.
 */
export function verdictsOn(
  scenario: Scenario,
  random: Balance,
  strategies: readonly Tried[],
): Verdict[] {
  const { runs } = random;
  const thoughtful = strategies.find(({ name }) => name === 'thoughtful')?.result;
  const beaten = (overall: number) =>
    random.overall.filter((one) => one < overall).length / random.overall.length;
  const spread =
    random.overall[Math.floor(0.95 * runs)]! - random.overall[Math.floor(0.05 * runs)]!;
  const losing = strategies.filter(({ strategy }) => strategy.loses !== undefined);
  const unmet = 'Write strategies beside the scenario, one of them "thoughtful".';

  return [
    {
      rule: 'In every round something can be decided',
      off: random.idle.flatMap((count, at) =>
        count > 0
          ? [`In ${percent(count / runs)} of the runs there is nothing in round ${at + 1}.`]
          : [],
      ),
    },
    {
      rule: `Every ending is reached, and none ends more than ${percent(limits.ending)} of the random runs`,
      off: [...random.endings].flatMap(([id, count]) => {
        if (count / runs > limits.ending) return [`"${id}" ends ${percent(count / runs)}.`];
        const reached = count > 0 || strategies.some(({ result }) => result.endings.has(id));
        return reached ? [] : [`"${id}" never comes.`];
      }),
    },
    {
      rule: 'Every decision is taken and every event happens, and no event in nearly every run',
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
      off: !thoughtful
        ? [unmet]
        : beaten(thoughtful.overall) > limits.thought
          ? []
          : [`It beats ${percent(beaten(thoughtful.overall))}.`],
    },
    {
      rule: `What looks best alone loses: a strategy with "loses" stays more than ${limits.loses} points behind on that axis, and behind overall`,
      off: !thoughtful
        ? [unmet]
        : losing.length === 0
          ? ['No strategy says on which axis it "loses"; add a greedy one.']
          : losing.flatMap(({ name, strategy, result }) => {
              const axis = strategy.loses!;
              const behind = thoughtful.axes.get(axis)! - result.axes.get(axis)!;
              return [
                ...(behind > limits.loses
                  ? []
                  : [`"${name}" stays ${points(behind)} points behind on "${axis}".`]),
                ...(result.overall < thoughtful.overall
                  ? []
                  : [`"${name}" is not behind overall.`]),
              ];
            }),
    },
    {
      rule: 'Everything has its price: no decision leads on every axis, and none decides a run alone',
      off: [...random.decisions].flatMap(([id, { lead }]) => {
        const leads = [...lead.values()];
        return [
          ...(Math.min(...leads) >= limits.lead
            ? [`Runs with "${id}" lead by ${points(Math.min(...leads))} or more on every axis.`]
            : []),
          ...(mean(leads) >= spread * limits.decides
            ? [
                `Runs with "${id}" lead by ${points(mean(leads))} overall, of ${points(spread)} between poor and good runs.`,
              ]
            : []),
        ];
      }),
    },
    {
      rule: 'Every axis can still rise and fall',
      off: [...random.axes].flatMap(([id, [low = 0, , , , high = 0]]) =>
        low === high
          ? [`"${id}" of "${scenario.axes[id]!.label}" is ${points(low)} in nine of ten runs.`]
          : [],
      ),
    },
  ];
}
