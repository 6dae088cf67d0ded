import { accounts } from './en/accounts.ts';
import { cohorts } from './en/cohorts.ts';
import { catalog } from './en/catalog.ts';
import { interop } from './en/interop.ts';
import { itemAnalysis } from './en/item-analysis.ts';
import { library } from './en/library.ts';
import { quiz } from './en/quiz.ts';
import { review } from './en/review.ts';
import { simulation } from './en/simulation.ts';
import { site } from './en/site.ts';

const en = {
  site,
  catalog,
  library,
  quiz,
  review,
  simulation,
  itemAnalysis,
  interop,
  accounts,
  cohorts,
};

/** Every text of the interface, by feature. English is the base: another language has the same shape. */
export type Words = typeof en;

const languages: Record<string, Words> = { en };

/** The interface's texts in a language; English where there is no such language. */
export function wordsIn(language: string | undefined): Words {
  return languages[language ?? 'en'] ?? en;
}

/** Languages written from right to left, among those that we may get. */
const rightToLeft = new Set(['ar', 'fa', 'he', 'ur']);

/** The direction of writing, for `<html dir>`. */
export function directionOf(language: string): 'ltr' | 'rtl' {
  return rightToLeft.has(language) ? 'rtl' : 'ltr';
}
