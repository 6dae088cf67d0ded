import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { compileWith } from '#features/questions/formula.ts';
import { namesOf, slotsOf } from './names.ts';
import type { Scenario } from './scenario.ts';

/** A plain list: it is copied several times faster than a typed array, and a run copies it in every round. */
type Values = number[];
type Compute = (values: Values) => number;
/** What is added to one value. */
interface Delta {
  slot: number;
  by: Compute;
}

interface Later {
  after: number;
  for: number;
  deltas: readonly Delta[];
}
interface Change {
  when: Compute | undefined;
  deltas: readonly Delta[];
  later: readonly Later[];
}
interface Choosable extends Change {
  id: string;
  /** Its place in the author's order. */
  at: number;
  did: number;
  again: boolean;
  set: string | undefined;
  /** Where it stands whether the others of its set were taken. */
  rivals: readonly number[];
  costs: readonly { slot: number; cost: number }[];
  allocation: { total: number; step: number; parts: ReadonlyMap<string, number> } | undefined;
}
interface Chance extends Change {
  id: string;
  happened: number;
  again: boolean;
  probability: Compute;
}

/** A scenario made ready to be played. */
export interface World {
  rounds: number;
  picks: number;
  /** Where the number of the round stands. */
  round: number;
  slots: ReadonlyMap<string, number>;
  start: Values;
  bounds: readonly { slot: number; min: number; max: number }[];
  decisions: ReadonlyMap<string, Choosable>;
  /** The same in the author's order. */
  choosable: readonly Choosable[];
  rules: readonly Change[];
  events: readonly Chance[];
  axes: ReadonlyMap<string, { value: Compute; groups: ReadonlyMap<string, Compute> }>;
  endings: readonly { id: string; when: Compute | undefined }[];
}

/** One decision of a round; `shares` for one that divides a total. */
export interface Pick {
  decision: string;
  shares?: Readonly<Record<string, number>> | undefined;
}

/** Where a run stands. Nothing changes it: `play` makes the next one. */
export interface State {
  seed: number;
  /** From 1; one more than the scenario's rounds when it is over. */
  round: number;
  values: Values;
  /** What comes later; `from` and `until` are rounds, both included. */
  queue: readonly { from: number; until: number; deltas: readonly Delta[] }[];
  /** Which rules held in the round just played, and which events happened. */
  rules: readonly number[];
  events: readonly string[];
}

/** A list of decisions that can't have been made. */
class Refused extends Error {
  override name = 'Refused';
}

