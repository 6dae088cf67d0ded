import { type GradedBank, type Question, fitsRule } from '#features/questions/question.ts';
import { type AskedQuestion, type Settled, ask, settled } from '#features/questions/questions.ts';
import { seedOf, shuffler } from '#features/questions/shuffle.ts';

/** One question of an attempt: with its numbers settled and its key, and as its learner sees it. */
export interface Drawn {
  question: Settled;
  asked: AskedQuestion;
}

/**
 * The questions of one attempt, drawn and shuffled by its seed (a 32-bit integer).
 *
 * The same bank version and seed give the same attempt on every device, and years later.
 */
export function draw(bank: GradedBank, seed: number): Drawn[] {
  const shuffle = shuffler(seed);
  return pick(bank, shuffle(bank.questions)).map((one) => {
    const question = settled(one, seedOf(`${seed} ${one.id}`));
    return { question, asked: ask(question, shuffle, bank.figures) };
  });
}

/** How many questions an attempt at a bank has. */
export function drawCount({ draw: rules }: Pick<GradedBank, 'draw'>): number {
  return typeof rules === 'number' ? rules : rules.reduce((all, { count }) => all + count, 0);
}

function pick({ draw: rules }: GradedBank, shuffled: readonly Question[]): Question[] {
  if (typeof rules === 'number') return shuffled.slice(0, rules);
  // The narrowest rule first, so that a wide one never takes what a narrow one needs.
  const narrowness = (at: number) =>
    Number(rules[at]!.outcome !== undefined) + Number(rules[at]!.difficulty !== undefined);
  const order = rules.map((_, at) => at).sort((a, b) => narrowness(b) - narrowness(a));
  const taken = new Set<Question>();
  for (const at of order) {
    const rule = rules[at]!;
    const fitting = shuffled.filter((one) => !taken.has(one) && fitsRule(one, rule));
    for (const one of fitting.slice(0, rule.count)) taken.add(one);
  }
  return shuffled.filter((one) => taken.has(one));
}
