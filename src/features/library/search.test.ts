import { expect, test } from 'vitest';
import { type Entry, indexOf, openIndex } from './search.ts';

const entry = (url: string, title: string, text = '', summary = ''): Entry => ({
  url,
  kind: 'lesson',
  title,
  summary,
  text,
});
const find = openIndex(
  indexOf([
    entry('/quotient', 'The location quotient', 'Compare the share of jobs in your district.'),
    entry('/share', 'Shift and share', 'A quotient says where you stand. This says why jobs grew.'),
    entry('/dairy', 'Lechería', 'Milk and cheese of small farms'),
  ]),
);
const urls = (query: string) => find(query).map(({ url }) => url);

test('a word in a title comes before the same word in the text', () => {
  expect(urls('quotient')).toEqual(['/quotient', '/share']);
});
test('the beginning of a word, a slip of the finger and a missing accent still find it', () => {
  expect(urls('quot')[0]).toBe('/quotient');
  expect(urls('quotiant')[0]).toBe('/quotient');
  expect(urls('lecheria')).toEqual(['/dairy']);
});
test('with all words before with some, and small words count for nothing', () => {
  expect(urls('the cheese of farms')).toEqual(['/dairy']);
  expect(urls('cheese quotient')).toEqual(expect.arrayContaining(['/dairy', '/quotient']));
  expect(urls('the')).toEqual([]);
});
test('a text of an entry is searched and not handed out', () => {
  expect(indexOf([entry('/x', 'T', 'abracadabra hocus pocus')])).not.toContain('abracadabra hocus');
});
