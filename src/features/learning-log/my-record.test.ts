import { expect, test } from 'vitest';
import type { LearningEvent } from './event.ts';
import { type MyRecord, emptyRecord, withWaiting } from './my-record.ts';

const object = 'course/module/bank/question';
const event = (change: Partial<LearningEvent>): LearningEvent => ({
  id: crypto.randomUUID(),
  verb: 'answered',
  object,
  timestamp: '2026-03-01T11:59:00Z',
  ...change,
});
const said = (value: boolean) => ({ response: { kind: 'true-false', value } });
const known: MyRecord = {
  done: ['course/module/lesson'],
  answers: { [object]: said(false).response },
  notes: { 'course/module/lesson/note': 'Old note' },
};

test('with nothing waiting, a reader sees what the server knows', () => {
  expect(withWaiting(known, [])).toEqual(known);
});

test('of two answers that wait, the later one is shown, and it hides the server’s', () => {
  const record = withWaiting(known, [
    event({ result: said(false) }),
    event({ result: said(true) }),
  ]);
  expect(record.answers).toEqual({ [object]: said(true).response });
});

test('a note that was rewritten or emptied offline is shown as it was left', () => {
  const note = (response: string) =>
    event({ verb: 'commented', object: 'course/module/lesson/note', result: { response } });
  expect(withWaiting(known, [note('New note')]).notes).toEqual({
    'course/module/lesson/note': 'New note',
  });
  expect(withWaiting(known, [note('New note'), note('')]).notes).toEqual({
    'course/module/lesson/note': '',
  });
});

test('a lesson finished twice is ticked once', () => {
  const done = event({ verb: 'completed', object: 'course/module/lesson' });
  expect(withWaiting(known, [done, done]).done).toEqual(['course/module/lesson']);
});

test('what waits of a graded attempt shows nothing, least of all that it is done', () => {
  const attempt = crypto.randomUUID();
  const record = withWaiting(emptyRecord(), [
    event({ attempt, result: said(true) }),
    event({ attempt, verb: 'completed', object: 'course/module/check' }),
  ]);
  expect(record).toEqual(emptyRecord());
});

test('opening a lesson does not tick it', () => {
  const visit = event({ verb: 'experienced', object: 'course/module/lesson' });
  expect(withWaiting(emptyRecord(), [visit])).toEqual(emptyRecord());
});

test('what waits in a shape of an older page breaks nothing', () => {
  const record = withWaiting(emptyRecord(), [
    event({ verb: 'commented', result: { response: 7 } }),
    event({ verb: 'commented', result: null }),
    event({ verb: 'commented' }),
  ]);
  expect(record.notes).toEqual({});
});

test('the server’s record is left as it was', () => {
  const before = structuredClone(known);
  withWaiting(known, [event({ verb: 'completed', object: 'course/module/other' })]);
  expect(known).toEqual(before);
});
