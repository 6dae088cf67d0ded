import type { Actor, AnyActorLogic, SnapshotFrom } from 'xstate';

/** A running machine whose snapshot a component follows. The library for this costs a learner 1 KB more. */
export function follow<Logic extends AnyActorLogic>(actor: Actor<Logic>) {
  let current = $state.raw(actor.getSnapshot() as SnapshotFrom<Logic>);
  actor.subscribe((snapshot) => (current = snapshot as SnapshotFrom<Logic>));
  actor.start();
  return {
    get current() {
      return current;
    },
  };
}