/** Makes a scenario ready to be played. */
export function worldOf(scenario: Scenario): World {
  const { groups, variables } = scenario;
  const slots = new Map(namesOf(scenario).map((name, slot) => [name, slot]));
  const slot = (name: string) => slots.get(name)!;
  // Within an effect on a grouped variable, the bare name of one is the value of the same group.
  const compile = (formula: number | string, group?: string): Compute => {
    if (typeof formula === 'number') return () => formula;
    return compileWith(formula, (name) => {
      const at = slots.get(name) ?? slot(`${name}.${group ?? ''}`);
      return (values: Values) => values[at]!;
    });
  };
  const maybe = (formula: number | string | undefined) =>
    formula === undefined ? undefined : compile(formula);
  const deltasOf = (effects: Record<string, number | string>): Delta[] =>
    Object.entries(effects).flatMap(([target, by]): Delta[] => {
      if (slots.has(target)) return [{ slot: slot(target), by: compile(by, target.split('.')[1]) }];
      return Object.keys(groups).map((group) => ({
        slot: slot(`${target}.${group}`),
        by: compile(by, group),
      }));
    });
  const changeOf = (of: {
    when?: number | string | undefined;
    effects: Record<string, number | string>;
    later?: Scenario['events'][string]['later'];
  }): Change => ({
    when: maybe(of.when),
    deltas: deltasOf(of.effects),
    later: (of.later ?? []).map((one) => ({ ...one, deltas: deltasOf(one.effects) })),
  });

  // Begun with a broken number, so that the list is one of doubles from the first moment: copies of such lists are cheap.
  const start = Array.from(slots, () => 0.5).fill(0);
  const bounds: World['bounds'][number][] = [];
  for (const [id, variable] of Object.entries(variables)) {
    for (const name of slotsOf(id, variable, groups)) {
      const { start: from } = variable;
      start[slot(name)] = typeof from === 'number' ? from : from[name.split('.')[1]!]!;
      bounds.push({ slot: slot(name), min: variable.min, max: variable.max });
    }
  }
  const decisions = Object.entries(scenario.decisions).map(([id, one], at): [string, Choosable] => [
    id,
    {
      ...changeOf(one),
      id,
      at,
      did: slot(`did.${id}`),
      again: one.again,
      set: one.set,
      rivals: Object.entries(scenario.decisions).flatMap(([other, { set }]) =>
        other !== id && set !== undefined && set === one.set ? slot(`did.${other}`) : [],
      ),
      costs: Object.entries(one.cost).map(([from, cost]) => ({ slot: slot(from), cost })),
      allocation: one.allocate && {
        total: one.allocate.total,
        step: one.allocate.step,
        parts: new Map(
          Object.keys(one.allocate.parts).map((part) => [part, slot(`share.${id}.${part}`)]),
        ),
      },
    },
  ]);
  return {
    rounds: scenario.rounds,
    picks: scenario.picks,
    round: slot('round'),
    slots,
    start,
    bounds,
    decisions: new Map(decisions),
    choosable: decisions.map(([, one]) => one),
    rules: scenario.rules.map(changeOf),
    events: Object.entries(scenario.events).map(([id, one]) => ({
      ...changeOf(one),
      id,
      happened: slot(`happened.${id}`),
      again: one.again,
      probability: compile(one.probability),
    })),
    axes: new Map(
      Object.entries(scenario.axes).map(([id, { value, groups: perGroup = {} }]) => [
        id,
        {
          value: compile(value),
          groups: new Map(
            Object.entries(perGroup).map(([group, formula]) => [group, compile(formula)]),
          ),
        },
      ]),
    ),
    endings: Object.entries(scenario.endings).map(([id, { when }]) => ({ id, when: maybe(when) })),
  };
}

/** A formula of the scenario, to be read from the values of a state. */
export const formulaOf = ({ slots }: World, formula: number | string): Compute =>
  typeof formula === 'number'
    ? () => formula
    : compileWith(formula, (name) => {
        const slot = slots.get(name)!;
        return (values: Values) => values[slot]!;
      });

/** The beginning of a run. `seed` is a whole number of 32 bits; it alone decides what chance will bring. */
export function begin({ round, start }: World, seed: number): State {
  const values = start.slice();
  values[round] = 1;
  return { seed: seed | 0, round: 1, values, queue: [], rules: [], events: [] };
}

/** Whether all rounds are played. */
export const isOver = ({ rounds }: World, { round }: State) => round > rounds;

const holds = (when: Compute | undefined, values: Values) => when === undefined || when(values) > 0;
const affordable = (costs: Choosable['costs'], values: Values) =>
  costs.every(({ slot, cost }) => values[slot]! >= cost);

/** Why a decision may not be taken now, as a lasting word; undefined when it may. */
export function hindrance(
  world: World,
  { values }: State,
  id: string,
): 'unknown' | 'taken' | 'set' | 'guard' | 'cost' | undefined {
  const decision = world.decisions.get(id);
  return decision ? hindranceOf(decision, values) : 'unknown';
}

/** Why a decision of this scenario may not be taken while these are the values; undefined when it may. */
export function hindranceOf(
  decision: Choosable,
  values: Values,
): 'taken' | 'set' | 'guard' | 'cost' | undefined {
  if (!decision.again && values[decision.did]! > 0) return 'taken';
  if (decision.rivals.some((did) => values[did]! > 0)) return 'set';
  if (!holds(decision.when, values)) return 'guard';
  return affordable(decision.costs, values) ? undefined : 'cost';
}

