import { z } from 'zod';

/**
 * Something a learner did, shaped like an xAPI statement.
 *
 * There is no actor: it is always the person signed in, never what the sender claims.
 */
export const LearningEvent = z.strictObject({
  /** Made by the sender, so sending twice stores once. */
  id: z.uuid(),
  /** `scored` is said by instructors alone, about a learner's work: see `Door.amend`. */
  verb: z.enum([
    'experienced',
    'initialized',
    'answered',
    /** A round of a simulation: see `simulation/run.ts`. */
    'decided',
    'completed',
    'commented',
    'scored',
  ]),
  /** What it is about: a lesson, a bank, or a question in it (`sensitizing/relevance/winners/who-gained`). */
  object: z
    .string()
    .max(200)
    .regex(/^[a-z0-9-]+(\/[a-z0-9-]+)+$/),
  /** The attempt it belongs to: the id of that attempt's `initialized` event. */
  attempt: z.uuid().optional(),
  /** What the verb needs; each feature knows its own. */
  result: z.json().optional(),
  /** When it happened, by the learner's clock. */
  timestamp: z.iso.datetime(),
});
export type LearningEvent = z.infer<typeof LearningEvent>;

/** The envelope. Events are checked one by one, so an outdated one never blocks those behind it. */
export const EventBatch = z.strictObject({
  /** Whose device sends: refused when somebody else is signed in by now, so work never lands on the wrong person. */
  learner: z.string(),
  events: z
    .array(z.looseObject({ id: z.uuid() }))
    .min(1)
    .max(100),
});

/** What became of one event. All four are final: the sender need not ask again. */
export interface Outcome {
  id: string;
  status: 'stored' | 'duplicate' | 'conflict' | 'refused';
  /** Why it was refused, as a lasting word. Never tells whether an answer was right. */
  reason?: string;
}
