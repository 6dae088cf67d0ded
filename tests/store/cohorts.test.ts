import { describe, expect, test } from 'vitest';
import { createPinLearner } from '#features/accounts/account.server.ts';
import { insertAccount } from '#features/accounts/account.store.ts';
import { nameKey } from '#platform/name-key.ts';
import { createCohort, join } from '#features/cohorts/cohort.server.ts';
import { readCohort, readEvidence, readOverview } from '#features/cohorts/cohort.store.ts';
import { MembersQuery } from '#features/cohorts/forms.ts';
import { readMatrix } from '#features/cohorts/matrix.server.ts';
import { openDoor } from '#features/learning-log/door.server.ts';
import { type Database, databases } from '../support/databases.ts';

const now = new Date('2026-03-20T10:00:00Z');
const lessons = ['c/m/one', 'c/m/two'];
const banks = ['c/m/check'];

/** A cohort in which Ana has finished, Bo has begun long ago, and 100 % Chi and Dee have not begun. */
async function cohortOn({ write }: Database) {
  const instructorId = crypto.randomUUID();
  await insertAccount(write, {
    id: instructorId,
    name: 'Efua',
    role: 'instructor',
    email: null,
    email_confirmed_at: null,
    password_hash: null,
    pin_hash: null,
    created_at: now.toISOString(),
  });
  const cohort = await createCohort(write, {
    name: 'G',
    course: 'c',
    starts_on: null,
    ends_on: null,
    instructorId,
    now,
  });
  const ids: Record<string, string> = {};
  for (const name of ['Dee', 'Ana', '100 % Chi', 'Bo']) {
    ids[name] = await createPinLearner(write, { name, pin: '480217', now });
    await join(write, { cohortId: cohort.id, accountId: ids[name], nameKey: nameKey(name), now });
  }
  const door = openDoor(write, {
    completed: async ({ object }) =>
      object === 'c/m/check' ? { score: 0.875, success: true } : {},
  });
  const send = (name: string, time: string, verb: string, object: string) =>
    door.accept(
      ids[name]!,
      [{ id: crypto.randomUUID(), verb, object, timestamp: time }] as never,
      new Date(time),
    );
  await send('Ana', '2026-03-19T10:00:00Z', 'completed', lessons[0]!);
  await send('Ana', '2026-03-19T11:00:00Z', 'completed', lessons[1]!);
  await send('Ana', '2026-03-19T12:00:00Z', 'completed', banks[0]!);
  await send('Ana', '2026-03-19T12:01:00Z', 'commented', 'c/m/one/note');
  await send('Bo', '2026-03-02T10:00:00Z', 'experienced', lessons[0]!);
  return { cohort, ids, instructorId, scope: { cohortId: cohort.id, lessons, banks, now } };
}

describe.for(databases)('a cohort on $name', ({ empty }) => {
  test('the table shows everyone with what they have done, those who have not begun included', async () => {
    const database = await empty();
    const { scope } = await cohortOn(database);
    const { count, rows } = await readMatrix(database.read, scope, MembersQuery.parse({}));
    expect(count).toBe(4);
    expect(rows.map(({ name, done }) => [name, done])).toEqual([
      ['100 % Chi', 0],
      ['Ana', 2],
      ['Bo', 0],
      ['Dee', 0],
    ]);
    expect(rows[1]).toMatchObject({
      lessons: [{ state: 'done' }, { state: 'done' }],
      banks: [{ state: 'tried', best: 0.875, passed: true }],
    });
    expect(rows[2]).toMatchObject({
      lessons: [{ state: 'begun' }, { state: 'none' }],
      banks: [{ state: 'none' }],
    });
  });

  test('the sentences above it count right', async () => {
    const database = await empty();
    const { scope } = await cohortOn(database);
    expect(await readOverview(database.read, scope)).toEqual({
      members: 4,
      begun: 2,
      finished: 1,
      quiet: 1,
    });
  });

  test.for([
    [{ show: 'quiet' }, ['Bo']],
    [{ show: 'not-begun' }, ['100 % Chi', 'Dee']],
    [{ show: 'finished' }, ['Ana']],
    [{ sort: 'done' }, ['Ana', '100 % Chi', 'Bo', 'Dee']],
    [{ sort: 'seen' }, ['Ana', 'Bo', '100 % Chi', 'Dee']],
    [{ search: 'AN' }, ['Ana']],
    // These mean something to SQL, and nothing here.
    [{ search: '%' }, ['100 % Chi']],
    [{ search: '_' }, []],
  ] as const)('filter %j shows %j', async ([query, names]) => {
    const database = await empty();
    const { scope } = await cohortOn(database);
    const { rows } = await readMatrix(database.read, scope, MembersQuery.parse(query));
    expect(rows.map(({ name }) => name)).toEqual(names);
  });

  test('pages follow each other, and one too far shows the last', async () => {
    const database = await empty();
    const { scope } = await cohortOn(database);
    const page = async (n: number) => {
      const { rows, pages } = await readMatrix(
        database.read,
        scope,
        MembersQuery.parse({ page: n }),
        3,
      );
      return [pages, ...rows.map(({ name }) => name)];
    };
    expect(await page(1)).toEqual([2, '100 % Chi', 'Ana', 'Bo']);
    expect(await page(2)).toEqual([2, 'Dee']);
    expect(await page(9)).toEqual([2, 'Dee']);
  });

  test('the evidence leaves private notes out, and is for the cohort’s own instructor', async () => {
    const database = await empty();
    const { ids, cohort, instructorId } = await cohortOn(database);
    const events = await readEvidence(database.read, {
      accountId: ids.Ana!,
      course: 'c',
      limit: 10,
    });
    expect(events.map(({ verb }) => verb)).toEqual(['completed', 'completed', 'completed']);
    expect(await readCohort(database.read, { id: cohort.id, instructorId })).toMatchObject({
      name: 'G',
    });
    expect(
      await readCohort(database.read, { id: cohort.id, instructorId: 'other' }),
    ).toBeUndefined();
  });
});
