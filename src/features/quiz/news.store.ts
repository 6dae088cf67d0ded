import type { Reader } from '#platform/db/schema.ts';

/** A result of a learner that somebody has said anew. */
export interface News {
  attempt: string;
  bankId: string;
  /** What it was when it was handed in; null while it waited to be marked. */
  before: number | null;
  score: number;
}

/** How long a learner is told of it on their own page; it stays on the attempt's page. */
const days = 14;

/** Results of a learner that were marked or corrected lately, the newest first; each attempt once. */
export async function readNews(
  db: Reader,
  { actorId, now }: { actorId: string; now: Date },
): Promise<News[]> {
  const rows = await db
    .selectFrom('learning_event as said')
    .innerJoin('learning_event as end', (on) =>
      on
        .onRef('end.attempt', '=', 'said.attempt')
        .onRef('end.object', '=', 'said.object')
        .on('end.verb', '=', 'completed'),
    )
    .select(['said.attempt', 'said.object', 'said.score', 'end.score as before'])
    .where('said.actor_id', '=', actorId)
    .where('said.verb', '=', 'scored')
    .where('said.stored', '>', new Date(now.getTime() - days * 86_400_000).toISOString())
    .orderBy('said.stored', 'desc')
    .execute();
  const news = new Map<string, News>();
  for (const { attempt, object, score, before } of rows) {
    if (attempt === null || score === null || news.has(attempt)) continue;
    news.set(attempt, { attempt, bankId: object, before, score });
  }
  return [...news.values()];
}
