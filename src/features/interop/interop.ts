import type { Question } from '#features/questions/question.ts';

/** A bank on its way in or out: questions of our own model with the title. Figures by name as SVG. */
export interface Exchange {
  title: string;
  questions: Question[];
  figures: Record<string, string>;
}
/** Something a format or we can't hold; never dropped silently. */
export interface Loss {
  /** Question id or name in the file. */
  question: string;
  line?: number;
  what: string;
}
interface Imported {
  exchange: Exchange;
  losses: Loss[];
}
/** A file that can't be read: by line, a sentence each. Nothing is imported then. */
export interface ImportFault {
  line: number;
  message: string;
}
export type ImportResult = { ok: true; imported: Imported } | { ok: false; faults: ImportFault[] };
export interface Exported {
  losses: Loss[];
  file: { name: string; type: string; body: Uint8Array };
}
