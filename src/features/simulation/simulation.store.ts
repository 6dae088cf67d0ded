import { z } from 'zod';
import type { Reader, Writer } from '#platform/db/schema.ts';
import type { Run } from './run.ts';
import { Scenario } from './scenario.ts';

/** What an event says of a run. Each says the whole run so far, so that none depends on another's arrival. */
export const Decisions = z.strictObject({
  version: z.string().max(64),
  seed: z.int32(),
  rounds: z
    .array(
      z
        .array(
          z.strictObject({
            decision: z.string().max(60),
            shares: z.record(z.string().max(60), z.number()).optional(),
          }),
        )
        .max(6),
    )
    .min(1)
    .max(20),
});

const Body = z.object({ result: Decisions });

/** Keeps a version of a scenario, once, so that runs played with it can be replayed for ever. */
export async function keepScenarioVersion(
  write: Writer,
  { hash, id, scenario }: { hash: string; id: string; scenario: Scenario },
): Promise<void> {
  await write
    .insertInto('scenario_version')
    .values({ hash, scenario: id, body: JSON.stringify(scenario) })
    .onConflict((on) => on.column('hash').doNothing())
    .execute();
}

/** The version of this scenario with this hash; undefined where the campus never had it. */
export async function readScenarioVersion(
  db: Reader,
  { hash, id }: { hash: string; id: string },
): Promise<Scenario | undefined> {
  const row = await db
    .selectFrom('scenario_version')
    .select('body')
    .where('hash', '=', hash)
    .where('scenario', '=', id)
    .executeTakeFirst();
  return row && Scenario.parse(JSON.parse(row.body));
}

const runOf = (attempt: string | null, body: string): Run => ({
  id: attempt!,
  ...Body.parse(JSON.parse(body)).result,
});

/** The run that a learner played last. */
export async function readLastRun(
  db: Reader,
  { actorId, scenario }: { actorId: string; scenario: string },
): Promise<Run | undefined> {
  const row = await db
    .selectFrom('learning_event')
    .select(['attempt', 'body'])
    .where('actor_id', '=', actorId)
    .where('object', '=', scenario)
    .where('verb', '=', 'decided')
    .orderBy('stored', 'desc')
    .orderBy('timestamp', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row && runOf(row.attempt, row.body);
}

/** The last word on every run of a scenario by the members of a cohort, the one begun last first for each. */
export async function readCohortRuns(
  db: Reader,
  { cohortId, scenario }: { cohortId: string; scenario: string },
): Promise<{ actorId: string; run: Run }[]> {
  const rows = await db
    .selectFrom('learning_event')
    .innerJoin('cohort_member', 'cohort_member.account_id', 'learning_event.actor_id')
    .select(['actor_id', 'attempt', 'body'])
    .where('cohort_member.cohort_id', '=', cohortId)
    .where('object', '=', scenario)
    .where('verb', '=', 'decided')
    .orderBy('stored', 'desc')
    .orderBy('timestamp', 'desc')
    .execute();
  const seen = new Set<string>();
  return rows.flatMap(({ actor_id, attempt, body }) => {
    if (seen.has(attempt!)) return [];
    seen.add(attempt!);
    return [{ actorId: actor_id, run: runOf(attempt, body) }];
  });
}
