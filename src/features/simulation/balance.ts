import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import {
  type Pick,
  type State,
  type World,
  advance,
  begin,
  canAdd,
  formulaOf,
  hindranceOf,
  isOver,
  outcome,
  play,
} from './engine.ts';
import type { Strategy } from './strategy.ts';

type Random = ReturnType<typeof xoroshiro128plus>;

/** Divides a total at random, in whole steps. */
function divide(random: Random, parts: string[], total: number, step: number) {
  const shares = Object.fromEntries(parts.map((part) => [part, 0]));
  for (let left = total; left > 0; left -= step) {
    shares[parts[uniformInt(random, 0, parts.length - 1)]!]! += step;
  }
  return shares;
}

/** Up to a round's number of decisions that can be made together, each as likely as the other. */
function pickAtRandom(world: World, state: State, random: Random): Pick[] {
  // Drawn from all, so that only those that are drawn have to be looked at.
  const all = world.choosable.slice();
  const picks: Pick[] = [];
  const sets: string[] = [];
  let purse: number[] | undefined;
  for (let left = all.length; left > 0 && picks.length < world.picks; left--) {
    // What was drawn makes room for the last, so that nothing is drawn twice.
    const drawn = uniformInt(random, 0, left - 1);
    const one = all[drawn]!;
    all[drawn] = all[left - 1]!;
    if (hindranceOf(one, state.values)) continue;
    const { id, set, costs, allocation } = one;
    if (set !== undefined && sets.includes(set)) continue;
    purse ??= state.values.slice();
    const { length } = costs;
    let paid = 0;
    while (paid < length && purse[costs[paid]!.slot]! >= costs[paid]!.cost) paid++;
    if (paid < length) continue;
    if (set !== undefined) sets.push(set);
    for (const { slot, cost } of costs) purse[slot]! -= cost;
    if (!allocation) picks.push({ decision: id });
    else {
      const { parts, total, step } = allocation;
      picks.push({ decision: id, shares: divide(random, [...parts.keys()], total, step) });
    }
  }
  return picks;
}

/** How many random runs came out. */
export interface Balance {
  runs: number;
  /** How many runs each ending ended, none left out. */
  endings: Map<string, number>;
  /** The mean of the axes of each run, from the lowest to the highest. */
  overall: number[];
  /** Of each axis: the values below which 5, 25, 50, 75 and 95 in a hundred runs stayed. */
  axes: Map<string, number[]>;
  /** Of each decision: how many runs took it, and by how much their mean lies above that of the others, per axis. */
  decisions: Map<string, { runs: number; lead: Map<string, number> }>;
  /** How many runs each event happened in. */
  events: Map<string, number>;
  /** For each round, in how many runs nothing could be decided in it. */
  idle: number[];
}

const mean = (list: readonly number[]) => list.reduce((sum, one) => sum + one, 0) / list.length;

/** Plays a scenario at random, always alike for one seed. */
export function playAtRandom(world: World, runs: number, seed = 1): Balance {
  const random = xoroshiro128plus(seed);
  const endings = new Map(world.endings.map(({ id }) => [id, 0]));
  const overall: number[] = [];
  const results = new Map([...world.axes.keys()].map((id) => [id, [] as number[]]));
  /** Of each decision, 1 for every run that took it. */
  const choices = world.choosable.map(({ id, did }) => ({ id, did, taken: new Uint8Array(runs) }));
  const chances = world.events.map(({ id, happened }) => ({ id, happened, runs: 0 }));
  const idle = Array.from({ length: world.rounds }, () => 0);
  for (let run = 0; run < runs; run++) {
    let state = begin(world, run + 1);
    while (!isOver(world, state)) {
      const picks = pickAtRandom(world, state, random);
      if (picks.length === 0) idle[state.round - 1]! += 1;
      // Chosen by the rules that `play` would check again.
      state = advance(world, state, picks);
    }
    const { ending, axes } = outcome(world, state);
    endings.set(ending, endings.get(ending)! + 1);
    overall.push(mean([...axes.values()]));
    for (const [id, value] of axes) results.get(id)!.push(value);
    for (const { did, taken } of choices) taken[run] = state.values[did]!;
    for (const one of chances) one.runs += state.values[one.happened]!;
  }
  const quantiles = (list: readonly number[]) => {
    const sorted = list.toSorted((one, other) => one - other);
    return [0.05, 0.25, 0.5, 0.75, 0.95].map((part) => sorted[Math.floor(part * sorted.length)]!);
  };
  const lead = (values: readonly number[], taken: Uint8Array) => {
    let [sum, count, all] = [0, 0, 0];
    for (let run = 0; run < values.length; run++) {
      all += values[run]!;
      if (!taken[run]) continue;
      sum += values[run]!;
      count += 1;
    }
    return sum / count - (all - sum) / (values.length - count);
  };
  return {
    runs,
    endings,
    overall: overall.toSorted((one, other) => one - other),
    axes: new Map([...results].map(([id, list]) => [id, quantiles(list)])),
    decisions: new Map(
      choices.map(({ id, taken }) => [
        id,
        {
          runs: taken.reduce((sum, one) => sum + one, 0),
          lead: new Map([...results].map(([axis, values]) => [axis, lead(values, taken)])),
        },
      ]),
    ),
    events: new Map(chances.map(({ id, runs: count }) => [id, count])),
    idle,
  };
}

