import type { Actor, AnyActorLogic } from 'xstate';

/** A running machine whose snapshot a component follows. The library for this costs a learner 1 KB more. */
export function follow<Logic extends AnyActorLogic>(actor: Actor<Logic>) {
  let current = $state.raw(actor.getSnapshot());
  actor.subscribe((snapshot) => (current = snapshot));
  actor.start();
  return {
    get current() {
      return current;
    },
  };
}
