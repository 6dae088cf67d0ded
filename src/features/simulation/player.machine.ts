import { assign, createMachine } from 'xstate';
import {
  type Pick,
  type State,
  type World,
  begin,
  canAdd,
  isOver,
  play,
  replay,
} from './engine.ts';

/**
 * One run: briefing, then round after round deciding, what came of it, and what chance brought, until the debrief.
 * A finished or unfinished run may be taken back to any round, or begun anew; that is another run then.
 */
export const playerMachine = createMachine(
  {
    types: {} as {
      input: { world: World; run: string; seed: number };
      context: {
        world: World;
        /** The id of the run. */
        run: string;
        seed: number;
        rounds: readonly (readonly Pick[])[];
        /** From the beginning to where the run stands. */
        states: readonly State[];
        /** What is chosen in this round so far. */
        picks: readonly Pick[];
      };
      events:
        | { type: 'went' }
        | { type: 'picked'; pick: Pick }
        | { type: 'unpicked'; decision: string }
        | { type: 'decided' }
        | { type: 'rewound'; to: number; run: string }
        | { type: 'restarted'; run: string; seed: number }
        | {
            type: 'restored';
            world: World;
            run: string;
            seed: number;
            rounds: readonly (readonly Pick[])[];
          };
    },
    id: 'player',
    context: ({ input }) => ({ ...input, ...fresh(input.world, input.seed) }),
    initial: 'briefing',
    on: {
      // To a round before this one: what was decided up to it stays.
      rewound: {
        guard: 'isPast',
        target: '.deciding',
        actions: assign(({ context, event }) => ({
          run: event.run,
          rounds: context.rounds.slice(0, event.to - 1),
          states: context.states.slice(0, event.to),
          picks: [],
        })),
      },
      restarted: {
        target: '.deciding',
        actions: assign(({ context, event }) => ({
          run: event.run,
          seed: event.seed,
          ...fresh(context.world, event.seed),
        })),
      },
    },
    states: {
      briefing: {
        on: {
          went: 'deciding',
          restored: {
            target: 'deciding',
            actions: assign(({ event }) => ({
              world: event.world,
              run: event.run,
              seed: event.seed,
              rounds: event.rounds,
              states: replay(event.world, event.seed, event.rounds),
              picks: [],
            })),
          },
        },
      },
      deciding: {
        always: { guard: 'isOver', target: 'debrief' },
        on: {
          picked: {
            guard: 'isPossible',
            actions: assign({ picks: ({ context, event }) => withPick(context.picks, event.pick) }),
          },
          unpicked: {
            actions: assign({
              picks: ({ context, event }) =>
                context.picks.filter(({ decision }) => decision !== event.decision),
            }),
          },
          decided: {
            target: 'resolving',
            actions: assign(({ context: { world, states, rounds, picks } }) => ({
              rounds: [...rounds, picks],
              states: [...states, play(world, states.at(-1)!, picks)],
            })),
          },
        },
      },
      resolving: {
        on: {
          went: [
            { guard: 'somethingHappened', target: 'event' },
            { target: 'deciding', actions: 'clear' },
          ],
        },
      },
      event: { on: { went: { target: 'deciding', actions: 'clear' } } },
      debrief: {},
    },
  },
  {
    actions: { clear: assign({ picks: [] }) },
    guards: {
      isOver: ({ context: { world, states } }) => isOver(world, states.at(-1)!),
      somethingHappened: ({ context }) => context.states.at(-1)!.events.length > 0,
      isPast: ({ context, event }) =>
        event.type === 'rewound' && event.to >= 1 && event.to < context.states.length,
      isPossible: ({ context: { world, states, picks }, event }) =>
        event.type === 'picked' &&
        canAdd(
          world,
          states.at(-1)!,
          picks.filter(({ decision }) => decision !== event.pick.decision),
          event.pick,
        ),
    },
  },
);

/** Picked again, with other shares, it takes the place of itself. */
const withPick = (picks: readonly Pick[], pick: Pick) => [
  ...picks.filter(({ decision }) => decision !== pick.decision),
  pick,
];

function fresh(world: World, seed: number) {
  return { rounds: [], states: [begin(world, seed)], picks: [] };
}
