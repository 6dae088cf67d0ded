import { type Pick, type State, type World, outcome } from './engine.ts';
import { holdsIn } from './reading.ts';
import type { Scenario } from './scenario.ts';

/** A version of a scenario, ready to be played. */
export interface Production {
  scenario: Scenario;
  world: World;
}

/** A run of somebody in a cohort, with all that follows from it. */
export interface Played {
  rounds: readonly (readonly Pick[])[];
  states: readonly State[];
  production: Production;
  over: boolean;
}

/** How often a decision was taken, round by round. */
export interface HeatRow {
  decision: string;
  title: string;
  /** By round, from the first. */
  counts: number[];
  all: number;
}

/** What was decided at each round: a row for each decision that somebody took, those of early rounds first. */
export function heatOf(runs: readonly Played[], rounds: number): HeatRow[] {
  const rows = new Map<string, HeatRow>();
  for (const { rounds: played, production } of runs) {
    for (const [at, picks] of played.slice(0, rounds).entries()) {
      for (const { decision } of picks) {
        const row = rows.get(decision) ?? {
          decision,
          title: production.scenario.decisions[decision]!.title,
          counts: Array<number>(rounds).fill(0),
          all: 0,
        };
        row.counts[at]! += 1;
        row.all += 1;
        rows.set(decision, row);
      }
    }
  }
  const middle = ({ counts, all }: HeatRow) =>
    counts.reduce((sum, count, at) => sum + count * at, 0) / all;
  return [...rows.values()].sort(
    (one, other) => middle(one) - middle(other) || other.all - one.all,
  );
}

/** How a finished run ended. */
export interface Result {
  /** Where it stands among the runs. */
  at: number;
  ending: string;
  axes: ReadonlyMap<string, number>;
}

/** How those runs ended that were played to the end. */
export const resultsOf = (runs: readonly Played[]): Result[] =>
  runs.flatMap(({ over, production, states }, at) =>
    over ? [{ at, ...outcome(production.world, states.at(-1)!) }] : [],
  );

/** The two results that differ most: in how they ended first, then on the axes. Undefined where there are fewer than two. */
export function contrast(results: readonly Result[]): [Result, Result] | undefined {
  const distance = (one: Result, other: Result) =>
    (one.ending === other.ending ? 0 : 1000) +
    Math.hypot(...[...one.axes].map(([id, value]) => value - (other.axes.get(id) ?? value)));
  let best: [Result, Result] | undefined;
  let most = -1;
  for (const [at, one] of results.entries()) {
    for (const other of results.slice(at + 1)) {
      const far = distance(one, other);
      if (far > most) [best, most] = [[one, other], far];
    }
  }
  return best;
}

/**
 * Three questions for this class, of those that the author wrote: first those whose situation came about in many runs but
 * not in all, since there the class can disagree; then those that always fit.
 */
export function questionsFor(
  { scenario }: Production,
  runs: readonly Played[],
): { text: string; runs: number }[] {
  const ended = runs.filter(({ over }) => over);
  const asked = scenario.debrief.discussion.map(({ when, text }) => ({
    text,
    always: when === undefined,
    runs: ended.filter(({ states, production }) =>
      // An older version may know other names.
      production.scenario === scenario ? holdsIn(production.world, states.at(-1)!, when) : false,
    ).length,
  }));
  const split = ({ runs: count }: { runs: number }) => Math.min(count, ended.length - count);
  return [
    ...asked
      .filter(({ always, runs: count }) => !always && count > 0)
      .sort((one, other) => split(other) - split(one) || other.runs - one.runs),
    ...asked.filter(({ always }) => always),
  ]
    .slice(0, 3)
    .map(({ text, always, runs: count }) => ({ text, runs: always ? ended.length : count }));
}
