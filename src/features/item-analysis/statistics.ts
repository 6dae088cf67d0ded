/** One learner's attempt at a bank: what each drawn question was worth and what was chosen. */
export interface Taken {
  learner: string;
  /** 0 to 1, by question; a drawn question without an answer is 0. */
  marks: Readonly<Record<string, number>>;
  /** What was given, by question: ids of choices, `row=option`, or what was typed. */
  given: Readonly<Record<string, readonly string[]>>;
  /** How sure its learner was, by question: 1 guessing, 2 fairly sure, 3 sure. */
  certainty: Readonly<Record<string, 1 | 2 | 3>>;
}

/** How one given part of an answer fared. */
interface GivenShare {
  part: string;
  /** How many gave it, of all and of the best and weakest third. */
  all: number;
  best: number;
  weakest: number;
}

/** How often learners who were so sure were right. */
interface Calibration {
  certainty: 1 | 2 | 3;
  count: number;
  /** Their mean mark, 0 to 1. */
  mean: number;
  /** How many of them had less than half of the mark. */
  wrong: number;
}

/** How one question does. */
export interface ItemStatistics {
  question: string;
  count: number;
  /** The mean mark, 0 to 1. Moodle calls it the facility index. */
  facility: number;
  /** The standard deviation of the marks, of a sample; null below two. */
  deviation: number | null;
  /** -1 to 1: the correlation of its marks with those of the rest of each attempt; null where one of them is all alike. */
  discrimination: number | null;
  /** How many are in the best third, and in the weakest. */
  third: number;
  given: GivenShare[];
  calibration: Calibration[];
}

/** How a whole bank does. */
export interface BankStatistics {
  attempts: number;
  /** The mean share of the marks, 0 to 1. */
  mean: number;
  deviation: number | null;
  /** Cronbach's alpha, at most 1; null where it cannot be reckoned. */
  reliability: number | null;
  items: ItemStatistics[];
}

const sum = (values: readonly number[]) => values.reduce((all, one) => all + one, 0);
const mean = (values: readonly number[]) => sum(values) / values.length;

/** The covariance of a sample (divided by n - 1). */
function covariance(one: readonly number[], other: readonly number[]): number {
  const [a, b] = [mean(one), mean(other)];
  return sum(one.map((value, at) => (value - a) * (other[at]! - b))) / (one.length - 1);
}

/**
 * Pearson's correlation, -1 to 1; null below two values, or where one side is all alike.
 */
export function correlation(one: readonly number[], other: readonly number[]): number | null {
  if (one.length < 2) return null;
  const spread = Math.sqrt(covariance(one, one) * covariance(other, other));
  // What is alike to the last bits has no spread, whatever the bits say.
  if (spread < 1e-12) return null;
  return Math.min(1, Math.max(-1, covariance(one, other) / spread));
}

/** The standard deviation of a sample; null below two values. */
function deviation(values: readonly number[]): number | null {
  return values.length < 2 ? null : Math.sqrt(covariance(values, values));
}

/**
 * Cronbach's alpha of `count` questions drawn from a bank: k c / (v + (k - 1) c), with the mean variance v of the
 * questions and the mean covariance c of their pairs.
 *
 * That is how L. J. Cronbach, "Coefficient alpha and the internal structure of tests", Psychometrika 16 (1951), writes it
 * for all questions answered by all: k/(k-1) (1 - sum of variances / variance of totals). Attempts here draw different
 * questions, so each variance and covariance is taken over those who had the question or the pair, at least two.
 */
export function cronbachAlpha(attempts: readonly Taken[], count: number): number | null {
  const ids = [...new Set(attempts.flatMap(({ marks }) => Object.keys(marks)))].sort();
  const pairOf = (one: string, other: string) =>
    attempts.flatMap(({ marks }) =>
      Object.hasOwn(marks, one) && Object.hasOwn(marks, other)
        ? [[marks[one]!, marks[other]!]]
        : [],
    );
  const variances: number[] = [];
  const covariances: number[] = [];
  for (const [at, one] of ids.entries()) {
    for (const other of ids.slice(at)) {
      const both = pairOf(one, other);
      if (both.length < 2) continue;
      const value = covariance(
        both.map(([a]) => a!),
        both.map(([, b]) => b!),
      );
      (one === other ? variances : covariances).push(value);
    }
  }
  if (covariances.length === 0 || count < 2) return null;
  const [v, c] = [mean(variances), mean(covariances)];
  const below = v + (count - 1) * c;
  // Pairs that few had can give what is not possible: then nothing is known.
  const alpha = below < 1e-12 ? NaN : (count * c) / below;
  return alpha <= 1 + 1e-9 ? Math.min(1, alpha) : null;
}

