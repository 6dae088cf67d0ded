import type { GradedBank } from '#features/questions/question.ts';

/** Where a learner stands with a bank. */
export interface Standing {
  /** Whether an attempt is open: its learner could answer it from what another one shows. */
  open: boolean;
  passed: boolean;
  attemptsLeft: number;
  /** Whether the learner's course is over; false where it has no end. */
  closed: boolean;
}

/** What of a handed-in attempt may be shown. */
export interface Shown {
  marks: boolean;
  feedback: boolean;
  key: boolean;
}

/** What a learner may see of a handed-in attempt now. The key is never shown while an attempt is open. */
export function whatIsShown(
  review: GradedBank['review'],
  { open, passed, attemptsLeft, closed }: Standing,
): Shown {
  const done = passed || attemptsLeft <= 0;
  const isOpen = (window: keyof typeof windows) => windows[window];
  const windows = { 'handed-in': true, done, closed, never: false };
  const feedback = isOpen(review.feedback);
  return {
    marks: isOpen(review.marks),
    feedback,
    key: !open && isOpen(review.key),
  };
}
