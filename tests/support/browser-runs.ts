import {
  type Pick,
  begin,
  canAdd,
  isOver,
  outcome,
  play,
  worldOf,
} from '#features/simulation/engine.ts';
import type { Scenario } from '#features/simulation/scenario.ts';

/** A run with all that a browser makes of it. */
export interface RecordedRun {
  seed: number;
  rounds: Pick[][];
  ending: string;
  axes: number[];
  /** Every value after every round. */
  values: number[][];
}

/** Plays runs with decisions drawn at random: this runs in a browser. */
export function playMany(scenario: Scenario, count: number): RecordedRun[] {
  const world = worldOf(scenario);
  const ids = [...world.decisions.keys()];
  return Array.from({ length: count }, (_, run) => {
    const seed = Math.floor(Math.random() * 0x1_0000_0000) - 0x8000_0000;
    const states = [begin(world, seed)];
    const rounds: Pick[][] = [];
    while (!isOver(world, states.at(-1)!)) {
      const picks: Pick[] = [];
      for (let tries = 0; tries < 12; tries++) {
        const decision = ids[Math.floor(Math.random() * ids.length)]!;
        const { allocation } = world.decisions.get(decision)!;
        const parts = [...(allocation?.parts.keys() ?? [])];
        const pick: Pick = allocation
          ? { decision, shares: { [parts[run % parts.length]!]: allocation.total } }
          : { decision };
        if (canAdd(world, states.at(-1)!, picks, pick)) picks.push(pick);
      }
      rounds.push(picks);
      states.push(play(world, states.at(-1)!, picks));
    }
    const { ending, axes } = outcome(world, states.at(-1)!);
    return {
      seed,
      rounds,
      ending,
      axes: [...axes.values()],
      values: states.map(({ values }) => [...values]),
    };
  });
}