/** How many learners had two questions of a bank both, in the mean over its pairs. */
function inCommon(attempts: readonly Taken[]): number {
  const counts = attempts.map(({ marks }) => Object.keys(marks).length);
  const bank = new Set(attempts.flatMap(({ marks }) => Object.keys(marks))).size;
  return sum(counts.map((count) => count * (count - 1))) / (bank * (bank - 1));
}

/** Of pairs that fewer had, alpha would tell of chance alone. */
const fewestInCommon = 4;

/**
 * How the questions of a bank do, in the order of `questions`; those that nobody had are left out.
 *
 * Facility and discrimination are reckoned as in Moodle's quiz statistics (docs.moodle.org, "Quiz statistics
 * calculations"): the mean mark, and the correlation of a question's marks with the rest of the attempt. The rest is the
 * mean mark of the other questions, since attempts may draw different ones. Best and weakest are the upper and lower third
 * by that rest; T. L. Kelley, "The selection of upper and lower groups for the validation of test items", Journal of
 * Educational Psychology 30 (1939), finds 27 % best for large groups, and small groups need more.
 */
export function statisticsOf(
  attempts: readonly Taken[],
  questions: readonly string[],
): BankStatistics {
  const shares = attempts.map(({ marks }) => mean(Object.values(marks)));
  const drawn = Math.round(mean(attempts.map(({ marks }) => Object.keys(marks).length)));
  return {
    attempts: attempts.length,
    mean: attempts.length > 0 ? mean(shares) : 0,
    deviation: deviation(shares),
    reliability: inCommon(attempts) >= fewestInCommon ? cronbachAlpha(attempts, drawn) : null,
    items: questions.flatMap((question) => itemOf(attempts, question) ?? []),
  };
}

function itemOf(attempts: readonly Taken[], question: string): ItemStatistics | undefined {
  const takers = attempts.filter(({ marks }) => Object.hasOwn(marks, question));
  if (takers.length === 0) return undefined;
  const marks = takers.map((one) => one.marks[question]!);
  const restOf = (one: Taken) => {
    const others = Object.entries(one.marks).filter(([id]) => id !== question);
    return others.length > 0 ? mean(others.map(([, mark]) => mark)) : 0;
  };
  const ranked = takers
    .map((one) => ({ one, rest: restOf(one) }))
    // Alike ones in the order of their ids, so that the thirds are the same at every reading.
    .sort((a, b) => b.rest - a.rest || (a.one.learner < b.one.learner ? -1 : 1));
  const third = Math.max(1, Math.round(takers.length / 3));
  const best = new Set(ranked.slice(0, third).map(({ one }) => one));
  const weakest = new Set(ranked.slice(-third).map(({ one }) => one));
  const parts = [...new Set(takers.flatMap(({ given }) => given[question] ?? []))];
  const has = (part: string) => (one: Taken) => (one.given[question] ?? []).includes(part);
  return {
    question,
    count: takers.length,
    facility: mean(marks),
    deviation: deviation(marks),
    discrimination: correlation(marks, takers.map(restOf)),
    third,
    given: parts
      .map((part) => ({
        part,
        all: takers.filter(has(part)).length,
        best: [...best].filter(has(part)).length,
        weakest: [...weakest].filter(has(part)).length,
      }))
      .sort((a, b) => b.all - a.all || (a.part < b.part ? -1 : 1)),
    calibration: ([3, 2, 1] as const).flatMap((certainty) => {
      const so = takers.filter((one) => one.certainty[question] === certainty);
      if (so.length === 0) return [];
      const marksOfSo = so.map((one) => one.marks[question]!);
      const wrong = marksOfSo.filter((mark) => mark < 0.5).length;
      return [{ certainty, count: so.length, mean: mean(marksOfSo), wrong }];
    }),
  };
}
