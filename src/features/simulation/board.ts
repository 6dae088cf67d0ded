import { namesIn } from '#features/questions/formula.ts';
import { namesOf } from './names.ts';
import type { Scenario } from './scenario.ts';

/** What is wrong with the formulas of a board, each with its line in the SVG. */
export function checkBoard(svg: string, scenario: Scenario): { line: number; message: string }[] {
  const names = new Set(namesOf(scenario));
  return [...svg.matchAll(/\sdata-(when|level)="([^"]*)"/g)].flatMap(
    ({ index, 2: formula = '' }) => {
      const line = svg.slice(0, index).split('\n').length;
      try {
        return namesIn(unescaped(formula))
          .filter((name) => !names.has(name))
          .map((name) => ({ line, message: `Nothing in the scenario is called "${name}".` }));
      } catch (error) {
        return [{ line, message: (error as Error).message }];
      }
    },
  );
}

const unescaped = (text: string) =>
  text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
