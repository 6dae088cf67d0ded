import { expect, test } from 'vitest';
import { nameKey } from './name-key.ts';

test.for([
  ['  José   Pérez ', 'jose perez'],
  ['ABENA', 'abena'],
  // Vowel signs are letters, not accents.
  ['रीना', 'रीना'],
])('%s is found as %s', ([name, key]) => {
  expect(nameKey(name!)).toBe(key);
});
