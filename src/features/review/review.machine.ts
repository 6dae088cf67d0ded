import { assign, createMachine } from 'xstate';

/**
 * A session of review: one question after the other; a missed one comes once more at the end. It may be ended at any time.
 */
export const reviewMachine = createMachine(
  {
    types: {} as {
      input: { count: number };
      context: {
        /** Indexes of the questions still to come, the one asked now first. */
        queue: number[];
        /** Those that were missed at first. */
        missed: number[];
        /** The last mark of each question, by index. */
        marks: (number | null)[];
      };
      events: { type: 'checked'; score: number } | { type: 'next' } | { type: 'ended' };
    },
    id: 'review',
    context: ({ input: { count } }) => ({
      queue: Array.from({ length: count }, (_, at) => at),
      missed: [],
      marks: Array<number | null>(count).fill(null),
    }),
    initial: 'answering',
    states: {
      answering: {
        on: {
          checked: {
            target: 'reviewing',
            actions: assign(({ context: { queue, missed, marks }, event }) => {
              const at = queue[0]!;
              const again = event.score < 1 && !missed.includes(at);
              return {
                marks: marks.with(at, event.score),
                missed: again ? [...missed, at] : missed,
                queue: again ? [...queue, at] : queue,
              };
            }),
          },
          ended: 'finished',
        },
      },
      reviewing: {
        on: {
          next: [
            { guard: 'isLast', target: 'finished' },
            {
              target: 'answering',
              actions: assign({ queue: ({ context }) => context.queue.slice(1) }),
            },
          ],
          ended: 'finished',
        },
      },
      finished: { type: 'final' },
    },
  },
  { guards: { isLast: ({ context }) => context.queue.length === 1 } },
);
