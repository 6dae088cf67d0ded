import { type PromiseActorLogic, assign, createMachine } from 'xstate';
import type { Answer } from '#features/questions/answer.ts';

/**
 * A graded attempt: move between questions, freely or only forward, look it over, hand in once; or be handed in when the
 * time is up.
 *
 * The island provides `handIn`, which resolves with whether the server has it or this device keeps it for now.
 */
export const attemptMachine = createMachine(
  {
    types: {} as {
      input: { questions: string[]; answers: Record<string, Answer>; sequential?: boolean };
      context: {
        questions: string[];
        at: number;
        answers: Record<string, Answer>;
        sequential: boolean;
      };
      events:
        | { type: 'answered'; question: string; answer: Answer }
        | { type: 'went'; to: number }
        | { type: 'next' }
        | { type: 'back' }
        | { type: 'reviewed' }
        | { type: 'handedIn' }
        | { type: 'timeUp' }
        | { type: 'sent' };
      actors: { src: 'handIn'; logic: PromiseActorLogic<'received' | 'kept' | 'refused'> };
    },
    id: 'attempt',
    context: ({ input }) => {
      const { questions, answers, sequential = false } = input;
      const isOpen = (id: string) => !Object.hasOwn(answers, id);
      // Where one left off: the first question without an answer, or the one after the last with one.
      const at = sequential
        ? questions.findLastIndex((id) => !isOpen(id)) + 1
        : questions.findIndex(isOpen);
      return { questions, answers, sequential, at: at >= questions.length ? -1 : Math.max(0, at) };
    },
    initial: 'resuming',
    states: {
      resuming: {
        always: [
          // The last one was answered, and there is no way back to it.
          {
            guard: ({ context }) => context.at === -1,
            target: 'reviewing',
            actions: assign({ at: ({ context }) => context.questions.length - 1 }),
          },
          { target: 'answering' },
        ],
      },
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
            guard: ({ context }) => context.at > 0 && !context.sequential,
            actions: assign({ at: ({ context }) => context.at - 1 }),
          },
          went: { guard: 'mayGo', actions: assign({ at: ({ event }) => event.to }) },
          reviewed: 'reviewing',
          timeUp: 'handingIn',
        },
      },
      reviewing: {
        on: {
          went: {
            guard: 'mayGo',
            target: 'answering',
            actions: assign({ at: ({ event }) => event.to }),
          },
          back: { guard: ({ context }) => !context.sequential, target: 'answering' },
          handedIn: 'handingIn',
          timeUp: 'handingIn',
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
      mayGo: ({ context, event }) =>
        event.type === 'went' &&
        !context.sequential &&
        event.to >= 0 &&
        event.to < context.questions.length,
    },
  },
);