/** Why a pick's shares can't be; undefined when they can. */
function wrongShares({ allocation }: Choosable, shares: Pick['shares']): string | undefined {
  if (!allocation) return shares && 'it divides nothing';
  const given = Object.entries(shares ?? {});
  const sum = given.reduce((total, [, share]) => total + share, 0);
  const fits = given.every(
    ([part, share]) => allocation.parts.has(part) && share >= 0 && share % allocation.step === 0,
  );
  return fits && sum === allocation.total
    ? undefined
    : `its shares must sum to ${allocation.total}`;
}

/** Why picks can't be made together in this round; undefined when they can. */
function obstacle(world: World, state: State, picks: readonly Pick[]): string | undefined {
  if (isOver(world, state)) return 'All rounds are played.';
  if (picks.length > world.picks) return `A round takes ${world.picks} decisions at most.`;
  const sets = new Set<string>();
  const purse = state.values.slice();
  for (const [at, { decision: id, shares }] of picks.entries()) {
    const because = (why: string) => `Round ${state.round}, "${id}": ${why}.`;
    const why = hindrance(world, state, id);
    if (why) return because(why);
    const decision = world.decisions.get(id)!;
    if (picks.findIndex((one) => one.decision === id) !== at) return because('taken twice');
    if (decision.set !== undefined && sets.has(decision.set)) return because('set');
    if (decision.set !== undefined) sets.add(decision.set);
    const wrong = wrongShares(decision, shares);
    if (wrong) return because(wrong);
    if (!affordable(decision.costs, purse)) return because('cost');
    for (const { slot, cost } of decision.costs) purse[slot]! -= cost;
  }
  return undefined;
}

/** Whether one more pick can be made beside these. */
export const canAdd = (world: World, state: State, picks: readonly Pick[], one: Pick): boolean =>
  obstacle(world, state, [...picks, one]) === undefined;

/** What formulas add in one step; kept between steps, since a simulation takes millions of them. */
const added: number[] = [];

/** Adds what formulas say, all of them read from the values as they were before. */
function add({ bounds }: World, values: Values, changes: readonly (readonly Delta[])[]): void {
  added.length = 0;
  for (const deltas of changes) for (const { by } of deltas) added.push(by(values));
  let at = 0;
  for (const deltas of changes) {
    for (const { slot } of deltas) {
      const delta = added[at++]!;
      // A formula that divides by nothing changes nothing.
      if (Number.isFinite(delta)) values[slot]! += delta;
    }
  }
  for (const { slot, min, max } of bounds) {
    const value = values[slot]!;
    if (value < min) values[slot] = min;
    else if (value > max) values[slot] = max;
  }
}

/** What chance draws in a round, one number from 0 to below 1 for each event, whatever was decided. */
function chance({ seed, round }: State): () => number {
  const random = xoroshiro128plus(Math.imul(seed ^ Math.imul(round, 0x9e3779b1), 0x85ebca6b));
  // The first numbers of seeds close to each other are alike.
  for (let n = 0; n < 4; n++) random.next();
  return () => (random.next() >>> 0) / 0x1_0000_0000;
}

function enqueue(queue: State['queue'][number][], round: number, later: readonly Later[]) {
  for (const { after, for: times, deltas } of later)
    queue.push({ from: round + after, until: round + after + times - 1, deltas });
}

/**
 * Plays one round. The order in which decisions were picked changes nothing, nor does what is left out of a round change
 * what chance draws in it.
 *
 * First decisions are paid, and they and what comes from earlier rounds take effect; then the rules of every round; then
 * events. Within each step formulas read the values as they were before it; after it values are within their bounds.
 * Throws `Refused` when the picks can't have been made.
 */
export function play(world: World, state: State, picks: readonly Pick[]): State {
  const why = obstacle(world, state, picks);
  if (why) throw new Refused(why);
  return advance(world, state, picks);
}

