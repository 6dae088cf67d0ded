import type { Answer } from './answer.ts';
import { fold } from './typed-answer.ts';

const pairs = (given: Readonly<Record<string, string | number>>) =>
  Object.entries(given).map(([row, option]) => `${row}=${option}`);

/** An answer in parts that can be counted: ids of choices, `row=option`, or what was typed. */
export function partsOf(answer: Answer): string[] {
  switch (answer.kind) {
    case 'choice':
    case 'hotspot':
      return [...new Set(answer.chosen)];
    case 'true-false':
      return [String(answer.value)];
    case 'matching':
      return pairs(answer.pairs);
    case 'sorting':
      return pairs(answer.places);
    case 'matrix':
      return pairs(answer.cells);
    case 'gaps':
      return pairs(
        Object.fromEntries(Object.entries(answer.filled).map(([id, text]) => [id, fold(text)])),
      );
    case 'ordering':
      return [answer.order.join(' > ')];
    case 'short-answer':
      return [fold(answer.text)];
    case 'numeric':
      return [answer.text.trim()];
    case 'budget':
      return pairs(answer.shares);
    case 'open-response':
      return [];
  }
}
