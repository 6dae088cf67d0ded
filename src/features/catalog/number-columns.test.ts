import { expect, test } from 'vitest';
import { numberColumnsOf } from './number-columns.ts';

test('columns of numbers are found, whatever unit or sign they carry', () => {
  expect(
    numberColumnsOf([
      ['For one kilo', 'Buys at', 'Change', 'Share', 'Pay', 'Hours'],
      ['Farmer', 'nothing', '+600', '37.5 %', '1,200,000', '12 h'],
      ['Collector', '30', '−75', '10 %', '18,000', '9 h'],
      ['Retailer', '52', '0', '–', '90', '8 h'],
    ]),
  ).toEqual([1, 2, 3, 4, 5]);
});

test('columns of words are none, even with a number in them, and neither is the first', () => {
  expect(
    numberColumnsOf([
      ['Year', 'What happened', 'Who'],
      ['2007', '31 August: the forum meets', '12 women'],
      ['2008', '2', 'nobody yet'],
    ]),
  ).toEqual([]);
});
