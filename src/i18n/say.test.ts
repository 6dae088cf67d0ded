import { expect, test } from 'vitest';
import { percent } from './format.ts';
import { say } from './say.ts';

test('places are filled, numbers written as the language writes them', () => {
  expect(say('{name}: {n}', { name: 'Amina', n: 1234 })).toBe('Amina: 1,234');
  expect(say('{n}', { n: 1234.5 }, 'de')).toBe('1.234,5');
  expect(say('{unknown} stays', {})).toBe('{unknown} stays');
});

test('the form by number is the language’s own', () => {
  const lessons = { one: '{n} lesson', other: '{n} lessons' };
  expect(say(lessons, { n: 1 })).toBe('1 lesson');
  expect(say(lessons, { n: 0 })).toBe('0 lessons');
});

test('a result just below the pass mark is never shown as passed', () => {
  expect(percent(0.7499, 'en')).toBe('74%');
  expect(percent(0.57, 'en')).toBe('57%');
  expect(percent(1, 'en')).toBe('100%');
});
