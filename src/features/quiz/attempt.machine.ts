import { type PromiseActorLogic, assign, createMachine } from 'xstate';
import type { Answer } from './question.ts';

/**
 * A graded attempt: move between questions freely, look it over, hand in once.
 *
 * The island provides `handIn`, which resolves with whether the server has it or this device keeps it for now.
 */
export const attemptMachine = createMachine(
  {
    types: {} as {
      input: { questions: string[]; answers: Record<string, Answer> };
      context: { questions: string[]; at: number; answers: Record<string, Answer> };
      events:
        | { type: 'answered'; question: string; answer: Answer }
        | { type: 'went'; to: number }
        | { type: 'next' }
        | { type: 'back' }
        | { type: 'reviewed' }
        | { type: 'handedIn' }
        | { type: 'sent' };
      actors: { src: 'handIn'; logic: PromiseActorLogic<'received' | 'kept' | 'refused'> };
    },
    id: 'attempt',
    context: ({ input }) => ({
      ...input,
      // Where one left off: the first question without an answer.
      at: Math.max(
        0,
        input.questions.findIndex((id) => !Object.hasOwn(input.answers, id)),
      ),
    }),
    initial: 'answering',
    states: {
      answering: {
        on: {
          answered: {
            actions: assign({
              answers: ({ context, event }) => ({
                ...context.answers,
                [event.question]: event.answer,
              }),
            }),
          },
          next: [
            { guard: 'isLast', target: 'reviewing' },
            { actions: assign({ at: ({ context }) => context.at + 1 }) },
          ],
          back: {
            guard: ({ context }) => context.at > 0,
            actions: assign({ at: ({ context }) => context.at - 1 }),
          },
          went: { guard: 'exists', actions: assign({ at: ({ event }) => event.to }) },
          reviewed: 'reviewing',
        },
      },
      reviewing: {
        on: {
          went: {
            guard: 'exists',
            target: 'answering',
            actions: assign({ at: ({ event }) => event.to }),
          },
          back: 'answering',
          handedIn: 'handingIn',
        },
      },
      handingIn: {
        invoke: {
          src: 'handIn',
          onDone: [
            { guard: ({ event }) => event.output === 'received', target: 'received' },
            { guard: ({ event }) => event.output === 'kept', target: 'kept' },
            // Handed in elsewhere, on another device: the server has a result to show.
            { target: 'received' },
          ],
          onError: 'reviewing',
        },
      },
      kept: { on: { sent: 'received' } },
      received: { type: 'final' },
    },
  },
  {
    guards: {
      isLast: ({ context }) => context.at === context.questions.length - 1,
      exists: ({ context, event }) =>
        event.type === 'went' && event.to >= 0 && event.to < context.questions.length,
    },
  },
);
