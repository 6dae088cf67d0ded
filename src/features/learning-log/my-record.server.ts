import { z } from 'zod';
import type { Reader } from '#platform/db/schema.ts';
import { type MyRecord, emptyRecord } from './my-record.ts';
import { readProgress } from './progress.store.ts';
import { readLessonEvents } from './record.store.ts';

const Body = z.object({ result: z.unknown() });
const Answered = z.object({ response: z.unknown() });
const Noted = z.object({ response: z.string() });

/** One learner's record of a course, with what was said in one lesson of it. */
export async function readRecord(
  db: Reader,
  { actorId, course, lesson }: { actorId: string; course: string; lesson?: string | undefined },
): Promise<MyRecord> {
  const sums = await readProgress(db, actorId, course);
  const record = emptyRecord();
  for (const { object, completed_at, passed_at } of sums) {
    if (completed_at ?? passed_at) record.done.push(object);
  }
  if (!lesson) return record;
  // A lesson's questions stand in banks of its module, so the module is what is read.
  const module = lesson.split('/').slice(0, 2).join('/');
  for (const { verb, object, body } of await readLessonEvents(db, { actorId, module })) {
    const { result } = Body.parse(JSON.parse(body));
    if (verb === 'answered') record.answers[object] = Answered.safeParse(result).data?.response;
    else record.notes[object] = Noted.safeParse(result).data?.response ?? '';
  }
  return record;
}
