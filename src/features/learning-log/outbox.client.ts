import { type UseStore, createStore, delMany, get, set, setMany, values } from 'idb-keyval';
import type { LearningEvent, Outcome } from './event.ts';
import { owner, visitor } from './identity.client.ts';

/** Where an event is now. `kept`: on this device. `received`: stored by the server. `refused`: it can't be recorded. */
export type Receipt = 'kept' | 'received' | 'refused';

const stores = new Map<string, UseStore>();

// Named after the learner: on a shared tablet, nobody's work is sent as somebody else's.
function outboxOf(name: string): UseStore {
  let store = stores.get(name);
  if (!store) {
    store = createStore(`outbox-${name}`, 'events');
    stores.set(name, store);
  }
  return store;
}

type NewEvent = Omit<LearningEvent, 'id' | 'timestamp' | 'result'> & {
  id?: string;
  /** Anything that can be written as JSON. */
  result?: object;
};

/** Keeps an event on this device, then tries to send all that waits. Resolves with where this one is. */
export async function post(event: NewEvent): Promise<Receipt> {
  const whose = owner();
  const outbox = outboxOf(whose);
  const complete = { id: crypto.randomUUID(), timestamp: new Date().toISOString(), ...event };
  await set(complete.id, complete, outbox);
  const outcomes = await flush(whose);
  const own = outcomes.find(({ id }) => id === complete.id);
  if (!own) return (await get(complete.id, outbox)) ? 'kept' : 'received';
  return own.status === 'stored' || own.status === 'duplicate' ? 'received' : 'refused';
}

/** What waits on this device for the learner (or visitor) who is here, oldest first. */
export async function waiting(whose = owner()): Promise<LearningEvent[]> {
  const all = await values<LearningEvent>(outboxOf(whose));
  return all.sort((one, other) => one.timestamp.localeCompare(other.timestamp));
}

/**
 * Sends what waits, a hundred at a time and one tab at a time. Without a network it sends nothing and loses nothing:
 * an event is forgotten only when the server has said what became of it.
 */
export async function flush(whose = owner()): Promise<Outcome[]> {
  if (whose === visitor) return [];
  return navigator.locks.request(`outbox-${whose}`, async () => {
    const outbox = outboxOf(whose);
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
      await delMany(
        outcomes.map(({ id }) => id),
        outbox,
      );
      all.push(...outcomes);
      dispatchEvent(new Event('campus:sent'));
    }
  });
}

/** Moves what a visitor did on this device to a learner's outbox. Events keep their ids, so it counts once. */
export async function claimVisitorWork(learnerId: string): Promise<number> {
  const from = outboxOf(visitor);
  const events = await values<LearningEvent>(from);
  await setMany(
    events.map((event) => [event.id, event]),
    outboxOf(learnerId),
  );
  // Only now: should the page close in between, sending them again is harmless.
  await delMany(
    events.map(({ id }) => id),
    from,
  );
  return events.length;
}
