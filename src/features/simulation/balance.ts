import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { type Pick, type World, begin, hindrance, isOver, outcome, play } from './engine.ts';

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
function pickAtRandom(world: World, state: ReturnType<typeof begin>, random: Random): Pick[] {
  const open = [...world.decisions.values()].filter(({ id }) => !hindrance(world, state, id));
  const picks: Pick[] = [];
  const purse = state.values.slice();
  const sets = new Set<string>();
  while (picks.length < world.picks && open.length > 0) {
    const [one] = open.splice(uniformInt(random, 0, open.length - 1), 1);
    const { id, set, costs, allocation } = one!;
    if (set !== undefined && sets.has(set)) continue;
    if (!costs.every(([slot, cost]) => purse[slot]! >= cost)) continue;
    if (set !== undefined) sets.add(set);
    for (const [slot, cost] of costs) purse[slot]! -= cost;
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
  /** Of each axis: the values below which 5, 25, 50, 75 and 95 in a hundred runs stayed. */
  axes: Map<string, number[]>;
  /** Of each decision: how many runs took it, and by how much their mean lies above that of the others, per axis. */
  decisions: Map<string, { runs: number; lead: Map<string, number> }>;
  /** How many runs each event happened in. */
  events: Map<string, number>;
  /** Rounds in which nothing could be decided. */
  idle: number;
}

const mean = (list: readonly number[]) => list.reduce((sum, one) => sum + one, 0) / list.length;

/** Plays a scenario at random, always alike for one seed. */
export function playAtRandom(world: World, runs: number, seed = 1): Balance {
  const random = xoroshiro128plus(seed);
  const endings = new Map(world.endings.map(({ id }) => [id, 0]));
  const results = new Map([...world.axes.keys()].map((id) => [id, [] as number[]]));
  const takenIn = new Map([...world.decisions.keys()].map((id) => [id, [] as boolean[]]));
  const events = new Map(world.events.map(({ id }) => [id, 0]));
  let idle = 0;
  for (let run = 0; run < runs; run++) {
    let state = begin(world, run + 1);
    while (!isOver(world, state)) {
      const picks = pickAtRandom(world, state, random);
      if (picks.length === 0) idle += 1;
      state = play(world, state, picks);
    }
    const { ending, axes } = outcome(world, state);
    endings.set(ending, endings.get(ending)! + 1);
    for (const [id, value] of axes) results.get(id)!.push(value);
    for (const [id, { did }] of world.decisions) takenIn.get(id)!.push(state.values[did]! > 0);
    for (const { id, happened } of world.events) {
      if (state.values[happened]! > 0) events.set(id, events.get(id)! + 1);
    }
  }
  const quantiles = (list: readonly number[]) => {
    const sorted = list.toSorted((one, other) => one - other);
    return [0.05, 0.25, 0.5, 0.75, 0.95].map((part) => sorted[Math.floor(part * sorted.length)]!);
  };
  const lead = (values: readonly number[], taken: readonly boolean[]) =>
    mean(values.filter((_, run) => taken[run])) - mean(values.filter((_, run) => !taken[run]));
  return {
    runs,
    endings,
    axes: new Map([...results].map(([id, list]) => [id, quantiles(list)])),
    decisions: new Map(
      [...takenIn].map(([id, taken]) => [
        id,
        {
          runs: taken.filter(Boolean).length,
          lead: new Map([...results].map(([axis, values]) => [axis, lead(values, taken)])),
        },
      ]),
    ),
    events,
    idle,
  };
}
