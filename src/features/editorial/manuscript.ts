import type { Question } from '#features/questions/question.ts';

/** A piece of prose that stands by itself: nothing in it runs on into the next. */
interface Block {
  kind: 'paragraph' | 'heading' | 'cell';
  text: string;
  line: number;
}

/** A sum that a lesson shows, so that it can be reckoned again. */
interface Worked {
  /** What the lesson gives, by name. */
  given: Record<string, number>;
  /** What it finds: the number as it stands in the lesson, and the formula that it comes from. */
  finds: { shown: string; formula: string }[];
  line: number;
}

export interface LessonText {
  id: string;
  course: string;
  file: string;
  title: string;
  summary: string;
  outcomes: string[];
  blocks: Block[];
  tags: { name: string; attributes: Record<string, string>; line: number }[];
  worked: Worked[];
  /** Practice questions that it shows, by object. */
  questions: string[];
  /** What the lesson, its bank and its figures weigh compressed, in bytes. */
  weight: number;
}

export interface BankText {
  id: string;
  course: string;
  file: string;
  graded: boolean;
  /** How many of its questions an attempt draws; all, where nothing is said. */
  drawn?: number;
  questions: { question: Question; line: number }[];
}

export interface ScenarioText {
  /** As a lesson's tag names it. */
  name: string;
  file: string;
  texts: { text: string; line: number }[];
  /** Where one stands in it. */
  place: { text: string; line: number };
  /** Whether a lesson invites to it. */
  invited: boolean;
}

export interface FigureText {
  /** The folder's course and module, and the name. */
  file: string;
  name: string;
  svg: string;
  /** Whether a lesson, a question or a scenario shows it. */
  used: boolean;
}

/** Names that are known, so that an unknown one is noticed. */
interface Names {
  /** Places that we made up. */
  invented: string[];
  /** Places, organisations, works and brands that exist. */
  real: string[];
  /** First names and family names in our examples. */
  people: string[];
  /** Words that begin with a capital for another reason. */
  words: string[];
}

/** All that is taught, as an editor reads it. */
export interface Manuscript {
  courses: { id: string; file: string; draft: boolean; outcomes: { id: string; line: number }[] }[];
  lessons: LessonText[];
  banks: BankText[];
  scenarios: ScenarioText[];
  figures: FigureText[];
  glossary: {
    file: string;
    terms: { id: string; definition: string; see: string[]; line: number }[];
  };
  references: { file: string; sources: { id: string; line: number; words: string }[] };
  /** Texts of the case library, with the sources they cite. */
  cases: { file: string; entries: { texts: string[]; sources: string[]; line: number }[] };
  /** Ids of terms that questions and scenarios explain. */
  termsInQuestions: string[];
  names: Names;
  /** Fingerprints of the sources' texts: see fingerprint.ts. */
  fingerprints: ReadonlySet<number>;
}

/** What an editor should see to. */
export interface Finding {
  /** An error must be put right before anything is published; advice is for the author to weigh. */
  level: 'error' | 'advice';
  /** From the folder of courses. */
  file: string;
  line: number;
  /** One sentence that says what to do. */
  message: string;
}
