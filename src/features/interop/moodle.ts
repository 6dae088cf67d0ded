import { z } from 'zod';

/**
 * What a format has no place for. It stands in a comment, which other programs skip, so that a bank that comes back
 * is the bank that left.
 */
const Kept = z
  .object({
    /** Ids of choices, rows or items, in the order of the file. */
    ids: z.array(z.string()),
    /** What rows are matched with, in our order. */
    options: z.array(z.object({ id: z.string(), text: z.string() })),
    /** Ids of the options of each gap. */
    gaps: z.array(z.array(z.string())),
    /** What is said about each row. */
    feedback: z.array(z.string()),
    /** What is said about the whole order. */
    order: z.object({ right: z.string(), wrong: z.string() }),
    /** Of what is typed, field by field. */
    spelling: z.array(z.enum(['forgiving', 'exact'])),
    hints: z.array(z.string()),
    reread: z.string(),
    unit: z.string(),
    units: z.record(z.string(), z.number()),
    words: z.object({ min: z.number(), max: z.number() }),
    rubric: z.array(z.object({ id: z.string(), text: z.string(), points: z.number() })),
    model: z.string(),
    /** Between the values of a parameter, by its name. */
    steps: z.record(z.string(), z.number()),
  })
  .partial();
export type Kept = z.infer<typeof Kept>;

const mark = 'led-campus: ';

/** The text of a comment that keeps these; empty where there is nothing to keep. Safe in GIFT and in XML. */
export function writeKept(kept: Kept): string {
  const text = JSON.stringify(kept);
  if (text === '{}') return '';
  // Neither may an XML comment hold two hyphens, nor may a text be taken for one of GIFT's tags.
  return mark + text.replaceAll('--', '-\\u002d').replace(/\[(?=id:|tag:)/g, '\\u005b');
}

/** Reads such a comment; undefined when it is another one, or no longer in order. */
export function readKept(comment: string): Kept | undefined {
  const text = comment.trim();
  if (!text.startsWith(mark)) return undefined;
  try {
    return Kept.safeParse(JSON.parse(text.slice(mark.length))).data;
  } catch {
    return undefined;
  }
}

/** An answer with its percentage of the marks, from -100 to 100. */
export interface Weighted {
  text: string;
  percent: number;
  feedback?: string | undefined;
}

/** A place in a text: typed words, or a list to choose from. Its answers are plain words. */
export interface Gap {
  /** It stands in the text as `{id}`. */
  id: string;
  list: boolean;
  weight: number;
  answers: Weighted[];
}

interface Common {
  /** As it is called in the file. */
  name: string;
  /** Where it begins in the file; 0 on the way out. */
  line: number;
  /** Its id number, where the file has one. */
  id?: string | undefined;
  prompt: string;
  explanation?: string | undefined;
  hints: string[];
  tags: string[];
  /** The name of a figure. */
  figure?: string | undefined;
  /** What is said about an answer as a whole. */
  overall?: {
    right?: string | undefined;
    partly?: string | undefined;
    wrong?: string | undefined;
  };
  /** What was seen in the file and can't be held, a sentence each. */
  losses: string[];
  kept: Kept;
}

/**
 * A question as Moodle knows it: what GIFT and Moodle XML both write down, each in its way. Texts are Markdown, words
 * to compare with are plain.
 */
export type MoodleQuestion = Common &
  (
    | { type: 'multichoice'; single: boolean; answers: Weighted[] }
    | {
        type: 'truefalse';
        answer: boolean;
        feedback: { true?: string | undefined; false?: string | undefined };
      }
    | { type: 'shortanswer'; answers: Weighted[] }
    | {
        type: 'numerical';
        answers: {
          value: number;
          tolerance: number;
          percent: number;
          feedback?: string | undefined;
        }[];
        otherwise?: string | undefined;
        unit?: string | undefined;
        /** How many of the unit one of these is. */
        units: Record<string, number>;
      }
    /** A pair without a text is one more answer to choose from. */
    | { type: 'matching'; pairs: { text: string; answer: string }[] }
    | { type: 'ordering'; items: string[] }
    | { type: 'cloze'; text: string; gaps: Gap[] }
    | {
        type: 'calculated';
        parameters: Record<string, { min: number; max: number; step: number }>;
        answers: {
          formula: string;
          tolerance: number | string;
          percent: number;
          feedback?: string | undefined;
        }[];
        otherwise?: string | undefined;
        decimals: number;
        unit?: string | undefined;
      }
    | { type: 'essay'; model?: string | undefined; words?: { min: number; max: number } }
  );
export type MoodleOf<T extends MoodleQuestion['type']> = Extract<MoodleQuestion, { type: T }>;

/** A number without an exponent, as every reader of these formats takes it. */
export const decimal = (value: number): string =>
  value.toLocaleString('en-US', { useGrouping: false, maximumFractionDigits: 100 });

/** A percentage as precise as it makes a difference. */
export const percentage = (percent: number): string => decimal(Number(percent.toFixed(10)));
