import fc from 'fast-check';
import { expect, test } from 'vitest';
import { emptyRecord, withWaiting } from './my-record.ts';
import { type LoggedEvent, sumUp } from './progress.ts';

const event = (
  verb: LoggedEvent['verb'],
  stored: string,
  score: number | null = null,
  success: number | null = null,
  attempt: string | null = null,
): LoggedEvent => ({ verb, stored, score, success, attempt });

test('an attempt that fails, one that passes and one that fails again: the best counts', () => {
  const events = [
    event('initialized', '2026-03-01T10:00:00Z'),
    event('completed', '2026-03-01T10:20:00Z', 0.5, 0),
    event('initialized', '2026-03-02T10:00:00Z'),
    event('completed', '2026-03-02T10:20:00Z', 0.875, 1),
    event('initialized', '2026-03-03T10:00:00Z'),
    event('completed', '2026-03-03T10:20:00Z', 0.25, 0),
  ];
  expect(sumUp(events)).toEqual({
    attempts: 3,
    bestScore: 0.875,
    completedAt: '2026-03-01T10:20:00Z',
    passedAt: '2026-03-02T10:20:00Z',
    lastAt: '2026-03-03T10:20:00Z',
  });
});

test('the order of arrival changes nothing', () => {
  const one = fc.record({
    verb: fc.constantFrom<LoggedEvent['verb']>(
      'answered',
      'initialized',
      'completed',
      'experienced',
      'scored',
    ),
    stored: fc
      .date({ min: new Date(0), max: new Date(2e12), noInvalidDate: true })
      .map((date) => date.toISOString()),
    score: fc.option(fc.double({ min: 0, max: 1, noNaN: true })),
    success: fc.option(fc.constantFrom(0, 1)),
    attempt: fc.option(fc.constantFrom('a', 'b')),
    rule: fc.option(
      fc.record({ counts: fc.constantFrom('best', 'last', 'average'), pass: fc.constant(0.5) }),
      { nil: undefined },
    ),
  });
  fc.assert(
    fc.property(fc.array(one, { minLength: 1 }), (events) => {
      expect(sumUp(events.toReversed())).toEqual(sumUp(events));
    }),
  );
});

test('what waits on the device counts for its owner before the server has it', () => {
  const waiting = {
    id: '0198c1de-0000-7000-8000-000000000001',
    timestamp: '2026-03-01T11:59:00Z',
    object: 'course/module/lesson',
  };
  const sum = withWaiting(emptyRecord(), [
    { ...waiting, verb: 'completed' },
    {
      ...waiting,
      verb: 'commented',
      object: 'course/module/lesson/note',
      result: { response: 'My note' },
    },
  ]);
  expect(sum.done).toEqual(['course/module/lesson']);
  expect(sum.notes).toEqual({ 'course/module/lesson/note': 'My note' });
});
