import { z } from 'zod';
import { Answer } from '#features/questions/answer.ts';
import { partsOf } from '#features/questions/parts.ts';
import { type Settled, grade, withKey } from '#features/questions/questions.ts';
import { fold } from '#features/questions/typed-answer.ts';
import { readNumber } from '#features/questions/numeric.ts';

/** What an instructor changes about a question after learners have answered it. */
export const Change = z.discriminatedUnion('type', [
  /** It counts for nobody. */
  z.strictObject({ type: z.literal('void') }),
  /** This answer has full marks as well. */
  z.strictObject({ type: z.literal('accept'), answer: Answer }),
  /** This is the right answer, instead of the one in the bank. */
  z.strictObject({ type: z.literal('key'), answer: Answer }),
]);
export type Change = z.infer<typeof Change>;

/** The mark of an answer under some changes, oldest first: 0 to 1, `void`, or `pending` until a person has marked it. */
export function markUnder(
  question: Settled,
  answer: Answer | undefined,
  changes: readonly Change[],
): number | 'void' | 'pending' {
  if (changes.some(({ type }) => type === 'void')) return 'void';
  if (!answer) return 0;
  let now = question;
  for (const change of changes) {
    if (change.type === 'key') now = withKey(now, change.answer) ?? now;
    if (change.type === 'accept' && isSame(question, change.answer, answer)) return 1;
  }
  const mark = grade(now, answer);
  if (mark.status === 'pending') return 'pending';
  return mark.status === 'graded' ? mark.score : 0;
}

/** The question as its key is now; for showing it. */
export function keyedUnder(question: Settled, changes: readonly Change[]): Settled {
  return changes.reduce(
    (now, change) => (change.type === 'key' ? (withKey(now, change.answer) ?? now) : now),
    question,
  );
}

/** Whether two answers to a question say the same, however they were ticked or typed. */
export function isSame(question: Settled, one: Answer, other: Answer): boolean {
  return plain(question, one) === plain(question, other);
}

function plain(question: Settled, answer: Answer): string {
  const { kind } = answer;
  // What was typed in another way may be the same number; a written answer has no parts.
  const number =
    question.kind === 'numeric' && kind === 'numeric'
      ? readNumber(question, answer.text)
      : undefined;
  const parts =
    number !== undefined
      ? [String(number)]
      : kind === 'open-response'
        ? [fold(answer.text)]
        : partsOf(answer).sort();
  return JSON.stringify([kind, ...parts]);
}
