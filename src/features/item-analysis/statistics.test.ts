import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Taken, correlation, cronbachAlpha, statisticsOf } from './statistics.ts';

const taken = (
  learner: string,
  marks: Record<string, number>,
  more: Partial<Taken> = {},
): Taken => ({
  learner,
  marks,
  given: {},
  certainty: {},
  ...more,
});
/** Four learners and three questions of rising difficulty. */
const ladder = [
  taken('ada', { one: 1, two: 1, three: 1 }),
  taken('ben', { one: 1, two: 1, three: 0 }),
  taken('cem', { one: 1, two: 0, three: 0 }),
  taken('dia', { one: 0, two: 0, three: 0 }),
];
const order = ['one', 'two', 'three'];

describe('worked out by hand', () => {
  const { items, mean, deviation, reliability } = statisticsOf(ladder, order);

  test('facility is the mean mark', () => {
    expect(items.map(({ facility }) => facility)).toEqual([0.75, 0.5, 0.25]);
    expect(mean).toBeCloseTo(0.5, 12);
  });

  test('the deviations are those of a sample', () => {
    // Shares 1, 2/3, 1/3, 0 about 1/2: squares sum to 5/9, divided by 3.
    expect(deviation).toBeCloseTo(Math.sqrt(5 / 27), 12);
    // 1, 1, 0, 0 about 1/2: squares sum to 1, divided by 3.
    expect(items[1]!.deviation).toBeCloseTo(Math.sqrt(1 / 3), 12);
  });

  test('discrimination is the correlation with the rest of the attempt', () => {
    // Question one: 1 1 1 0 about .75; the rest 1 .5 0 0 about .375. Products sum to .375, squares to .75 and .6875.
    expect(items[0]!.discrimination).toBeCloseTo(0.375 / Math.sqrt(0.75 * 0.6875), 9);
    // Question two: 1 1 0 0 about .5; the rest 1 .5 .5 0 about .5. Products sum to .5, squares to 1 and .5.
    expect(items[1]!.discrimination).toBeCloseTo(0.5 / Math.sqrt(0.5), 9);
  });

  test('alpha is Cronbach’s where all had the same questions', () => {
    // Variances 1/4, 1/3, 1/4; of the totals 3 2 1 0: 5/3. 3/2 (1 - (5/6) / (5/3)) = 3/4.
    expect(reliability).toBeCloseTo(0.75, 9);
  });

  test('alpha over different questions comes from those who had them', () => {
    const attempts = [
      taken('ada', { a: 1, b: 1 }),
      taken('ben', { a: 0, b: 0.5 }),
      taken('cem', { b: 1, c: 0.5 }),
      taken('dia', { b: 0, c: 0.5 }),
    ];
    // Variances: a 1/2, b (1, .5, 1, 0) .6875/3, c 0. Covariances: a with b 1/4, b with c 0; a with c nobody had.
    const v = (0.5 + 0.6875 / 3 + 0) / 3;
    const c = 0.25 / 2;
    expect(cronbachAlpha(attempts, 2)).toBeCloseTo((2 * c) / (v + c), 9);
  });

  test('what was chosen is counted for all, the best and the weakest third', () => {
    const choose = (part: string) => ({ given: { one: [part] } });
    const attempts = [
      taken('ada', { one: 0, two: 1 }, choose('c')),
      taken('ben', { one: 0, two: 1 }, choose('c')),
      taken('cem', { one: 1, two: 0.5 }, choose('a')),
      taken('dia', { one: 1, two: 0.5 }, choose('a')),
      taken('eve', { one: 1, two: 0 }, choose('a')),
      taken('fay', { one: 0, two: 0 }, choose('b')),
    ];
    const [one] = statisticsOf(attempts, ['one']).items;
    expect(one).toMatchObject({ third: 2 });
    expect(one!.given).toEqual([
      { part: 'a', all: 3, best: 0, weakest: 1 },
      { part: 'c', all: 2, best: 2, weakest: 0 },
      { part: 'b', all: 1, best: 0, weakest: 1 },
    ]);
  });

  test('certainty is set beside the marks', () => {
    const sure = (certainty: 1 | 2 | 3) => ({ certainty: { one: certainty } });
    const attempts = [
      taken('ada', { one: 1 }, sure(3)),
      taken('ben', { one: 0 }, sure(3)),
      taken('cem', { one: 0.5 }, sure(1)),
    ];
    expect(statisticsOf(attempts, ['one']).items[0]!.calibration).toEqual([
      { certainty: 3, count: 2, mean: 0.5, wrong: 1 },
      { certainty: 1, count: 1, mean: 0.5, wrong: 0 },
    ]);
  });
});

