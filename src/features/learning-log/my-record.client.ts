import { type Identity, lastSeen, remember } from './identity.client.ts';
import { type MyRecord, emptyRecord, withWaiting } from './my-record.ts';
import { waiting } from './outbox.client.ts';

type Answer = { learner: null } | ({ learner: Identity } & MyRecord);

let loading: Promise<MyRecord> | undefined;

/**
 * The reader's record of this course and lesson: what the server has, with what still waits on this device.
 *
 * Asked for once a page. Without a network it is what waits here.
 */
export function myRecord(course: string, lesson?: string): Promise<MyRecord> {
  return (loading ??= load(course, lesson));
}

async function load(course: string, lesson: string | undefined): Promise<MyRecord> {
  const query = new URLSearchParams({ course, ...(lesson ? { lesson } : {}) });
  const response = await fetch(`/api/record?${query.toString()}`).catch(() => undefined);
  let record = emptyRecord();
  if (response?.ok) {
    const answer = (await response.json()) as Answer;
    remember(answer.learner ?? undefined);
    if (answer.learner) record = answer;
  }
  return withWaiting(record, await waiting());
}

/** Whether somebody is signed in on this device, as last seen. */
export const isSignedIn = (): boolean => lastSeen() !== undefined;
