import { describe, expect, test } from 'vitest';
import type { Judges } from '#features/learning-log/accept.server.ts';
import { openDoor } from '#features/learning-log/door.server.ts';
import { rebuildProgress } from '#features/learning-log/progress.store.ts';
import { forgetNotes, readLog } from '#features/learning-log/record.store.ts';
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

describe.for(databases)('the learning log on $name', ({ empty }) => {
  test('the same event twice counts once', async () => {
    const { read, write } = await empty();
    const door = openDoor(write, right);
    const event = answered();
    expect(await door.accept('ada', [event])).toEqual([{ id: event.id, status: 'stored' }]);
    expect(await door.accept('ada', [event, event])).toEqual([
      { id: event.id, status: 'duplicate' },
      { id: event.id, status: 'duplicate' },
    ]);
    expect(await read.selectFrom('progress').selectAll().execute()).toMatchObject([
      { attempts: 1, best_score: 1 },
    ]);
  });

  test('an id used again for something else, or by somebody else, is a conflict that changes and tells nothing', async () => {
    const { read, write } = await empty();
    const door = openDoor(write, right);
    const event = answered();
    await door.accept('ada', [event]);
    const forged = { ...event, timestamp: '2026-03-01T12:00:00Z' };
    expect(await door.accept('ada', [forged])).toEqual([{ id: event.id, status: 'conflict' }]);
    expect(await door.accept('eve', [event])).toEqual([{ id: event.id, status: 'conflict' }]);
    expect(await read.selectFrom('learning_event').selectAll().execute()).toHaveLength(1);
  });

  test('an event in an old shape is refused alone; those around it are stored', async () => {
    const { write } = await empty();
    const door = openDoor(write, right);
    const outcomes = await door.accept('ada', [
      answered(),
      answered({ verb: 'tried' }),
      answered(),
    ]);
    expect(outcomes.map(({ status }) => status)).toEqual(['stored', 'refused', 'stored']);
  });

  test('200 answers at once are 200 attempts', async () => {
    const { read, write } = await empty();
    const doors = [openDoor(write, right), openDoor(write, right)];
    const all = await Promise.all(
      Array.from({ length: 200 }, (_, at) => doors[at % 2]!.accept('ada', [answered()])),
    );
    expect(all.flat().every(({ status }) => status === 'stored')).toBe(true);
    expect(await read.selectFrom('progress').select('attempts').execute()).toEqual([
      { attempts: 200 },
    ]);
  });

  test('a whole conference that answers at once is stored at once', async () => {
    const { read, write } = await empty();
    let judged = 0;
    const door = openDoor(write, {
      answered: async ({ object: of }) => {
        if (of.endsWith('q0')) judged++;
        return { score: 1 };
      },
    });
    const all = await Promise.all(
      Array.from({ length: 3000 }, (_, at) =>
        door.accept(`learner-${at}`, [answered({ object: `course/module/bank/q${at}` })]),
      ),
    );
    expect(all.flat().every(({ status }) => status === 'stored')).toBe(true);
    // Judged once: not together first and then, because that failed, alone again.
    expect(judged).toBe(1);
    expect(await read.selectFrom('progress').select('object').execute()).toHaveLength(3000);
  });

  test('twenty copies of one event at once are stored once', async () => {
    const { write } = await empty();
    const door = openDoor(write, right);
    const event = answered();
    const all = await Promise.all(Array.from({ length: 20 }, () => door.accept('ada', [event])));
    const statuses = all.flat().map(({ status }) => status);
    expect(statuses.filter((status) => status === 'stored')).toHaveLength(1);
    expect(statuses.filter((status) => status === 'duplicate')).toHaveLength(19);
  });

  test('a request that cannot be stored does not take down another that came with it', async () => {
    const { read, write } = await empty();
    const door = openDoor(write, {
      answered: async ({ timestamp }) => {
        if (timestamp.startsWith('1999')) throw new Error('broken');
        return { score: 1 };
      },
    });
    const [good, bad] = await Promise.allSettled([
      door.accept('ada', [answered()]),
      door.accept('bob', [answered({ timestamp: '1999-01-01T00:00:00Z' })]),
    ]);
    expect(good.status).toBe('fulfilled');
    expect(bad.status).toBe('rejected');
    expect(await read.selectFrom('learning_event').select('actor_id').execute()).toEqual([
      { actor_id: 'ada' },
    ]);
  });

  test('all sums can be thrown away and made again from the log', async () => {
    const { read, write } = await empty();
    const door = openDoor(write, right);
    for (const who of ['ada', 'bob']) {
      await door.accept(who, [
        answered(),
        answered(),
        answered({ verb: 'completed', object: 'course/module/lesson' }),
      ]);
    }
    const sums = () =>
      read.selectFrom('progress').selectAll().orderBy('actor_id').orderBy('object').execute();
    const before = await sums();
    await write.updateTable('progress').set({ attempts: 99 }).execute();
    expect(await rebuildProgress(write)).toBe(4);
    expect(await sums()).toEqual(before);
  });

  test('who leaves takes their private notes along; their answers stay', async () => {
    const { read, write } = await empty();
    const door = openDoor(write, right);
    await door.accept('ada', [
      answered(),
      answered({ verb: 'commented', result: { response: 'about Kofi' } }),
    ]);
    await forgetNotes(write, 'ada');
    expect((await readLog(read, 'ada')).map(({ verb }) => verb)).toEqual(['answered']);
  });
});
