import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { compile } from './formula.ts';
import type { QuestionOf } from './question.ts';

/** How many sets of numbers a calculated practice question has, one after the other. */
export const variants = 5;

/** The values of the parameters for a seed (a 32-bit integer), in the order in which the author named them. */
export function parametersFor(
  { parameters }: Pick<QuestionOf<'calculated'>, 'parameters'>,
  seed: number,
): Record<string, number> {
  const random = xoroshiro128plus(seed);
  return Object.fromEntries(
    Object.entries(parameters).map(([name, { min, max, step }]) => {
      const steps = Math.floor((max - min) / step + 1e-9);
      // Rounded, so that steps of 0.1 don't show their binary crumbs.
      const value = Number((min + uniformInt(random, 0, steps) * step).toPrecision(12));
      return [name, value];
    }),
  );
}

/**
 * A calculated question with its numbers settled by a seed: from here on it is a numeric question like any other.
 *
 * An answer whose formula gives no number there (a division by 0) is left out; `tests` of a bank look for such seeds.
 */
export function settle(question: QuestionOf<'calculated'>, seed: number): QuestionOf<'numeric'> {
  const { parameters: _, answers, prompt, ...rest } = question;
  const values = parametersFor(question, seed);
  const fill = (text: string) =>
    text.replace(/\{([a-z][a-z0-9_]*)\}/gi, (whole, name: string) =>
      Object.hasOwn(values, name) ? values[name]!.toLocaleString('en') : whole,
    );
  return {
    ...rest,
    kind: 'numeric',
    units: {},
    prompt: fill(prompt),
    hints: rest.hints.map(fill),
    ...(rest.explanation ? { explanation: fill(rest.explanation) } : {}),
    otherwise: fill(rest.otherwise),
    answers: answers.flatMap(({ formula, tolerance, credit, feedback }) => {
      const exact = compile(formula)(values);
      if (!Number.isFinite(exact)) return [];
      const value = Number(exact.toFixed(9));
      return [{ value, tolerance, credit, feedback: fill(feedback) }];
    }),
  };
}
