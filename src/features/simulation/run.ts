import type { Pick } from './engine.ts';

/** A run as it is recorded: whatever else it is follows from it. */
export interface Run {
  /** Made where it was begun. */
  id: string;
  /** The content hash of the scenario that it is played with. */
  version: string;
  /** A whole number of 32 bits. */
  seed: number;
  /** The decisions of each round so far. */
  rounds: readonly (readonly Pick[])[];
}

/** What the learning log holds of a run after each round. */
export interface Decided {
  verb: string;
  object: string;
  attempt?: string | null | undefined;
  result?: unknown;
}

/** The last word on a run of this scenario in a list of events, oldest first; undefined where there is none. */
export function lastRun(events: readonly Decided[], scenario: string): Run | undefined {
  const last = events.findLast(
    ({ verb, object, attempt }) => verb === 'decided' && object === scenario && attempt,
  );
  if (!last) return undefined;
  const { version, seed, rounds } = last.result as Omit<Run, 'id'>;
  return { id: last.attempt!, version, seed, rounds };
}

/** A seed nobody can foresee. */
export const newSeed = (): number => crypto.getRandomValues(new Int32Array(1))[0]!;
