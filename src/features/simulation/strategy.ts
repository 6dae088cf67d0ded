import { z } from 'zod';
import { namesIn } from '#features/questions/formula.ts';
import { namesOf } from './names.ts';
import type { Scenario } from './scenario.ts';

const Strategy = z
  .strictObject({
    about: z.string().trim().min(1),
    /** Decisions in order of preference: each round takes the first that can be taken. */
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
    const tell = (path: string[], message: string) =>
      context.addIssue({ code: 'custom', path, message });
    if (!Object.hasOwn(strategies, 'thoughtful')) tell([], 'Call one strategy "thoughtful".');
    const names = new Set(namesOf(scenario));
    for (const [id, { prefers, shares, greedy, loses }] of Object.entries(strategies)) {
      for (const decision of [...prefers, ...Object.keys(shares)]) {
        if (!Object.hasOwn(scenario.decisions, decision))
          tell([id], `There is no decision "${decision}".`);
      }
      if (loses !== undefined && !Object.hasOwn(scenario.axes, loses))
        tell([id, 'loses'], `There is no axis "${loses}".`);
      try {
        const unknown =
          greedy === undefined ? [] : namesIn(greedy).filter((one) => !names.has(one));
        for (const one of unknown) tell([id, 'greedy'], `Nothing is called "${one}".`);
      } catch (error) {
        tell([id, 'greedy'], (error as Error).message);
      }
    }
  });
