import type { Writer } from '#platform/db/schema.ts';

/** So many points within so many seconds. */
export interface Limit {
  points: number;
  seconds: number;
}

/**
 * Counts one attempt against a limit; how long to wait when there were too many.
 *
 * One statement in the database, so that all processes share the count.
 */
export async function countAttempt(
  db: Writer,
  key: string,
  { points, seconds }: Limit,
  now = new Date(),
): Promise<{ allowed: true } | { allowed: false; waitSeconds: number }> {
  const time = now.getTime();
  const row = await db
    .insertInto('rate_limit')
    .values({ key, points: 1, expires_at: time + seconds * 1000 })
    .onConflict((on) =>
      on.column('key').doUpdateSet((eb) => {
        const over = eb('rate_limit.expires_at', '<=', time);
        return {
          points: eb
            .case()
            .when(over)
            .then(1)
            .else(eb('rate_limit.points', '+', 1))
            .end(),
          expires_at: eb
            .case()
            .when(over)
            .then(eb.ref('excluded.expires_at'))
            .else(eb.ref('rate_limit.expires_at'))
            .end(),
        };
      }),
    )
    .returning(['points', 'expires_at'])
    .executeTakeFirstOrThrow();
  if (row.points <= points) return { allowed: true };
  return { allowed: false, waitSeconds: Math.ceil(((row.expires_at ?? time) - time) / 1000) };
}

/** Forgets the attempts under a key: it was the right person. */
export async function forgetAttempts(db: Writer, keys: readonly string[]): Promise<void> {
  await db.deleteFrom('rate_limit').where('key', 'in', keys).execute();
}

/** Drops what was counted against limits whose time is over. */
export async function dropExpiredAttempts(db: Writer, now: Date): Promise<void> {
  await db.deleteFrom('rate_limit').where('expires_at', '<=', now.getTime()).execute();
}
