import type { Finding, LessonText, Manuscript } from './manuscript.ts';

/** Reads all that is taught and says what an editor should see to. */
export type Rule = (all: Manuscript) => Finding[];

const finding =
  (level: Finding['level']) =>
  (file: string, line: number, message: string): Finding => ({ level, file, line, message });
/** What must be put right before anything is published. */
export const error = finding('error');
/** What the author should weigh. */
export const advice = finding('advice');

/** All that a lesson says in sentences: what reading level and likeness are measured on. */
export const proseOf = (lesson: LessonText) =>
  lesson.blocks.filter(({ kind }) => kind === 'paragraph');

/** Each text of a question by the name of its field: prompt, text, feedback and so on. */
export function textsOf(value: unknown, field = ''): { field: string; text: string }[] {
  if (typeof value === 'string') return [{ field, text: value }];
  if (Array.isArray(value)) return value.flatMap((each) => textsOf(each, field));
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([name, each]) =>
    textsOf(each, field === 'feedback' || field === 'hints' ? field : name),
  );
}

/** The banks of one sort: those that decide a pass, or those that teach. */
export const banksOf = (all: Manuscript, graded: boolean) =>
  all.banks.filter((bank) => bank.graded === graded);
