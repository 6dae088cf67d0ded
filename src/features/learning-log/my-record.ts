import type { LearningEvent } from './event.ts';

/** What a lesson page needs to know of its reader. No marks: those of an open attempt would tell its key. */
export interface MyRecord {
  /** Objects completed or passed, lessons and banks. */
  done: string[];
  /** The last answer to each practice question of the lesson, by question object. */
  answers: Record<string, unknown>;
  /** The last private note under each prompt of the lesson, by object. */
  notes: Record<string, string>;
}

/** A record nothing stands in yet. */
export const emptyRecord = (): MyRecord => ({ done: [], answers: {}, notes: {} });

/** Adds what waits on the device to what the server knows; events oldest first. */
export function withWaiting(record: MyRecord, events: readonly LearningEvent[]): MyRecord {
  const sum = structuredClone(record);
  for (const { verb, object, attempt, result } of events) {
    if (attempt) continue;
    const said = (result as { response?: unknown } | undefined)?.response;
    if (verb === 'completed' && !sum.done.includes(object)) sum.done.push(object);
    if (verb === 'answered') sum.answers[object] = said;
    if (verb === 'commented' && typeof said === 'string') sum.notes[object] = said;
  }
  return sum;
}
