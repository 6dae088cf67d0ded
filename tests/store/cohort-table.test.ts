import { describe, expect, test } from 'vitest';
import { insertAccount, readPeople } from '#features/accounts/account.store.ts';
import { nameKey } from '#platform/name-key.ts';
import { createCohort, join } from '#features/cohorts/cohort.server.ts';
import {
  countCohortsOf,
  readCohort,
  readCohortByCode,
  readCohortsJoined,
  readCohortsOf,
  readEvidence,
  readMember,
  readOverview,
} from '#features/cohorts/cohort.store.ts';
import { MembersQuery } from '#features/cohorts/forms.ts';
import { readMatrix } from '#features/cohorts/matrix.server.ts';
import { openDoor } from '#features/learning-log/door.server.ts';
import { type Database, databases } from '../support/databases.ts';

const now = new Date('2026-03-20T10:00:00Z');
const lessons = ['c/m/one', 'c/m/two'];
const banks = ['c/m/check'];

function campusOn({ read, write }: Database) {
  const door = openDoor(write, {
    completed: async ({ object, result }) =>
      object === 'c/m/check' ? { score: Number(result), success: Number(result) >= 0.75 } : {},
  });
  const person = async (name: string, email: string | null = null) => {
    const id = crypto.randomUUID();
    await insertAccount(write, {
      id,
      name,
      role: 'learner',
      email,
      email_confirmed_at: null,
      password_hash: null,
      pin_hash: null,
      created_at: now.toISOString(),
    });
    return id;
  };
  return {
    read,
    write,
    person,
    group: (instructorId: string, name = 'G', created = now) =>
      createCohort(write, {
        name,
        course: 'c',
        starts_on: null,
        ends_on: null,
        instructorId,
        now: created,
      }),
    member: async (cohortId: string, name: string) => {
      const accountId = await person(name);
      await join(write, { cohortId, accountId, nameKey: nameKey(name), now });
      return accountId;
    },
    send: (who: string, verb: string, object: string, time: string, result: unknown = null) =>
      door.accept(
        who,
        [{ id: crypto.randomUUID(), verb, object, timestamp: time, result }],
        new Date(time),
      ),
    table: async (cohortId: string, query: object = {}, limit?: number) => {
      const scope = { cohortId, lessons, banks, now };
      return readMatrix(read, scope, MembersQuery.parse(query), limit);
    },
    overview: (cohortId: string) => readOverview(read, { cohortId, lessons, banks, now }),
  };
}

