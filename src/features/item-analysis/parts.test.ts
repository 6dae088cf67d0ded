import { expect, test } from 'vitest';
import type { Settled } from '#features/questions/questions.ts';
import { partInWords } from './parts.ts';

test('what was typed into a gap is read whole, signs and all', () => {
  const question = {
    kind: 'gaps',
    id: 'q',
    gaps: [{ id: 'one', accept: ['x'] }],
  } as unknown as Settled;
  expect(partInWords(question, 'one=a=b', { true: 'True', false: 'False' })).toBe('1. a=b');
});