/** A total divided as evenly as its step allows. */
function evenly(parts: string[], total: number, step: number) {
  const shares = Object.fromEntries(parts.map((part) => [part, 0]));
  for (let n = 0; n < total / step; n++) shares[parts[n % parts.length]!]! += step;
  return shares;
}

/** Plays one run by a strategy. */
function playByStrategy(
  world: World,
  strategy: Strategy,
  seed: number,
): { rounds: Pick[][]; states: State[] } {
  const calm: World = { ...world, events: [] };
  const aim = strategy.greedy === undefined ? undefined : formulaOf(world, strategy.greedy);
  const pickOf = (id: string): Pick => {
    const { allocation } = world.decisions.get(id)!;
    if (!allocation) return { decision: id };
    const { parts, total, step } = allocation;
    return { decision: id, shares: strategy.shares[id] ?? evenly([...parts.keys()], total, step) };
  };
  /** What it comes to when nothing more is decided and chance brings nothing. */
  const worth = (state: State, picks: readonly Pick[]) => {
    let next = play(calm, state, picks);
    while (!isOver(world, next)) next = play(calm, next, []);
    return aim!(next.values);
  };
  const choose = (state: State): Pick[] => {
    const picks: Pick[] = [];
    if (!aim) {
      for (const id of strategy.prefers) {
        if (canAdd(world, state, picks, pickOf(id))) picks.push(pickOf(id));
      }
      return picks;
    }
    for (;;) {
      const now = worth(state, picks);
      const [best] = [...world.decisions.keys()]
        .map(pickOf)
        .filter((one) => canAdd(world, state, picks, one))
        .map((one) => ({ one, gain: worth(state, [...picks, one]) - now }))
        .filter(({ gain }) => gain > 0)
        .sort((one, other) => other.gain - one.gain);
      if (!best) return picks;
      picks.push(best.one);
    }
  };
  const states = [begin(world, seed)];
  const rounds: Pick[][] = [];
  while (!isOver(world, states.at(-1)!)) {
    const picks = choose(states.at(-1)!);
    rounds.push(picks);
    states.push(play(world, states.at(-1)!, picks));
  }
  return { rounds, states };
}

/** How a strategy comes out over many seeds. */
export interface StrategyResult {
  axes: Map<string, number>;
  /** The mean of its axes. */
  overall: number;
  endings: Map<string, number>;
}

/** Plays a strategy with the seeds 1 to `runs`. */
export function tryStrategy(world: World, strategy: Strategy, runs: number): StrategyResult {
  const outcomes = Array.from({ length: runs }, (_, at) =>
    outcome(world, playByStrategy(world, strategy, at + 1).states.at(-1)!),
  );
  const axes = new Map(
    [...world.axes.keys()].map((id) => [id, mean(outcomes.map((one) => one.axes.get(id)!))]),
  );
  const endings = new Map<string, number>();
  for (const { ending } of outcomes) endings.set(ending, (endings.get(ending) ?? 0) + 1);
  return { axes, overall: mean([...axes.values()]), endings };
}
