import { fleschKincaid } from 'flesch-kincaid';
import { syllable } from 'syllable';

const sentences = new Intl.Segmenter('en', { granularity: 'sentence' });

/** The words of a text in order, numbers included, without punctuation. */
export function wordsOf(text: string): string[] {
  return text.match(/[\p{L}\p{N}]+(?:[’'.,-][\p{L}\p{N}]+)*/gu) ?? [];
}

/** The sentences of a text, each with its punctuation. */
export function sentencesOf(text: string): string[] {
  return [...sentences.segment(text)].map(({ segment }) => segment.trim()).filter(Boolean);
}

/**
 * The school grade that a text asks of its reader, by the Flesch–Kincaid formula:
 * 0.39 × words a sentence + 11.8 × syllables a word − 15.59 (Kincaid and others, 1975).
 *
 * Texts that stand by themselves are given apart, so that a heading does not run into the next sentence.
 */
export function gradeOf(texts: readonly string[]): number {
  const counts = { sentence: 0, word: 0, syllable: 0 };
  for (const text of texts) {
    const words = wordsOf(text).filter((word) => /\p{L}/u.test(word));
    if (words.length === 0) continue;
    counts.sentence += sentencesOf(text).length;
    counts.word += words.length;
    counts.syllable += words.reduce((sum, word) => sum + syllable(word), 0);
  }
  return fleschKincaid(counts);
}

/** A sentence as a set of its three-word runs, for comparing. */
export function runsOf(sentence: string, length = 3): Set<string> {
  const words = wordsOf(sentence.toLowerCase());
  const runs = new Set<string>();
  for (let at = 0; at + length <= words.length; at++)
    runs.add(words.slice(at, at + length).join(' '));
  return runs;
}

/** How much two sets have in common: 0 nothing, 1 all (Jaccard's index). */
export function likeness(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  let common = 0;
  for (const run of one) if (other.has(run)) common++;
  const all = one.size + other.size - common;
  return all === 0 ? 0 : common / all;
}
