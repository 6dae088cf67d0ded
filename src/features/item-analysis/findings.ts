import type { BankStatistics, ItemStatistics } from './statistics.ts';

/** Something an instructor should know of a bank, to be said in a sentence. */
export type Finding =
  | { kind: 'too-few'; n: number }
  | { kind: 'first-signs'; n: number }
  /** Most of the best learners chose the same wrong part. */
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
/** A correlation below this is more than chance in a group of some twenty. */
const reversed = -0.15;
/** Usual thresholds of alpha for a test that decides something, and for one that should not. */
const good = 0.7;
const poor = 0.5;

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
    if (!worst || worst.best <= third / 2) return undefined;
    return { kind: 'misleads-best', question, part: worst.part, chose: worst.best, of: third };
  });
  about(({ question, discrimination }) =>
    discrimination !== null && discrimination < reversed
      ? { kind: 'wrong-way-round', question, discrimination }
      : undefined,
  );
  about(({ question, calibration }) => {
    const sure = calibration.find(({ certainty }) => certainty === 3);
    if (!sure || sure.count < 3 || sure.mean >= 0.5) return undefined;
    const wrong = Math.round(sure.count * (1 - sure.mean));
    return { kind: 'sure-and-wrong', question, sure: wrong, of: sure.count };
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
        (part) => !parts.key.includes(part) && !given.some((one) => one.part === part),
      );
      return never.length > 0 ? { kind: 'never-chosen', question, parts: never } : undefined;
    });
    const alpha = statistics.reliability;
    if (alpha !== null && alpha >= good) findings.push({ kind: 'reliable', alpha });
    if (alpha !== null && alpha < poor) findings.push({ kind: 'unreliable', alpha });
  }
  return findings;
}
