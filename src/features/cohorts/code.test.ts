import fc from 'fast-check';
import { expect, test } from 'vitest';
import { alphabet, codeFrom, showCode } from './code.ts';

const bytes = fc.uint8Array({ minLength: 8, maxLength: 8 });

test('every code is eight signs that can be read out without mistakes', () => {
  fc.assert(
    fc.property(bytes, (random) => {
      const code = codeFrom(random);
      expect(code).toHaveLength(8);
      expect(Array.from(code).every((sign) => alphabet.includes(sign))).toBe(true);
    }),
  );
});

test('every sign can come up', () => {
  const signs = new Set(
    Array.from({ length: 256 }, (_, byte) => codeFrom(new Uint8Array(8).fill(byte))[0]),
  );
  expect(signs).toEqual(new Set(alphabet));
});

test('no sign stands in the alphabet twice', () => {
  expect(new Set(alphabet).size).toBe(alphabet.length);
});

test('a printed code is the code in two halves', () => {
  expect(showCode('ACDEFGHJ')).toBe('ACDE-FGHJ');
  fc.assert(
    fc.property(bytes, (random) => {
      const code = codeFrom(random);
      expect(showCode(code).replace('-', '')).toBe(code);
    }),
  );
});
