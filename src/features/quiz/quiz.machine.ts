import { assign, createMachine } from 'xstate';

/** What a learner made of one question so far: the last mark, or null before any. */
type Mark = number | null;

/**
 * Practice: answer, read why, try again or go on. Knows nothing of the network: keeping an answer never holds
 * a learner up.
 */
// createMachine and not setup(): the same machine, 0.7 KB lighter on every lesson.
export const quizMachine = createMachine(
  {
    types: {} as {
      input: { count: number };
      context: {
        count: number;
        at: number;
        marks: Mark[];
        /** How often each question was checked, and how many of its hints were read. */
        tries: number[];
        hints: number[];
      };
      events:
        | { type: 'hinted' }
        | { type: 'compared' }
        | { type: 'checked'; score: number }
        | { type: 'retry' }
        | { type: 'next' }
        | { type: 'went'; to: number }
        | { type: 'restored'; marks: Mark[] }
        | { type: 'restarted' };
    },
    id: 'quiz',
    context: ({ input }) => ({ count: input.count, at: 0, ...fresh(input.count) }),
    initial: 'answering',
    on: {
      went: {
        guard: 'exists',
        target: '.answering',
        actions: assign({ at: ({ event }) => event.to }),
      },
    },
    states: {
      answering: {
        on: {
          hinted: {
            actions: assign({
              hints: ({ context: { hints, at } }) => hints.with(at, hints[at]! + 1),
            }),
          },
          // An open response: its learner reads a good answer and judges their own.
          compared: 'assessing',
          checked: { target: 'reviewing', actions: 'note' },
          restored: [
            {
              guard: 'isDone',
              target: 'finished',
              actions: assign({ marks: ({ event }) => event.marks }),
            },
            {
              actions: assign({
                marks: ({ event }) => event.marks,
                at: ({ event }) => event.marks.indexOf(null),
              }),
            },
          ],
        },
      },
      assessing: { on: { checked: { target: 'reviewing', actions: 'note' }, retry: 'answering' } },
      reviewing: {
        on: {
          retry: 'answering',
          next: [
            { guard: 'isLast', target: 'finished' },
            { target: 'answering', actions: assign({ at: ({ context }) => context.at + 1 }) },
          ],
        },
      },
      finished: {
        on: {
          restarted: {
            target: 'answering',
            // From the beginning: neither tries nor hints of before count.
            actions: assign(({ context }) => ({
              ...fresh(context.count),
              marks: context.marks,
              at: 0,
            })),
          },
        },
      },
    },
  },
  {
    actions: {
      note: assign(({ context: { marks, tries, at }, event }) =>
        event.type === 'checked'
          ? { marks: marks.with(at, event.score), tries: tries.with(at, tries[at]! + 1) }
          : {},
      ),
    },
    guards: {
      isLast: ({ context }) => context.at === context.count - 1,
      exists: ({ context, event }) =>
        event.type === 'went' && event.to >= 0 && event.to < context.count,
      isDone: ({ event }) =>
        event.type === 'restored' && event.marks.every((mark) => mark !== null),
    },
  },
);

function fresh(count: number) {
  return {
    marks: Array<Mark>(count).fill(null),
    tries: Array<number>(count).fill(0),
    hints: Array<number>(count).fill(0),
  };
}
