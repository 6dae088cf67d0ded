import type { BankStatistics, ItemStatistics } from './statistics.ts';

/** Something an instructor should know of a bank, to be said in a sentence. */
export type Finding =
  | { kind: 'too-few'; n: number }
  | { kind: 'first-signs'; n: number }
  /** Most of the best learners chose the same wrong part, or more of them than chose the right one. */
  | { kind: 'misleads-best'; question: string; part: string; chose: number; of: number }
  /** Those who know more do worse on it. */
  | { kind: 'wrong-way-round'; question: string; discrimination: number }
  | { kind: 'sure-and-wrong'; question: string; sure: number; of: number }
  | { kind: 'too-hard'; question: string; facility: number }
  | { kind: 'too-easy'; question: string; facility: number }
  | { kind: 'never-chosen'; question: string; parts: string[] }
  | { kind: 'reliable'; alpha: number }
  | { kind: 'unreliable'; alpha: number };

/** Below this nothing can be said; up to the next, only first signs. */
const fewest = 5;
const enough = 20;
/** Below and above this mean mark a question tells hardly anything about who knows what. */
const hard = 0.25;
const easy = 0.95;
/** A correlation nearer to nothing than this is not worth a word, however many took part. */
const slight = 0.15;
/** Usual thresholds of alpha for a test that decides something, and for one that should not. */
const good = 0.7;
const poor = 0.5;

/**
 * Whether those who know more do worse on a question, by more than chance gives to one question in twenty: the standard
 * error of a correlation of n unrelated pairs is 1/√(n - 1).
 */
export function isReversed({ count, discrimination }: ItemStatistics): boolean {
  if (discrimination === null || count < fewest) return false;
  return discrimination < -Math.max(slight, 1.645 / Math.sqrt(count - 1));
}

const rowOf = (part: string) => (part.includes('=') ? part.slice(0, part.indexOf('=')) : '');

/**
 * What is to be said about a bank, the most urgent first.
 *
 * `keyParts` are the parts of the key of a question with fixed parts (choices, rows), and `allParts` all that it offers;
 * both undefined for questions that are typed.
 */
export function findingsOf(
  statistics: BankStatistics,
  partsOf: (question: string) => { key: readonly string[]; all: readonly string[] } | undefined,
): Finding[] {
  const n = statistics.attempts;
  if (n < fewest) return [{ kind: 'too-few', n }];
  const findings: Finding[] = n < enough ? [{ kind: 'first-signs', n }] : [];
  const about = (find: (item: ItemStatistics) => Finding | undefined) =>
    statistics.items
      .filter(({ count }) => count >= fewest)
      .forEach((item) => {
        const found = find(item);
        if (found) findings.push(found);
      });

  about(({ question, given, third }) => {
    const parts = partsOf(question);
    if (!parts || third < 3) return undefined;
    const wrong = given.filter(({ part }) => !parts.key.includes(part));
    const [worst] = wrong.toSorted((a, b) => b.best - a.best);
    if (!worst || worst.best < 3) return undefined;
    const right = given
      .filter(({ part }) => parts.key.includes(part) && rowOf(part) === rowOf(worst.part))
      .map(({ best }) => best);
    if (worst.best <= third / 2 && worst.best <= Math.max(0, ...right)) return undefined;
    return { kind: 'misleads-best', question, part: worst.part, chose: worst.best, of: third };
  });
  about((item) => {
    const { question, discrimination } = item;
    if (discrimination === null || !isReversed(item)) return undefined;
    return { kind: 'wrong-way-round', question, discrimination };
  });
  about(({ question, calibration }) => {
    const sure = calibration.find(({ certainty }) => certainty === 3);
    if (!sure || sure.count < 3 || sure.wrong * 2 <= sure.count) return undefined;
    return { kind: 'sure-and-wrong', question, sure: sure.wrong, of: sure.count };
  });
  about(({ question, facility }) =>
    facility < hard ? { kind: 'too-hard', question, facility } : undefined,
  );
  if (n >= enough) {
    about(({ question, facility }) =>
      facility > easy ? { kind: 'too-easy', question, facility } : undefined,
    );
    about(({ question, given, count }) => {
      const parts = partsOf(question);
      if (!parts || count < enough) return undefined;
      const never = parts.all.filter(
        // Of rows most pairs are never chosen, and that is no fault.
        (part) =>
          rowOf(part) === '' &&
          !parts.key.includes(part) &&
          !given.some((one) => one.part === part),
      );
      return never.length > 0 ? { kind: 'never-chosen', question, parts: never } : undefined;
    });
    const alpha = statistics.reliability;
    if (alpha !== null && alpha >= good) findings.push({ kind: 'reliable', alpha });
    if (alpha !== null && alpha < poor) findings.push({ kind: 'unreliable', alpha });
  }
  return findings;
}
