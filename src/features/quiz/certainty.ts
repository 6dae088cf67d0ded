import type { Certainty } from '#features/questions/answer.ts';

/**
 * The mark of one answer by how sure its learner was: 1, 2 or 3 when right; 0, -2 or -6 when wrong; for an answer that is
 * right in part, that part of the mark for a right one.
 *
 * The scheme is A. R. Gardner-Medwin's, as used at University College London since 1994 and in Moodle: "Confidence-Based
 * Marking: towards deeper learning and better exams", in Bryan and Clegg (eds), Innovative Assessment in Higher Education,
 * Routledge 2006. It pays to say how sure one really is: guessing below 67 % sure, sure above 80 %.
 */
export function certaintyMark(score: number, certainty: Certainty): number {
  const wrong = { 1: 0, 2: -2, 3: -6 } as const;
  return score > 0 ? score * certainty : wrong[certainty];
}

/** The highest mark that one answer can have by certainty. */
export const mostByCertainty = 3;
