import { type Course, lessonsOf } from '#features/catalog/course.ts';
import type { Manuscript } from '#features/editorial/manuscript.ts';
import { gradeOf, wordsOf } from '#features/editorial/prose.ts';

const count = new Intl.NumberFormat('en');
/** "choice 12, numeric 4", the most frequent first. */
function tally(values: readonly string[]): string {
  const sums = new Map<string, number>();
  for (const value of values) sums.set(value, (sums.get(value) ?? 0) + 1);
  return [...sums]
    .sort(([, one], [, other]) => other - one)
    .map(([value, n]) => `${value} ${n}`)
    .join(', ');
}

/**
 * What a course holds, as lines of text: lessons, words, minutes, figures, sources, reading level, and its questions
 * by kind and by outcome.
 *
 * Words are those of lessons, headings and tables included. The reading level is the school grade by the
 * Flesch–Kincaid formula, over all sentences of the course, and that of its hardest lesson.
 */
export function reportOf(course: Course, all: Manuscript): string[] {
  const lessons = all.lessons.filter((one) => one.course === course.id);
  const prose = lessons.map(({ file, blocks }) => ({
    file,
    texts: blocks.filter(({ kind }) => kind === 'paragraph').map(({ text }) => text),
  }));
  const hardest = prose
    .map(({ file, texts }) => ({ file, grade: gradeOf(texts) }))
    .sort((one, other) => other.grade - one.grade)[0];
  const words = lessons
    .flatMap(({ blocks }) => blocks)
    .reduce((sum, { text }) => sum + wordsOf(text).length, 0);
  const minutes = lessonsOf(course).reduce((sum, one) => sum + one.minutes, 0);
  const figures = all.figures.filter(({ file }) => file.startsWith(`${course.id}/`)).length;
  const sources = new Set(lessonsOf(course).flatMap((one) => one.sources)).size;
  const questions = (graded: boolean) =>
    all.banks
      .filter((bank) => bank.course === course.id && bank.graded === graded)
      .flatMap((bank) => bank.questions.map(({ question }) => question));
  const practice = questions(false);
  const graded = questions(true);
  const outcomes = course.outcomes.map(({ id }) => ({
    id,
    taught: lessons.filter((one) => one.outcomes.includes(id)).length,
    practice: practice.filter(({ outcome }) => outcome === id).length,
    graded: graded.filter(({ outcome }) => outcome === id).length,
  }));
  const wide = Math.max(7, ...outcomes.map(({ id }) => id.length));
  const row = (...[id, ...rest]: string[]) =>
    `  ${id!.padEnd(wide)}${rest.map((one) => one.padStart(10)).join('')}`;
  return [
    course.title,
    `  ${lessons.length} lessons, ${count.format(words)} words, ${count.format(minutes)} minutes, ${figures} figures, ${sources} sources`,
    `  reading level ${gradeOf(prose.flatMap(({ texts }) => texts)).toFixed(1)}; hardest ${hardest?.grade.toFixed(1) ?? '–'}: ${hardest?.file ?? '–'}`,
    `  ${practice.length} practice questions: ${tally(practice.map(({ kind }) => kind))}`,
    `  ${graded.length} graded questions: ${tally(graded.map(({ kind }) => kind))}`,
    row('outcome', 'lessons', 'practice', 'graded'),
    ...outcomes.map((one) =>
      row(one.id, String(one.taught), String(one.practice), String(one.graded)),
    ),
  ];
}
