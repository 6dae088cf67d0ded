import { expect, test } from 'vitest';
import { nearestName } from './nearest-name.ts';

const names = ['trust', 'budget', 'earnings.women', 'did.open_books'];

test.for([
  ['trsut', 'trust'],
  ['Budget', 'budget'],
  ['earning.women', 'earnings.women'],
  ['did.openbooks', 'did.open_books'],
] as const)('%s was meant to be %s', ([written, meant]) => {
  expect(nearestName(written, names)).toBe(meant);
});

test('what is near to nothing is left alone', () => {
  expect(nearestName('kilometres', names)).toBeUndefined();
  expect(nearestName('x', [])).toBeUndefined();
});
