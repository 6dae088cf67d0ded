import { parseDocument } from 'yaml';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { findSlip } from './yaml-slip.ts';

const Town = z.strictObject({
  title: z.string(),
  stalls: z.record(
    z.string(),
    z.strictObject({ text: z.string(), cost: z.strictObject({ coins: z.number() }) }),
  ),
  says: z.array(z.strictObject({ text: z.string() })),
});
const good = `title: A market
stalls:
  onions:
    text: Sold by the string.
    cost: { coins: 5 }
  pots:
    text: Sold by size.
    cost: { coins: 9 }
  cloth:
    text: Sold by the length.
    cost: { coins: 12 }
says:
  - { text: Who pays? }
  - { text: Who gains? }`;

/** What is told of a text that a parser can't read; undefined where it can. */
function told(text: string) {
  const [error] = parseDocument(text, { prettyErrors: false }).errors;
  if (!error) return undefined;
  const line = text.slice(0, error.pos[0]).split('\n').length - 1;
  return findSlip(Town, text, { code: error.code, line });
}

test('a field that begins at a wrong column is told on its own line or the one beside it', () => {
  const lines = good.split('\n');
  const off = lines.flatMap((line, at) =>
    [-2, -1, 1, 2].flatMap((by) => {
      const spaces = line.search(/\S/) + by;
      if (spaces < 0) return [];
      const found = told(lines.with(at, ' '.repeat(spaces) + line.trimStart()).join('\n'));
      return found ? [Math.abs(found.at - at)] : [];
    }),
  );
  expect(off.length).toBeGreaterThan(20);
  expect(Math.max(...off)).toBeLessThanOrEqual(1);
});

test.for([
  ['text: Sold by size.', 'text: Sold by size: small or large.', 'Put quotes around the text.'],
  ['text: Sold by size.', 'text: "Sold by size.', 'Close the quotes that are opened on this line.'],
  ['{ coins: 9 }', '{ coins: 9', 'Close with } what is opened with { on this line.'],
  ['{ coins: 9 }', '{ coins: 9 } }', 'Take one } away: it closes nothing.'],
  ['- { text: Who pays? }', '-{ text: Who pays? }', 'Put a space after the -.'],
  ['text: Sold by size.', 'text:Sold by size.', 'Put a space after the ":".'],
] as const)('%s, written as %s, is told with what to do', ([right, wrong, message]) => {
  const line = good.slice(0, good.indexOf(right)).split('\n').length - 1;
  expect(told(good.replace(right, wrong))).toMatchObject({ at: line, message });
});

test('where no change to one line helps, nothing is told', () => {
  expect(told('{[}]\n{[}]\n{[}]')).toBeUndefined();
});
