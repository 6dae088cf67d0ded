import { z } from 'zod';

const given = z.string().max(100);
const typed = z.string().max(500);

/** What a learner gives as an answer: ids and what was typed, so that rewording a question leaves it readable. */
export const Answer = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('choice'), chosen: z.array(given).max(50) }),
  z.strictObject({ kind: z.literal('true-false'), value: z.boolean() }),
  z.strictObject({ kind: z.literal('matching'), pairs: z.record(given, given) }),
  z.strictObject({ kind: z.literal('ordering'), order: z.array(given).max(50) }),
  z.strictObject({ kind: z.literal('sorting'), places: z.record(given, given) }),
  z.strictObject({ kind: z.literal('gaps'), filled: z.record(given, typed) }),
  z.strictObject({ kind: z.literal('short-answer'), text: typed }),
  z.strictObject({
    kind: z.literal('numeric'),
    /** As typed, so that how it was read can be looked at again. */
    text: typed,
    /** Which of its sets of numbers a calculated practice question had. */
    variant: z.int().min(0).max(99).optional(),
  }),
  z.strictObject({ kind: z.literal('matrix'), cells: z.record(given, given) }),
  z.strictObject({
    kind: z.literal('budget'),
    shares: z.record(given, z.number().min(0).max(100)),
  }),
  z.strictObject({ kind: z.literal('hotspot'), chosen: z.array(given).max(50) }),
  z.strictObject({
    kind: z.literal('open-response'),
    text: z.string().max(10_000),
    /** In practice: the criteria that the learner found met, against the model answer. */
    met: z.array(given).max(50).optional(),
  }),
]);
export type Answer = z.infer<typeof Answer>;
type AnswerKind = Answer['kind'];
/** An answer of one kind. */
export type AnswerOf<K extends AnswerKind> = Extract<Answer, { kind: K }>;

/** How sure a learner is: guessing, fairly sure, sure. */
export const Certainty = z.union([z.literal(1), z.literal(2), z.literal(3)]);
export type Certainty = z.infer<typeof Certainty>;

/** What an `answered` event carries. */
export const Answered = z.strictObject({
  response: Answer,
  certainty: Certainty.optional(),
  /** Practice: which try it was, and how many hints had been read. */
  tries: z.int().min(1).max(99).optional(),
  hints: z.int().min(0).max(3).optional(),
});
export type Answered = z.infer<typeof Answered>;
