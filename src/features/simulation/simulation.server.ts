import type { Judge } from '#features/learning-log/accept.server.ts';
import type { Reader, Writer } from '#platform/db/schema.ts';
import { type State, type World, isOver, outcome, replay, worldOf } from './engine.ts';
import type { Played, Production } from './class.ts';
import type { Run } from './run.ts';
import type { Scenario } from './scenario.ts';
import {
  Decisions,
  keepScenarioVersion,
  readCohortRuns,
  readLastRun,
  readScenarioVersion,
} from './simulation.store.ts';

/** Scenarios by id, each with the hash of its content. */
export type Scenarios = Record<string, { hash: string; scenario: Scenario }>;

/** Finds versions of scenarios, those of today without asking the database. */
function productions(scenarios: Scenarios) {
  const known = new Map<string, Production>();
  return async (
    db: Reader,
    { id, hash }: { id: string; hash: string },
  ): Promise<Production | undefined> => {
    const key = `${id} ${hash}`;
    const before = known.get(key);
    if (before) return before;
    const current = Object.hasOwn(scenarios, id) ? scenarios[id] : undefined;
    const scenario =
      current?.hash === hash ? current.scenario : await readScenarioVersion(db, { id, hash });
    if (!scenario) return undefined;
    const production = { scenario, world: worldOf(scenario) };
    known.set(key, production);
    return production;
  };
}

/** Keeps today's versions: somebody may play one offline and send it long after it was changed. */
export async function keepScenarios(write: Writer, scenarios: Scenarios): Promise<void> {
  for (const [id, { hash, scenario }] of Object.entries(scenarios))
    await keepScenarioVersion(write, { hash, id, scenario });
}

/** The states of a run, or undefined where its decisions can't have been made. */
function statesOf(world: World, { seed, rounds }: Omit<Run, 'id'>): State[] | undefined {
  try {
    return replay(world, seed, rounds);
  } catch (error) {
    if ((error as Error).name === 'Refused') return undefined;
    throw error;
  }
}

/** Replays what somebody says that they decided: what came of it is known here alone. */
export function simulationJudge(scenarios: Scenarios): Judge {
  const find = productions(scenarios);
  return async ({ object, attempt, result }, { tx }) => {
    const decisions = Decisions.safeParse(result);
    if (!attempt || !decisions.success) return { refused: 'malformed-run' };
    const production = await find(tx, { id: object, hash: decisions.data.version });
    if (!production) return { refused: 'unknown-scenario' };
    const states = statesOf(production.world, decisions.data);
    if (!states) return { refused: 'impossible-run' };
    const end = states.at(-1)!;
    if (!isOver(production.world, end)) return { attempt };
    const { ending, axes } = outcome(production.world, end);
    return { attempt, success: true, detail: { ending, axes: Object.fromEntries(axes) } };
  };
}

/** The run that a learner played last, with its scenario where that is not today's. */
export async function readRun(
  db: Reader,
  scenarios: Scenarios,
  { actorId, scenario: id }: { actorId: string; scenario: string },
): Promise<{ run: Run; scenario?: Scenario } | undefined> {
  const run = await readLastRun(db, { actorId, scenario: id });
  if (!run) return undefined;
  if (Object.hasOwn(scenarios, id) && scenarios[id]!.hash === run.version) return { run };
  const scenario = await readScenarioVersion(db, { id, hash: run.version });
  return scenario && { run, scenario };
}

/** One run of each member of a cohort: the last that was played to the end, otherwise the last. */
export async function readClass(
  db: Reader,
  scenarios: Scenarios,
  { cohortId, scenario: id }: { cohortId: string; scenario: string },
): Promise<Played[]> {
  const find = productions(scenarios);
  const byActor = new Map<string, Played>();
  for (const { actorId, run } of await readCohortRuns(db, { cohortId, scenario: id })) {
    const before = byActor.get(actorId);
    if (before?.over) continue;
    const production = await find(db, { id, hash: run.version });
    const states = production && statesOf(production.world, run);
    if (!states) continue;
    const over = isOver(production.world, states.at(-1)!);
    if (before && !over) continue;
    byActor.set(actorId, { rounds: run.rounds, states, production, over });
  }
  return [...byActor.values()];
}