test('where all have the same mark, nothing is said of discrimination or alpha', () => {
  const alike = ['ada', 'ben', 'cem'].map((one) => taken(one, { one: 0.3, two: 0.3 }));
  const { items, reliability } = statisticsOf(alike, ['one', 'two']);
  expect(items.map(({ discrimination }) => discrimination)).toEqual([null, null]);
  expect(reliability).toBeNull();
  expect(correlation([1], [1])).toBeNull();
  expect(statisticsOf([], order)).toMatchObject({ attempts: 0, items: [], reliability: null });
});

const mark = fc.constantFrom(0, 0.25, 0.5, 1);
const attempts = fc
  .array(fc.record({ one: mark, two: mark, three: mark }), { minLength: 2, maxLength: 30 })
  .map((all) => all.map((marks, at) => taken(`l${String(at).padStart(2, '0')}`, marks)));

test('facility and discrimination stay within what they can be, in any order of learners', () => {
  fc.assert(
    fc.property(attempts, (all) => {
      const statistics = statisticsOf(all, order);
      for (const { facility, discrimination } of statistics.items) {
        expect(facility).toBeGreaterThanOrEqual(0);
        expect(facility).toBeLessThanOrEqual(1);
        if (discrimination !== null) expect(Math.abs(discrimination)).toBeLessThanOrEqual(1);
      }
      const turned = statisticsOf(all.toReversed(), order);
      for (const [at, item] of statistics.items.entries()) {
        expect(turned.items[at]!.facility).toBeCloseTo(item.facility, 9);
        expect(turned.items[at]!.given).toEqual(item.given);
      }
      if (statistics.reliability === null) expect(turned.reliability).toBeNull();
      else expect(turned.reliability).toBeCloseTo(statistics.reliability, 9);
    }),
  );
});

test('with the same questions for all, alpha is what Cronbach’s own formula gives', () => {
  const variance = (values: number[]) => {
    const mean = values.reduce((a, b) => a + b, 0) / values.length;
    return values.reduce((a, b) => a + (b - mean) ** 2, 0) / (values.length - 1);
  };
  fc.assert(
    fc.property(attempts, (all) => {
      const alpha = cronbachAlpha(all, 3);
      const totals = variance(all.map(({ marks }) => marks.one! + marks.two! + marks.three!));
      if (alpha === null || totals < 1e-9) return;
      const parts = order.map((id) => variance(all.map(({ marks }) => marks[id]!)));
      const sum = parts.reduce((a, b) => a + b, 0);
      expect(alpha).toBeCloseTo((3 / 2) * (1 - sum / totals), 9);
    }),
  );
});

test('what can’t be is not taken for a dependable test', () => {
  const pairs = [
    ['x', 'y', 1, 0],
    ['x', 'y', 0, 1],
    ['y', 'z', 1, 0],
    ['y', 'z', 0, 1],
    ['x', 'z', 0, 1],
    ['x', 'z', 1, 0],
  ] as const;
  const all = pairs.map(([a, b, one, other], at) => taken(`l${at}`, { [a]: one, [b]: other }));
  expect(cronbachAlpha(all, 2)).toBeNull();
});

test('small draws from a large bank say nothing of how dependable it is', () => {
  const all = Array.from({ length: 20 }, (_, at) =>
    taken(
      `l${at}`,
      Object.fromEntries([0, 1, 2, 3, 4].map((n) => [`q${(at * 7 + n * 3) % 40}`, n % 2])),
    ),
  );
  expect(statisticsOf(all, []).reliability).toBeNull();
});
