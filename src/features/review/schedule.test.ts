import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rhythmOf } from './rhythm.ts';
import { type Answering, dueNow, ratingOf, scheduleOf, sessionLength } from './schedule.ts';

const at = (day: number, hour = 10) => new Date(Date.UTC(2026, 2, day, hour)).toISOString();
const answered = (day: number, score: number, more: Partial<Answering> = {}): Answering => ({
  object: 'q',
  score,
  tries: 1,
  hints: 0,
  certainty: undefined,
  timestamp: at(day),
  stored: at(day),
  ...more,
});
const daysUntil = (answers: Answering[], from: number) =>
  (scheduleOf(answers).get('q')!.due.getTime() - Date.parse(at(from))) / 86_400_000;

test('the better it was known, the later it comes back', () => {
  const missed = daysUntil([answered(1, 0)], 1);
  const withHint = daysUntil([answered(1, 1, { hints: 1 })], 1);
  const known = daysUntil([answered(1, 1)], 1);
  const surely = daysUntil([answered(1, 1, { certainty: 3 })], 1);
  expect(missed).toBeGreaterThanOrEqual(1);
  expect(missed).toBeLessThanOrEqual(withHint);
  expect(withHint).toBeLessThan(known);
  expect(known).toBeLessThan(surely);
});

test('remembered again and again, it comes back at ever longer intervals; forgotten, soon', () => {
  const first = daysUntil([answered(1, 1)], 1);
  const second = daysUntil([answered(1, 1), answered(4, 1)], 4);
  const third = daysUntil([answered(1, 1), answered(4, 1), answered(20, 1)], 20);
  expect(second).toBeGreaterThan(first);
  expect(third).toBeGreaterThan(second);
  const lapsed = daysUntil([answered(1, 1), answered(4, 1), answered(20, 0)], 20);
  expect(lapsed).toBeLessThan(second);
});

test.for([
  [{ score: 0.4 }, 1],
  [{ score: 0.5 }, 2],
  [{ score: 1, tries: 2 }, 2],
  [{ score: 1, hints: 1 }, 2],
  [{ score: 1 }, 3],
  [{ score: 1, certainty: 2 }, 3],
  [{ score: 1, certainty: 3 }, 4],
  [{ score: 0, certainty: 3 }, 1],
] as const)('%o is taken as grade %i of FSRS', ([more, rating]) => {
  expect(ratingOf(answered(1, 0, more))).toBe(rating);
});

test('of several answers on one day the first counts', () => {
  const once = scheduleOf([answered(1, 0)]);
  const again = scheduleOf([
    answered(1, 1, { timestamp: at(1, 11), stored: at(1, 11) }),
    answered(1, 0),
  ]);
  expect(again).toEqual(once);
});

test('a clock that runs ahead can’t put an answer after the time it was received', () => {
  const ahead = answered(1, 1, { timestamp: at(30) });
  expect(scheduleOf([ahead])).toEqual(scheduleOf([answered(1, 1)]));
});

test('the order in which answers arrive changes nothing', () => {
  const one = fc.record({
    object: fc.constantFrom('q', 'r'),
    day: fc.integer({ min: 1, max: 28 }),
    hour: fc.integer({ min: 0, max: 23 }),
    score: fc.constantFrom(0, 0.5, 1),
    tries: fc.constantFrom(1, 2),
  });
  fc.assert(
    fc.property(fc.array(one), (list) => {
      const answers = list.map(({ day, hour, object, score, tries }) =>
        answered(day, score, { object, tries, timestamp: at(day, hour), stored: at(day, hour) }),
      );
      const plain = (of: Answering[]) =>
        [...scheduleOf(of).values()].sort((a, b) => a.object.localeCompare(b.object));
      expect(plain(answers.toReversed())).toEqual(plain(answers));
    }),
  );
});

test('what is most at risk comes first, what was never answered last, what is not due not at all', () => {
  const schedule = scheduleOf([
    answered(1, 1, { object: 'known' }),
    answered(1, 0, { object: 'missed' }),
    answered(27, 1, { object: 'fresh' }),
  ]);
  const now = new Date(at(28));
  const { due, waiting, next } = dueNow(schedule, ['new', 'known', 'fresh', 'missed'], now);
  expect(due).toEqual(['missed', 'known', 'new']);
  expect(waiting).toBe(3);
  expect(next).toEqual(schedule.get('fresh')!.due);
});

test('a session is never longer than ten minutes', () => {
  const many = Array.from({ length: 50 }, (_, n) => `q${n}`);
  const { due, waiting } = dueNow(new Map(), many, new Date(at(1)));
  expect(due).toEqual(many.slice(0, sessionLength));
  expect(waiting).toBe(50);
});

test('a rhythm counts days, not answers, and says how long one was away', () => {
  const now = new Date(at(10));
  expect(rhythmOf([], now)).toEqual({ daysOfWeek: 0, daysAway: undefined, today: false });
  expect(rhythmOf([at(10, 8), at(10, 9), at(8), at(2)], now)).toEqual({
    daysOfWeek: 2,
    daysAway: 2,
    today: true,
  });
  expect(rhythmOf([at(1)], now)).toEqual({ daysOfWeek: 0, daysAway: 9, today: false });
});
