/**
 * Runs our machines in the browser in a tenth of XState's bytes.
 *
 * The build puts it in XState's place for browsers alone; machines import `xstate`, and everything else runs the real one.
 * It knows what our machines use: one level of states, `on` of a state and of the whole machine, `always`, guards and
 * actions by name or in place, `assign`, one invoked promise a state, and final states. `tests/content/statechart.test.ts` sends the same
 * events to both and finds no difference.
 */

type Context = Record<string, unknown>;
interface Event {
  type: string;
  [field: string]: unknown;
}
type Scope = { context: Context; event: Event };
type Guard = (scope: Scope) => boolean;
type Assign = { assign: Record<string, unknown> | ((scope: Scope) => Context) };
type Action = string | Assign | ((scope: Scope) => void);
interface Transition {
  target?: string;
  guard?: string | Guard;
  actions?: Action | Action[];
}
type Transitions = string | Transition | Transition[];
interface State {
  on?: Record<string, Transitions>;
  always?: Transitions;
  type?: 'final';
  invoke?: { src: string; onDone?: Transitions; onError?: Transitions };
}
interface Config {
  context: Context | ((scope: { input: unknown }) => Context);
  initial: string;
  states: Record<string, State>;
  on?: Record<string, Transitions>;
}
interface Implementations {
  guards?: Record<string, Guard>;
  actions?: Record<string, Action>;
  actors?: Record<string, () => Promise<unknown>>;
}
interface Machine {
  config: Config;
  known: Implementations;
  provide(more: Implementations): Machine;
}

/** A machine of our kind; see XState's function of this name. */
export function createMachine(config: Config, known: Implementations = {}): Machine {
  return {
    config,
    known,
    provide: ({ guards, actions, actors }) =>
      createMachine(config, {
        guards: { ...known.guards, ...guards },
        actions: { ...known.actions, ...actions },
        actors: { ...known.actors, ...actors },
      }),
  };
}

export const assign = (change: Assign['assign']): Assign => ({ assign: change });

/** What is invoked is called without anything: our machines tell it nothing. */
export const fromPromise = (make: () => Promise<unknown>) => make;

const listOf = <T>(one: T | T[] | undefined): T[] =>
  one === undefined ? [] : Array.isArray(one) ? one : [one];

/** A running machine: `start`, `send`, `subscribe`, `getSnapshot`. */
export function createActor({ config, known }: Machine, { input }: { input?: unknown } = {}) {
  type Snapshot = {
    value: string;
    context: Context;
    status: 'active' | 'done';
    matches(value: string): boolean;
  };
  const listeners = new Set<(snapshot: Snapshot) => void>();
  const waiting: Event[] = [];
  let busy = false;
  let started = false;
  let visit = 0;
  let snapshot = shot(
    config.initial,
    typeof config.context === 'function' ? config.context({ input }) : config.context,
  );
  settle({ type: 'xstate.init' });

  function shot(value: string, context: Context): Snapshot {
    const status = config.states[value]?.type === 'final' ? 'done' : 'active';
    return { value, context, status, matches: (one) => one === value };
  }

  function find(transitions: Transitions | undefined, event: Event): Transition | undefined {
    return listOf(typeof transitions === 'string' ? { target: transitions } : transitions).find(
      ({ guard }) => {
        const test = typeof guard === 'string' ? known.guards![guard]! : guard;
        return !test || test({ context: snapshot.context, event });
      },
    );
  }

  function act(actions: Transition['actions'], context: Context, event: Event): Context {
    let now = context;
    for (const action of listOf(actions)) {
      if (typeof action === 'string') now = act(known.actions![action], now, event);
      else if (typeof action === 'function') action({ context: now, event });
      else {
        const { assign: change } = action;
        const scope = { context: now, event };
        const values =
          typeof change === 'function'
            ? change(scope)
            : Object.fromEntries(
                Object.entries(change).map(([name, value]) => [
                  name,
                  typeof value === 'function' ? (value as (of: Scope) => unknown)(scope) : value,
                ]),
              );
        now = { ...now, ...values };
      }
    }
    return now;
  }

  function take({ target, actions }: Transition, event: Event) {
    const context = act(actions, snapshot.context, event);
    // Entering a state anew, even the same one, calls what it invokes anew.
    if (target !== undefined) visit++;
    snapshot = shot(target?.replace(/^\./, '') ?? snapshot.value, context);
    if (target !== undefined && started) invoke();
  }

  function settle(event: Event) {
    for (;;) {
      const next = find(config.states[snapshot.value]?.always, event);
      if (!next) return;
      take(next, event);
    }
  }

  function invoke() {
    const called = config.states[snapshot.value]?.invoke;
    if (!called) return;
    const mine = visit;
    // What comes back after the state was left is nobody's business any more.
    const back = (event: Event, transitions: Transitions | undefined) => {
      if (mine === visit) run(event, transitions);
    };
    known.actors![called.src]!().then(
      (output) => back({ type: 'done', output }, called.onDone),
      (error: unknown) => back({ type: 'error', error }, called.onError),
    );
  }

  function run(event: Event, given?: Transitions) {
    const next =
      find(given ?? config.states[snapshot.value]?.on?.[event.type], event) ??
      (given === undefined ? find(config.on?.[event.type], event) : undefined);
    if (next) {
      take(next, event);
      settle(event);
    }
    for (const listener of listeners) listener(snapshot);
  }

  const actor = {
    getSnapshot: () => snapshot,
    subscribe(listener: (snapshot: Snapshot) => void) {
      listeners.add(listener);
      return { unsubscribe: () => listeners.delete(listener) };
    },
    start() {
      started = true;
      invoke();
      return actor;
    },
    send(event: Event) {
      waiting.push(event);
      // One at a time: what a listener sends waits for its turn.
      if (busy) return;
      busy = true;
      for (let next = waiting.shift(); next; next = waiting.shift()) {
        if (snapshot.status === 'active') run(next);
      }
      busy = false;
    },
  };
  return actor;
}