describe.for(databases)('the table of a cohort on $name', ({ empty }) => {
  test('an empty cohort has an empty table of one page, and nobody in its sentences', async () => {
    const campus = campusOn(await empty());
    const { id } = await campus.group(await campus.person('Efua'));
    expect(await campus.table(id)).toEqual({ count: 0, page: 1, pages: 1, rows: [] });
    expect(await campus.overview(id)).toEqual({ members: 0, begun: 0, finished: 0, quiet: 0 });
  });

  test('who learns in two cohorts is counted once in each, and others’ members in neither', async () => {
    const campus = campusOn(await empty());
    const efua = await campus.person('Efua');
    const [mornings, evenings] = [await campus.group(efua), await campus.group(efua)];
    const ana = await campus.member(mornings.id, 'Ana');
    await join(campus.write, { cohortId: evenings.id, accountId: ana, nameKey: 'ana', now });
    await campus.member(evenings.id, 'Bo');
    for (const lesson of lessons) {
      await campus.send(ana, 'completed', lesson, '2026-03-19T10:00:00.000Z');
    }
    const names = async (id: string) =>
      (await campus.table(id)).rows.map(({ name, done }) => [name, done]);
    expect(await names(mornings.id)).toEqual([['Ana', 2]]);
    expect(await names(evenings.id)).toEqual([
      ['Ana', 2],
      ['Bo', 0],
    ]);
    expect(await campus.overview(mornings.id)).toMatchObject({ members: 1, finished: 1 });
    expect(await campus.overview(evenings.id)).toMatchObject({ members: 2, begun: 1, finished: 1 });
  });

  test('a lesson done twice, and lessons of other courses, do not make anybody finished', async () => {
    const campus = campusOn(await empty());
    const { id } = await campus.group(await campus.person('Efua'));
    const ana = await campus.member(id, 'Ana');
    const done = (object: string) =>
      campus.send(ana, 'completed', object, '2026-03-19T10:00:00.000Z');
    for (const lesson of ['c/m/one', 'c/m/one', 'c-two/m/two', 'c/m/two-more', 'c/m/check']) {
      await done(lesson);
    }
    expect((await campus.table(id)).rows).toMatchObject([{ done: 1 }]);
    expect(await campus.overview(id)).toMatchObject({ begun: 1, finished: 0 });
  });

  test('of several attempts at a check the best is shown, and passed stays passed', async () => {
    const campus = campusOn(await empty());
    const { id } = await campus.group(await campus.person('Efua'));
    const [ana, bo, chi] = [
      await campus.member(id, 'Ana'),
      await campus.member(id, 'Bo'),
      await campus.member(id, 'Chi'),
    ];
    await campus.send(ana, 'initialized', banks[0]!, '2026-03-18T10:00:00.000Z');
    await campus.send(ana, 'completed', banks[0]!, '2026-03-18T10:10:00.000Z', 0.875);
    await campus.send(ana, 'initialized', banks[0]!, '2026-03-19T10:00:00.000Z');
    await campus.send(ana, 'completed', banks[0]!, '2026-03-19T10:10:00.000Z', 0.25);
    await campus.send(bo, 'initialized', banks[0]!, '2026-03-19T10:00:00.000Z');
    await campus.send(chi, 'initialized', banks[0]!, '2026-03-19T10:00:00.000Z');
    await campus.send(chi, 'completed', banks[0]!, '2026-03-19T10:10:00.000Z', 0);
    const cells = (await campus.table(id)).rows.map((row) => row.banks[0]);
    expect(cells).toEqual([
      { state: 'tried', best: 0.875, passed: true, attempts: 2 },
      // Begun, and not told from a mark of nothing by chance.
      { state: 'begun' },
      { state: 'tried', best: 0, passed: false, attempts: 1 },
    ]);
  });

  test('quiet is who was here and then not for a week, to the minute', async () => {
    const campus = campusOn(await empty());
    const { id } = await campus.group(await campus.person('Efua'));
    const [ana, bo] = [await campus.member(id, 'Ana'), await campus.member(id, 'Bo')];
    await campus.member(id, 'Never here');
    await campus.send(ana, 'experienced', lessons[0]!, '2026-03-13T09:59:00.000Z');
    await campus.send(bo, 'experienced', lessons[0]!, '2026-03-13T10:00:00.000Z');
    const { rows } = await campus.table(id, { show: 'quiet' });
    expect(rows.map(({ name }) => name)).toEqual(['Ana']);
    expect(await campus.overview(id)).toEqual({ members: 3, begun: 2, finished: 0, quiet: 1 });
  });

  test('every member is on exactly one page, however many go by one name', async () => {
    const campus = campusOn(await empty());
    const { id } = await campus.group(await campus.person('Efua'));
    const ids: string[] = [];
    for (let at = 0; at < 7; at++) ids.push(await campus.member(id, 'Maria'));
    for (const sort of ['name', 'done', 'seen']) {
      const seen: string[] = [];
      for (const page of [1, 2, 3, 4]) {
        const { rows, pages, count } = await campus.table(id, { page, sort }, 2);
        expect([pages, count]).toEqual([4, 7]);
        seen.push(...rows.map((row) => row.id));
      }
      expect(seen.sort()).toEqual(ids.toSorted());
    }
  });

  test('names that differ by case and accents alone stand together', async () => {
    const campus = campusOn(await empty());
    const { id } = await campus.group(await campus.person('Efua'));
    for (const name of ['Zoe', 'élodie', 'Eli', 'ABENA']) await campus.member(id, name);
    const names = (await campus.table(id)).rows.map(({ name }) => name);
    expect(names).toEqual(['ABENA', 'Eli', 'élodie', 'Zoe']);
  });

  test.for([
    ['100%', ['100% Chi']],
    ['%', ['100% Chi']],
    ['_', ['snake_case']],
    ['\\', ['back\\slash']],
    ["'", ["O'Brien"]],
    ['o’', []],
    ['BRIEN', ["O'Brien"]],
    ['  brien ', ["O'Brien"]],
    ['', ['100% Chi', "O'Brien", 'back\\slash', 'snake_case']],
    ["'; drop table account; --", []],
  ] as const)('searching for "%s" finds %j', async ([search, names]) => {
    const campus = campusOn(await empty());
    const { id } = await campus.group(await campus.person('Efua'));
    for (const name of ['100% Chi', 'snake_case', 'back\\slash', "O'Brien"]) {
      await campus.member(id, name);
    }
    const { rows, count } = await campus.table(id, { search });
    expect(rows.map(({ name }) => name).sort()).toEqual(names.toSorted());
    expect(count).toBe(names.length);
  });

  test('search and filter hold together, and the page number fits what they leave', async () => {
    const campus = campusOn(await empty());
    const { id } = await campus.group(await campus.person('Efua'));
    for (let at = 0; at < 5; at++) await campus.member(id, `Ana ${at}`);
    const begun = await campus.member(id, 'Ana begun');
    await campus.member(id, 'Bo');
    await campus.send(begun, 'experienced', lessons[0]!, '2026-03-19T10:00:00.000Z');
    const found = await campus.table(id, { search: 'ana', show: 'not-begun', page: 9 }, 2);
    expect(found).toMatchObject({ count: 5, pages: 3, page: 3, rows: [{ name: 'Ana 4' }] });
  });

  test('another instructor does not see that a cohort exists; a learner of it is not its instructor', async () => {
    const campus = campusOn(await empty());
    const [efua, kofi] = [await campus.person('Efua'), await campus.person('Kofi')];
    const cohort = await campus.group(efua);
    const ana = await campus.member(cohort.id, 'Ana');
    for (const instructorId of [kofi, ana, '']) {
      expect(await readCohort(campus.read, { id: cohort.id, instructorId })).toBeUndefined();
    }
    expect(await readCohortsOf(campus.read, kofi)).toEqual([]);
    expect(await countCohortsOf(campus.read, kofi)).toBe(0);
    expect(await countCohortsOf(campus.read, efua)).toBe(1);
  });

  test('who is not in a cohort cannot be looked at through it', async () => {
    const campus = campusOn(await empty());
    const efua = await campus.person('Efua');
    const [mornings, evenings] = [await campus.group(efua), await campus.group(efua)];
    const accountId = await campus.member(mornings.id, 'Ana');
    expect(await readMember(campus.read, { cohortId: mornings.id, accountId })).toMatchObject({
      name: 'Ana',
    });
    expect(await readMember(campus.read, { cohortId: evenings.id, accountId })).toBeUndefined();
  });

  test('an instructor’s cohorts are listed newest first with their numbers, the empty one too', async () => {
    const campus = campusOn(await empty());
    const efua = await campus.person('Efua');
    const old = await campus.group(efua, 'Old', new Date('2026-01-01T00:00:00Z'));
    await campus.group(efua, 'New', new Date('2026-02-01T00:00:00Z'));
    await campus.member(old.id, 'Ana');
    await campus.member(old.id, 'Bo');
    const list = await readCohortsOf(campus.read, efua);
    expect(list.map(({ name, members }) => [name, members])).toEqual([
      ['New', 0],
      ['Old', 2],
    ]);
  });

  test('joining twice is joining once, and a learner sees whose cohort it is', async () => {
    const campus = campusOn(await empty());
    const cohort = await campus.group(await campus.person('Efua'), 'Mornings');
    const accountId = await campus.member(cohort.id, 'Ana');
    await join(campus.write, { cohortId: cohort.id, accountId, nameKey: 'ana', now });
    expect(await readCohortsJoined(campus.read, accountId)).toMatchObject([
      { name: 'Mornings', instructor: 'Efua', code: cohort.code },
    ]);
    expect((await campus.table(cohort.id)).count).toBe(1);
    expect(await readCohortByCode(campus.read, cohort.code)).toMatchObject({ id: cohort.id });
    expect(await readCohortByCode(campus.read, 'ACDEFGHJ')).toBeUndefined();
  });

  test('the evidence is of this learner and this course, newest first, without private notes', async () => {
    const campus = campusOn(await empty());
    const { id } = await campus.group(await campus.person('Efua'));
    const [ana, bo] = [await campus.member(id, 'Ana'), await campus.member(id, 'Bo')];
    await campus.send(ana, 'experienced', 'c/m/one', '2026-03-01T10:00:00.000Z');
    await campus.send(ana, 'commented', 'c/m/one/mine', '2026-03-02T10:00:00.000Z', 'My secret');
    await campus.send(ana, 'completed', 'c/m/one', '2026-03-03T10:00:00.000Z');
    await campus.send(ana, 'completed', 'c-two/m/one', '2026-03-04T10:00:00.000Z');
    await campus.send(bo, 'completed', 'c/m/one', '2026-03-05T10:00:00.000Z');
    const evidence = await readEvidence(campus.read, { accountId: ana, course: 'c', limit: 10 });
    expect(evidence.map(({ verb, object }) => [verb, object])).toEqual([
      ['completed', 'c/m/one'],
      ['experienced', 'c/m/one'],
    ]);
    expect(JSON.stringify(evidence)).not.toContain('My secret');
    const [newest] = await readEvidence(campus.read, { accountId: ana, course: 'c', limit: 1 });
    expect(newest?.verb).toBe('completed');
  });

  test('an administrator finds people by name or address, a page at a time', async () => {
    const campus = campusOn(await empty());
    await campus.person('Ana', 'ana@example.org');
    await campus.person('Bo', 'bo@example.org');
    await campus.person('Chi');
    const find = async (search: string, offset = 0, limit = 2) => {
      const { count, people } = await readPeople(campus.read, { search, offset, limit });
      return [count, ...people.map(({ name }) => name)];
    };
    expect(await find('')).toEqual([3, 'Ana', 'Bo']);
    expect(await find('', 2)).toEqual([3, 'Chi']);
    expect(await find('EXAMPLE.org')).toEqual([2, 'Ana', 'Bo']);
    expect(await find('CHI')).toEqual([1, 'Chi']);
    expect(await find('nobody')).toEqual([0]);
  });
});
