import { expect, test } from 'vitest';
import { day, percent, when } from './format.ts';

test.for([
  [0, '0%'],
  [1, '100%'],
  [0.5, '50%'],
  // Shares that binary numbers hold a little too small.
  [0.29, '29%'],
  [0.57, '57%'],
  [0.58, '58%'],
  [1 / 3, '33%'],
  [2 / 3, '66%'],
  [0.999, '99%'],
] as const)('a share of %d reads %s', ([share, text]) => {
  expect(percent(share, 'en')).toBe(text);
});

test('every whole percent reads as itself', () => {
  for (let whole = 0; whole <= 100; whole++) expect(percent(whole / 100, 'en')).toBe(`${whole}%`);
});

test('any share of right answers below the pass mark reads as less than it', () => {
  for (let all = 1; all <= 100; all++) {
    for (let right = 0; right / all < 0.75; right++) {
      expect(parseInt(percent(right / all, 'en'))).toBeLessThan(75);
    }
  }
});

test('percent are written as the language writes them', () => {
  expect(percent(0.75, 'de')).toBe('75\u00a0%');
  expect(percent(0.75, 'tr')).toBe('%75');
});

test('a due date is the same day wherever the campus stands', () => {
  const zone = process.env.TZ;
  try {
    for (const TZ of ['Pacific/Honolulu', 'UTC', 'Pacific/Auckland']) {
      process.env.TZ = TZ;
      expect(day('2027-03-01', 'en')).toBe('Mar 1, 2027');
    }
  } finally {
    if (zone === undefined) delete process.env.TZ;
    else process.env.TZ = zone;
  }
});

test('a moment reads as day and time of the campus’s own zone', () => {
  const zone = process.env.TZ;
  try {
    process.env.TZ = 'Africa/Nairobi';
    expect(when('2027-03-01T22:30:00Z', 'en')).toMatch(/^Mar 2, 2027, 1:30\sAM$/);
    expect(day('2027-03-01T22:30:00Z', 'en')).toBe('Mar 2, 2027');
  } finally {
    if (zone === undefined) delete process.env.TZ;
    else process.env.TZ = zone;
  }
});