/** Plays one round, as `play` does, of picks that are known to be possible. */
export function advance(world: World, state: State, picks: readonly Pick[]): State {
  const { round } = state;
  const values = state.values.slice();
  const taken = picks.map(({ decision }) => world.decisions.get(decision)!);
  if (taken.length > 1) taken.sort((one, other) => one.at - other.at);
  for (const { id, did, costs, allocation } of taken) {
    values[did] = 1;
    for (const { slot, cost } of costs) values[slot]! -= cost;
    if (!allocation) continue;
    const { shares } = picks.find(({ decision }) => decision === id)!;
    for (const [part, slot] of allocation.parts) values[slot] = shares?.[part] ?? 0;
  }
  const changes: (readonly Delta[])[] = [];
  for (const { from, until, deltas } of state.queue)
    if (from <= round && round <= until) changes.push(deltas);
  for (const { deltas } of taken) changes.push(deltas);
  add(world, values, changes);

  const rules: number[] = [];
  changes.length = 0;
  for (let at = 0; at < world.rules.length; at++) {
    const { when, deltas } = world.rules[at]!;
    if (!holds(when, values)) continue;
    rules.push(at);
    changes.push(deltas);
  }
  add(world, values, changes);

  const draw = chance(state);
  const happening: Chance[] = [];
  for (const event of world.events) {
    const drawn = draw();
    if (!event.again && values[event.happened]! > 0) continue;
    if (holds(event.when, values) && drawn < event.probability(values)) happening.push(event);
  }
  changes.length = 0;
  for (const { deltas } of happening) changes.push(deltas);
  add(world, values, changes);
  for (const { happened } of happening) values[happened] = 1;
  values[world.round] = round + 1;
  const queue = state.queue.filter(({ until }) => until > round);
  for (const { later } of taken) enqueue(queue, round, later);
  for (const { later } of happening) enqueue(queue, round, later);
  return {
    seed: state.seed,
    round: round + 1,
    values,
    queue,
    rules,
    events: happening.map(({ id }) => id),
  };
}

/** Every state of a run, the beginning first. Throws `Refused` as `play` does. */
export function replay(world: World, seed: number, rounds: readonly (readonly Pick[])[]): State[] {
  const states = [begin(world, seed)];
  for (const picks of rounds) states.push(play(world, states.at(-1)!, picks));
  return states;
}

const withinHundred = (value: number) =>
  Math.min(100, Math.max(0, Number.isNaN(value) ? 0 : value));

/** Where each axis stands for one group, as far as the scenario says it. */
export const axesOf = (
  world: World,
  { values }: State,
  group: string,
): ReadonlyMap<string, number> =>
  new Map(
    [...world.axes].flatMap(([id, { groups }]) => {
      const value = groups.get(group);
      return value ? [[id, withinHundred(value(values))] as const] : [];
    }),
  );

/** How a run ended: the ending, and each axis from 0 to 100. */
export function outcome(
  world: World,
  { values }: State,
): { ending: string; axes: Map<string, number> } {
  const ending = world.endings.find(({ when }) => holds(when, values))!;
  return {
    ending: ending.id,
    axes: new Map([...world.axes].map(([id, { value }]) => [id, withinHundred(value(values))])),
  };
}

/**
 * What each decision contributed to each axis: the result less the result of the same run without it, chance drawing the
 * same. Decisions that only it had made possible fall away with it.
 */
export function contributions(
  world: World,
  seed: number,
  rounds: readonly (readonly Pick[])[],
): { round: number; decision: string; axes: Map<string, number> }[] {
  const full = outcome(world, replay(world, seed, rounds).at(-1)!).axes;
  return rounds.flatMap((picks, at) =>
    picks.map(({ decision }) => {
      let state = begin(world, seed);
      rounds.forEach((own, index) => {
        const left = own.filter((one) => index !== at || one.decision !== decision);
        const possible = left.reduce<Pick[]>(
          (kept, one) => (obstacle(world, state, [...kept, one]) ? kept : [...kept, one]),
          [],
        );
        state = play(world, state, possible);
      });
      const without = outcome(world, state).axes;
      return {
        round: at + 1,
        decision,
        axes: new Map([...full].map(([id, value]) => [id, value - without.get(id)!])),
      };
    }),
  );
}
