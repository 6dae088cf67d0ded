import { z } from 'zod';
import { namesIn } from '#features/questions/formula.ts';
import { nearestName } from '#platform/nearest-name.ts';
import { namesOf } from './names.ts';
import { remedyFor } from './remedy.ts';
import type { Scenario } from './scenario.ts';

const Strategy = z
  .strictObject({
    about: z.string().trim().min(1),
    /** Decisions in order of preference: each round takes the first ones that can be taken, up to its number. */
    prefers: z.array(z.string()).default([]),
    /** How decisions that divide a total are divided; evenly, if nothing is said. */
    shares: z.record(z.string(), z.record(z.string(), z.number())).default({}),
    /** Takes what brings most of this at the end, looking at nothing else. */
    greedy: z.string().optional(),
    /** An axis on which it must stay behind the thoughtful one. */
    loses: z.string().optional(),
  })
  .refine(
    ({ prefers, greedy }) => prefers.length > 0 !== (greedy !== undefined),
    'Write "prefers" or "greedy".',
  );
export type Strategy = z.infer<typeof Strategy>;

/**
 * Ways to play a scenario, beside it as `<name>.strategies.yaml`: what its balance is tested with. One is called `thoughtful`.
 */
export const strategiesFor = (scenario: Scenario) =>
  z.record(z.string(), Strategy).superRefine((strategies, context) => {
    const tell = (path: (string | number)[], message: string) =>
      context.addIssue({ code: 'custom', path, message });
    if (!Object.hasOwn(strategies, 'thoughtful')) tell([], 'Call one strategy "thoughtful".');
    const names = new Set(namesOf(scenario));
    const decisions = Object.keys(scenario.decisions);
    const unknown = (what: string, name: string, known: readonly string[]) => {
      const near = nearestName(name, known);
      return `There is no ${what} "${name}". ${near ? `Did you mean "${near}"?` : `There are: ${known.join(', ')}.`}`;
    };
    for (const [id, { prefers, shares, greedy, loses }] of Object.entries(strategies)) {
      prefers.forEach((decision, at) => {
        if (!decisions.includes(decision))
          tell([id, 'prefers', at], unknown('decision', decision, decisions));
      });
      for (const [decision, divided] of Object.entries(shares)) {
        const path = [id, 'shares', decision];
        const allocate = scenario.decisions[decision]?.allocate;
        if (!allocate) {
          const dividing = decisions.filter((one) => scenario.decisions[one]!.allocate);
          tell(path, unknown('decision that divides a total', decision, dividing));
          continue;
        }
        const parts = Object.keys(allocate.parts);
        for (const part of Object.keys(divided).filter((one) => !parts.includes(one)))
          tell([...path, part], unknown('part', part, parts));
        const sum = Object.values(divided).reduce((one, other) => one + other, 0);
        if (sum !== allocate.total)
          tell(path, `These sum to ${sum}; divide ${allocate.total}, no more and no less.`);
        for (const [part, share] of Object.entries(divided)) {
          if (share < 0 || share % allocate.step !== 0)
            tell([...path, part], `Write a multiple of ${allocate.step}, 0 or more.`);
        }
      }
      const axes = Object.keys(scenario.axes);
      if (loses !== undefined && !axes.includes(loses))
        tell([id, 'loses'], unknown('axis', loses, axes));
      try {
        const missing =
          greedy === undefined ? [] : namesIn(greedy).filter((one) => !names.has(one));
        for (const one of missing) tell([id, 'greedy'], remedyFor(one, names));
      } catch (error) {
        tell([id, 'greedy'], (error as Error).message);
      }
    }
  });
