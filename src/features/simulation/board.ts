import { namesIn } from '#features/questions/formula.ts';
import { nearestName } from '#platform/nearest-name.ts';
import { namesOf } from './names.ts';
import { remedyFor } from './remedy.ts';
import type { Scenario } from './scenario.ts';

const attributes = ['data-when', 'data-says', 'data-level'];
const growing = /\sclass="[^"]*\b(grow-up|grow-along|fade)\b/;

/** What is wrong with what a board says of its scenario, each with its line in the SVG. */
export function checkBoard(svg: string, scenario: Scenario): { line: number; message: string }[] {
  const names = new Set(namesOf(scenario));
  return [...svg.matchAll(/<[a-z][^>]*?\sdata-[^>]*>/gi)].flatMap(({ index, 0: tag }) => {
    const line = svg.slice(0, index).split('\n').length;
    const tell = (message: string) => ({ line, message });
    const written = [...tag.matchAll(/\s(data-[\w-]+)="([^"]*)"/g)];
    // Words under a misspelt name are told as such, and not as missing too.
    const hasWords = written.some(([, name = '']) => nearestName(name, attributes) === 'data-says');
    return written.flatMap(({ 1: name = '', 2: value = '' }) => {
      if (!attributes.includes(name)) {
        const near = nearestName(name, attributes);
        return tell(
          `There is no ${name}. ${near ? `Did you mean ${near}?` : `Write one of: ${attributes.join(', ')}.`}`,
        );
      }
      if (name === 'data-says') {
        return tag.includes('data-when=')
          ? []
          : tell('Say when it is so: data-says stands beside data-when.');
      }
      const found = formulaFaults(unescaped(value), names).map(tell);
      if (name === 'data-when' && !hasWords)
        found.push(
          tell(
            'Say it in words too, for those who don’t see the map: add data-says; data-says="" where another part says it.',
          ),
        );
      return name === 'data-level' && !growing.test(tag)
        ? [...found, tell('Say how it grows: add the class grow-up, grow-along or fade.')]
        : found;
    });
  });
}

/** What is wrong with a formula that may read these names. */
function formulaFaults(formula: string, names: ReadonlySet<string>): string[] {
  try {
    return namesIn(formula)
      .filter((name) => !names.has(name))
      .map((name) => remedyFor(name, names));
  } catch (error) {
    return [(error as Error).message];
  }
}

const unescaped = (text: string) =>
  text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
