import { wordsOf } from './prose.ts';

/** So many words in a row that two writers do not choose alike by chance. */
const span = 8;
/** Of so many neighbouring runs the least is kept: any shared run of span + window − 1 words is noticed. */
const window = 3;

/** FNV-1a, 32 bits: any steady hash would do. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) {
    value ^= text.charCodeAt(at);
    value = Math.imul(value, 0x01000193);
  }
  return value >>> 0;
}

const runs = (text: string) => {
  const words = wordsOf(text.toLowerCase().replaceAll(/[’']/g, ''));
  return words.slice(0, Math.max(0, words.length - span + 1)).map((_, at) => ({
    words: words.slice(at, at + span),
    hash: hash(words.slice(at, at + span).join(' ')),
  }));
};

/**
 * A text's fingerprints: with them we notice its sentences in ours without holding the text itself.
 *
 * By winnowing (Schleimer, Wilkerson and Aiken 2003): of each few neighbouring runs of eight words one is kept, always the
 * same, so that any ten words in a row that two texts share are found.
 */
export function fingerprintsOf(text: string): number[] {
  const all = runs(text).map((run) => run.hash);
  const kept = new Set<number>();
  for (let at = 0; at + window <= all.length; at++)
    kept.add(Math.min(...all.slice(at, at + window)));
  if (all.length > 0 && all.length < window) kept.add(Math.min(...all));
  return [...kept];
}

/** The first run of eight words that a text shares with the fingerprinted sources, if any. */
export function sharedRun(text: string, sources: ReadonlySet<number>): string | undefined {
  return runs(text)
    .find((run) => sources.has(run.hash))
    ?.words.join(' ');
}
