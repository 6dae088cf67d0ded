/** What a lesson and a bank must be, in one place. */
export const measures = {
  words: { least: 600, most: 1100 },
  grade: { most: 9 },
  /** A table on a phone. */
  columns: { most: 4 },
  /** Compressed: a lesson, its bank and its figures. */
  weight: { most: 16 * 1024 },
  practice: { least: 3, most: 7 },
  /** `draws`: how many times as many questions as an attempt draws, so that a second attempt asks anew. */
  graded: { least: 16, kinds: 4, draws: 2 },
  /** Questions that assess an outcome. */
  assessed: { practice: 2, graded: 2 },
  /** The right choice may be so much longer than the longest wrong one, or so much shorter than the shortest. */
  length: { ratio: 1.5, characters: 18 },
  /** A length that is so many times another is noticed. */
  noticeably: 1.1,
  /** In so many of a course's choices, at most, the right one may be noticeably the longest. */
  longest: 0.45,
  /** So many of a course's right choices, at most, may be written at the same place. */
  samePlace: 0.5,
  /** True or false: the rarer of the two must make up so much of a course. */
  truth: 0.25,
  /** Sentences of two lessons with so much in common are one sentence told twice. */
  likeness: 0.75,
};
