import { describe, expect, test } from 'vitest';
import type { Judges } from '#features/learning-log/accept.server.ts';
import { openDoor } from '#features/learning-log/door.server.ts';
import { readRecord } from '#features/learning-log/my-record.server.ts';
import { readProgress, rebuildProgress } from '#features/learning-log/progress.store.ts';
import { readLog } from '#features/learning-log/record.store.ts';
import { databases } from '../support/databases.ts';

const object = 'course/module/bank/question';
const answered = (change: object = {}) => ({
  id: crypto.randomUUID(),
  verb: 'answered',
  object,
  result: { response: { kind: 'true-false', value: true } },
  timestamp: '2026-03-01T11:59:00Z',
  ...change,
});
const right: Judges = { answered: async () => ({ score: 1 }) };
const at = (time: string) => new Date(`2026-03-${time}Z`);

describe.for(databases)('what is recorded on $name', ({ empty }) => {
  test('an event sent again with its fields in another order is the same event', async () => {
    const { write } = await empty();
    const door = openDoor(write, right);
    const event = answered();
    await door.accept('ada', [event]);
    const turned = Object.fromEntries(Object.entries(event).reverse()) as typeof event;
    expect(await door.accept('ada', [turned])).toEqual([{ id: event.id, status: 'duplicate' }]);
  });

  test('of two different events with one id in one batch, the first counts', async () => {
    const { read, write } = await empty();
    const door = openDoor(write, { answered: async ({ result }) => ({ score: result ? 1 : 0 }) });
    const event = answered({ result: undefined });
    const better = { ...event, result: { response: { kind: 'true-false', value: true } } };
    const outcomes = await door.accept('ada', [event, better]);
    expect(outcomes.map(({ status }) => status)).toEqual(['stored', 'conflict']);
    expect(await readProgress(read, 'ada', 'course')).toMatchObject([
      { attempts: 1, best_score: 0 },
    ]);
  });

  test('whoever takes another’s event id learns nothing from it and gets nothing recorded', async () => {
    const { read, write } = await empty();
    const door = openDoor(write, right);
    const event = answered();
    await door.accept('ada', [event]);
    const before = await readLog(read, 'ada');
    for (const sent of [event, { ...event, object: 'course/module/bank/other' }]) {
      // Nothing beside the two fields: a mark or a reason would be a way to try answers.
      expect(await door.accept('eve', [sent])).toEqual([{ id: event.id, status: 'conflict' }]);
    }
    expect(await readLog(read, 'eve')).toEqual([]);
    expect(await readProgress(read, 'eve', 'course')).toEqual([]);
    expect(await readLog(read, 'ada')).toEqual(before);
  });

  test('two people who send one id at once through two servers: one is stored, one is a conflict', async () => {
    const { read, write } = await empty();
    const doors = [openDoor(write, right), openDoor(write, right)];
    const event = answered();
    const outcomes = await Promise.all(
      ['ada', 'bob'].map((who, which) => doors[which]!.accept(who, [event])),
    );
    expect(
      outcomes
        .flat()
        .map(({ status }) => status)
        .sort(),
    ).toEqual(['conflict', 'stored']);
    expect(await read.selectFrom('learning_event').selectAll().execute()).toHaveLength(1);
  });

  test('twenty copies that arrive at once through two servers are stored once', async () => {
    const { read, write } = await empty();
    const doors = [openDoor(write, right), openDoor(write, right)];
    const event = answered();
    const all = await Promise.all(
      Array.from({ length: 20 }, (_, copy) => doors[copy % 2]!.accept('ada', [event])),
    );
    const statuses = all.flat().map(({ status }) => status);
    expect(statuses.filter((status) => status === 'stored')).toHaveLength(1);
    expect(statuses.filter((status) => status === 'duplicate')).toHaveLength(19);
    expect(await readProgress(read, 'ada', 'course')).toMatchObject([{ attempts: 1 }]);
  });

  test.for([
    ['a verb that there is not', { verb: 'passed' }],
    ['somebody else’s name', { actor: 'bob' }],
    ['a mark of one’s own', { score: 1 }],
    ['a way out of the folder', { object: '../course/module' }],
    ['an object in capitals', { object: 'Course/module' }],
    ['an object that is a course alone', { object: 'course' }],
    ['an object without end', { object: `course/${'x'.repeat(200)}` }],
    ['no time', { timestamp: undefined }],
    ['a time in words', { timestamp: 'yesterday' }],
    ['an attempt that is no id', { attempt: 'mine' }],
  ] as const)('an event with %s is refused alone', async ([, change]) => {
    const { read, write } = await empty();
    const bad = answered(change);
    const outcomes = await openDoor(write, right).accept('ada', [answered(), bad, answered()]);
    expect(outcomes.map(({ status }) => status)).toEqual(['stored', 'refused', 'stored']);
    expect(outcomes[1]).toEqual({ id: bad.id, status: 'refused', reason: 'malformed' });
    expect(await readLog(read, 'ada')).toHaveLength(2);
  });

  test('an event that was refused may be sent again once it is put right', async () => {
    const { write } = await empty();
    const door = openDoor(write, right);
    const event = answered();
    await door.accept('ada', [{ ...event, verb: 'tried' }]);
    expect(await door.accept('ada', [event])).toEqual([{ id: event.id, status: 'stored' }]);
  });

  test('when one of a batch cannot be judged, none of the batch is kept, and sending it again stores all', async () => {
    const { read, write } = await empty();
    let broken = true;
    const door = openDoor(write, {
      answered: async ({ object: of }) => {
        if (broken && of.endsWith('second')) throw new Error('broken');
        return { score: 1 };
      },
    });
    const batch = [answered(), answered({ object: 'course/module/bank/second' }), answered()];
    await expect(door.accept('ada', batch)).rejects.toThrow('broken');
    expect(await readLog(read, 'ada')).toEqual([]);
    expect(await readProgress(read, 'ada', 'course')).toEqual([]);
    broken = false;
    const outcomes = await door.accept('ada', batch);
    expect(outcomes.map(({ status }) => status)).toEqual(['stored', 'stored', 'stored']);
  });

  test('an answer that arrives a week late counts, and changes no date that was earlier', async () => {
    const { read, write } = await empty();
    const door = openDoor(write, {
      answered: async ({ result }) => ({ score: result === null ? 0 : 1 }),
      completed: async () => ({ success: true }),
    });
    await door.accept('ada', [answered({ verb: 'completed' })], at('02T10:00:00'));
    await door.accept('ada', [answered({ verb: 'completed' })], at('03T10:00:00'));
    await door.accept('ada', [answered({ result: null })], at('09T10:00:00'));
    expect(await readProgress(read, 'ada', 'course')).toEqual([
      {
        actor_id: 'ada',
        object,
        attempts: 1,
        best_score: 0,
        completed_at: '2026-03-02T10:00:00.000Z',
        passed_at: '2026-03-02T10:00:00.000Z',
        last_at: '2026-03-09T10:00:00.000Z',
      },
    ]);
  });

  test('one learner’s answers never count for another, nor one course’s for one that begins alike', async () => {
    const { read, write } = await empty();
    const door = openDoor(write, right);
    await door.accept('ada', [answered(), answered({ object: 'course-two/module/bank/question' })]);
    await door.accept('adam', [answered()]);
    expect(await readProgress(read, 'ada', 'course')).toMatchObject([{ object, attempts: 1 }]);
    expect(await readProgress(read, 'ada', 'course-two')).toHaveLength(1);
    expect(await readProgress(read, 'adam', 'course')).toMatchObject([{ attempts: 1 }]);
    expect(await readProgress(read, 'ad', 'course')).toEqual([]);
  });

  test('a lesson shows its reader’s last answers and notes, and nothing of a graded attempt', async () => {
    const { read, write } = await empty();
    const attempt = crypto.randomUUID();
    const door = openDoor(write, {
      answered: async (event) => ({ score: 1, attempt: event.attempt ?? null }),
    });
    const note = (response: string) =>
      answered({ verb: 'commented', object: 'course/module/lesson/mine', result: { response } });
    const no = { response: { kind: 'true-false', value: false } };
    await door.accept('ada', [answered(), note('First')], at('02T10:00:00'));
    await door.accept('ada', [answered({ result: no }), note('Second')], at('03T10:00:00'));
    await door.accept('ada', [answered({ object: 'course/module/check/q', attempt })]);
    await door.accept('ada', [answered({ object: 'course/other/bank/q' })]);
    await door.accept('ada', [answered({ verb: 'completed', object: 'course/module/lesson' })]);
    await door.accept('bob', [note('Somebody else’s')]);
    const lesson = 'course/module/lesson';
    expect(await readRecord(read, { actorId: 'ada', course: 'course', lesson })).toEqual({
      done: ['course/module/lesson'],
      answers: { [object]: no.response },
      notes: { 'course/module/lesson/mine': 'Second' },
    });
    expect(await readRecord(read, { actorId: 'ada', course: 'course' })).toEqual({
      done: ['course/module/lesson'],
      answers: {},
      notes: {},
    });
  });

  test('sums that were lost or are wrong come back from the log, every learner’s last visit too', async () => {
    const { read, write } = await empty();
    const door = openDoor(write, right);
    await door.accept('ada', [answered()], at('02T10:00:00'));
    await door.accept('ada', [answered()], at('05T10:00:00'));
    await door.accept('bob', [answered()], at('03T10:00:00'));
    const seen = () => read.selectFrom('actor').selectAll().orderBy('id').execute();
    const sums = () => read.selectFrom('progress').selectAll().orderBy('actor_id').execute();
    const before = [await seen(), await sums()];
    await write.deleteFrom('progress').execute();
    await write.updateTable('actor').set({ last_at: '1999-01-01T00:00:00.000Z' }).execute();
    expect(await rebuildProgress(write)).toBe(2);
    expect([await seen(), await sums()]).toEqual(before);
    // A second time changes nothing more.
    await rebuildProgress(write);
    expect([await seen(), await sums()]).toEqual(before);
  });

  test('an empty log makes no sums', async () => {
    const { write } = await empty();
    expect(await rebuildProgress(write)).toBe(0);
  });
});
