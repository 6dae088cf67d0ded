import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import type { LearningEvent, Outcome } from './event.ts';
import { owner, visitor } from './identity.client.ts';

interface OutboxSchema extends DBSchema {
  events: { key: string; value: LearningEvent };
}

/** Where an event is now. `kept`: on this device. `received`: stored by the server. `refused`: it can't be recorded. */
export type Receipt = 'kept' | 'received' | 'refused';

const open = new Map<string, Promise<IDBPDatabase<OutboxSchema>>>();

// Named after the learner: on a shared tablet, nobody's work is sent as somebody else's.
function outboxOf(name: string) {
  let database = open.get(name);
  if (!database) {
    database = openDB<OutboxSchema>(`outbox-${name}`, 1, {
      upgrade: (db) => void db.createObjectStore('events', { keyPath: 'id' }),
    });
    open.set(name, database);
  }
  return database;
}

type NewEvent = Omit<LearningEvent, 'id' | 'timestamp'> & { id?: string };

/** Keeps an event on this device, then tries to send all that waits. Resolves with where this one is. */
export async function post(event: NewEvent): Promise<Receipt> {
  const whose = owner();
  const outbox = await outboxOf(whose);
  const complete = { id: crypto.randomUUID(), timestamp: new Date().toISOString(), ...event };
  await outbox.put('events', complete);
  const outcomes = await flush(whose);
  const own = outcomes.find(({ id }) => id === complete.id);
  if (!own) return (await outbox.get('events', complete.id)) ? 'kept' : 'received';
  return own.status === 'stored' || own.status === 'duplicate' ? 'received' : 'refused';
}

/** What waits on this device for the learner (or visitor) who is here, oldest first. */
export async function waiting(whose = owner()): Promise<LearningEvent[]> {
  const all = await (await outboxOf(whose)).getAll('events');
  return all.sort((one, other) => one.timestamp.localeCompare(other.timestamp));
}

/**
 * Sends what waits, a hundred at a time and one tab at a time. Without a network it sends nothing and loses nothing:
 * an event is forgotten only when the server has said what became of it.
 */
export async function flush(whose = owner()): Promise<Outcome[]> {
  if (whose === visitor) return [];
  return navigator.locks.request(`outbox-${whose}`, async () => {
    const outbox = await outboxOf(whose);
    const all: Outcome[] = [];
    for (;;) {
      // In the order in which they were made: an attempt begins before it is answered.
      const events = (await waiting(whose)).slice(0, 100);
      if (events.length === 0) return all;
      const response = await fetch('/api/events', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ learner: whose, events }),
      }).catch(() => undefined);
      if (!response?.ok) return all;
      const { outcomes } = (await response.json()) as { outcomes: Outcome[] };
      const done = outbox.transaction('events', 'readwrite');
      await Promise.all([...outcomes.map(({ id }) => done.store.delete(id)), done.done]);
      all.push(...outcomes);
      dispatchEvent(new Event('campus:sent'));
    }
  });
}

/** Moves what a visitor did on this device to a learner's outbox. Events keep their ids, so it counts once. */
export async function claimVisitorWork(learnerId: string): Promise<number> {
  const from = await outboxOf(visitor);
  const to = await outboxOf(learnerId);
  const events = await from.getAll('events');
  for (const event of events) await to.put('events', event);
  // Only now: should the page close in between, sending them again is harmless.
  for (const { id } of events) await from.delete('events', id);
  return events.length;
}
