import type { z } from 'zod';
import type { Cases } from './case.ts';
import type { Course, Glossary, References } from './course.ts';

/** What this feature needs to know of a bank: the rest is the business of whoever hands over the schema. */
export interface BankShape {
  questions: {
    id: string;
    outcome: string;
    figure?: string | undefined;
    /** A lesson of the module, and a heading in it: `new-duties#who-pays`. */
    reread?: string | undefined;
  }[];
  /** The SVG of each figure that a question names; filled in when it is read, so that a version of a bank is whole. */
  figures: Record<string, string>;
}

/** What this feature needs to know of a scenario. */
export interface ScenarioShape {
  title: string;
  place: string;
  minutes: number;
  /** A figure that changes with the run. */
  board?: string | undefined;
  scenes: { figure?: string | undefined }[];
  figures: Record<string, string>;
  debrief: { lessons: string[] };
}

/** How banks and scenarios are read: the catalog knows where they stand, not what is in them. */
export interface Schemas<P extends BankShape, G extends BankShape, S extends ScenarioShape> {
  practice: z.ZodType<P>;
  graded: z.ZodType<G>;
  scenario: z.ZodType<S>;
  /** What is wrong with what a board says of its scenario. */
  checkBoard: (svg: string, scenario: S) => { line: number; message: string }[];
  /** The glossary's terms that a question's texts explain. */
  termsIn: (question: P['questions'][number] | G['questions'][number]) => string[];
}

/** All that is taught, in one language, checked. */
export interface Courses<P = unknown, G = unknown, S = unknown> {
  language: string;
  courses: Course[];
  glossary: Glossary;
  references: References;
  /** What is known of places that tried. */
  cases: Cases;
  /** By id, such as `sensitizing/relevance/winners`. */
  practice: Record<string, P>;
  /** Where to read again, by question object. */
  rereads: Record<string, { url: string; heading: string }>;
  /** By id, with the hash of its content. Never leaves the server. */
  graded: Record<string, { hash: string; bank: G }>;
  /** Simulations by id, such as `sensitizing/decide/valora`, with the hash of their content. */
  scenarios: Record<string, { hash: string; scenario: S }>;
}
