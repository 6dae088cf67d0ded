import leven from 'leven';

/** What is accepted for something typed. */
export interface Accepted {
  accept: string[];
  credit: number;
  feedback: string;
}

/** How something typed was taken. */
export interface Reading {
  score: number;
  feedback: string;
  /** The accepted word that a misspelling was read as. */
  readAs?: string;
}

/**
 * Folds a text for comparing: case, accents of Latin letters, kinds of quotes and hyphens, and space make no difference,
 * nor does punctuation at the ends. Marks of other scripts stay, since there they are letters.
 */
export function fold(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .normalize('NFC')
    .toLowerCase()
    .replace(/[‘’ʼ`´]/g, "'")
    .replace(/[“”«»„]/g, '"')
    .replace(/[\s\-‐‑–—_]+/g, ' ')
    .replace(/^[\s.,;:!?'"()]+|[\s.,;:!?'"()]+$/g, '');
}

/** A pattern such as `local * development`, folded; `*` stands for any words. */
function fits(pattern: string, folded: string): boolean {
  if (!pattern.includes('*')) return fold(pattern) === folded;
  const parts = pattern.split('*').map(fold);
  const first = parts[0]!;
  const last = parts.at(-1)!;
  if (folded.length < parts.reduce((all, part) => all + part.length, 0)) return false;
  if (!folded.startsWith(first) || !folded.endsWith(last)) return false;
  let at = first.length;
  for (const part of parts.slice(1, -1)) {
    const found = folded.indexOf(part, at);
    if (found === -1) return false;
    at = found + part.length;
  }
  return at <= folded.length - last.length;
}

// Short words have near neighbours that mean something else.
const slipsIn = (word: string) => (word.length >= 8 ? 2 : word.length >= 5 ? 1 : 0);

/**
 * Reads something typed. What fits exactly comes first, in the author's order; then, where spelling is forgiving, the
 * nearest accepted word within one slip (from 5 letters) or two (from 8). Digits must be right.
 */
export function read(
  typed: string,
  question: { answers: readonly Accepted[]; otherwise: string; spelling: 'forgiving' | 'exact' },
): Reading {
  const folded = fold(typed);
  const exact = question.answers.find(({ accept }) => accept.some((one) => fits(one, folded)));
  if (exact) return { score: exact.credit, feedback: exact.feedback };
  let best: (Reading & { slips: number }) | undefined;
  if (question.spelling === 'forgiving' && !/\d/.test(folded)) {
    for (const { accept, credit, feedback } of question.answers) {
      for (const word of accept) {
        const wanted = fold(word);
        if (word.includes('*') || /\d/.test(wanted)) continue;
        const most = slipsIn(wanted);
        const slips = leven(folded, wanted, { maxDistance: most + 1 });
        if (slips <= most && slips < (best?.slips ?? Infinity)) {
          best = { score: credit, feedback, readAs: word, slips };
        }
      }
    }
  }
  if (!best) return { score: 0, feedback: question.otherwise };
  const { slips: _, ...reading } = best;
  return reading;
}
