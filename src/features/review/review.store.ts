import { z } from 'zod';
import { Answered } from '#features/questions/answer.ts';
import type { Reader } from '#platform/db/schema.ts';
import type { Answering } from './schedule.ts';

const Body = z.object({ result: Answered, timestamp: z.string() });

/** Every answer of a learner to a practice question, of all courses. */
export async function readPractice(
  db: Reader,
  actorId: string,
): Promise<(Omit<Answering, 'score'> & { response: Answered['response'] })[]> {
  const rows = await db
    .selectFrom('learning_event')
    .select(['object', 'body', 'stored'])
    .where('actor_id', '=', actorId)
    .where('verb', '=', 'answered')
    .where('attempt', 'is', null)
    .execute();
  return rows.flatMap(({ object, body, stored }) => {
    const { data } = Body.safeParse(JSON.parse(body));
    if (!data) return [];
    const { response, tries = 1, hints = 0, certainty } = data.result;
    return [{ object, response, tries, hints, certainty, timestamp: data.timestamp, stored }];
  });
}

/** Which of a learner's lessons are finished. */
export async function readFinished(db: Reader, actorId: string): Promise<Set<string>> {
  const rows = await db
    .selectFrom('progress')
    .select('object')
    .where('actor_id', '=', actorId)
    .where('completed_at', 'is not', null)
    .execute();
  return new Set(rows.map(({ object }) => object));
}
