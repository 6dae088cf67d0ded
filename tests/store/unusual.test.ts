import { describe, expect, test } from 'vitest';
import { openDoor } from '#features/learning-log/door.server.ts';
import { rebuildProgress } from '#features/learning-log/progress.store.ts';
import { forgetNotes } from '#features/learning-log/record.store.ts';
import { insertAccount, readPeople } from '#features/accounts/account.store.ts';
import { createPinLearner, signIn, signUp } from '#features/accounts/account.server.ts';
import { createCohort, join } from '#features/cohorts/cohort.server.ts';
import { readOverview } from '#features/cohorts/cohort.store.ts';
import { readMatrix } from '#features/cohorts/matrix.server.ts';
import { MembersQuery } from '#features/cohorts/forms.ts';
import { nameKey } from '#platform/name-key.ts';
import { wordsIn } from '#i18n/words.ts';
import { type Database, databases } from '../support/databases.ts';
const now = new Date('2026-03-20T10:00:00Z');
const person = (name: string) => ({
  id: crypto.randomUUID(),
  name,
  role: 'learner' as const,
  email: null,
  email_confirmed_at: null,
  password_hash: null,
  pin_hash: null,
  created_at: now.toISOString(),
});
async function group({ write }: Database, ...names: string[]) {
  const t = person('T');
  await insertAccount(write, t);
  const cohort = await createCohort(write, {
    name: 'G',
    course: 'c',
    starts_on: null,
    ends_on: null,
    instructorId: t.id,
    now,
  });
  const ids: string[] = [];
  for (const name of names) {
    const id = await createPinLearner(write, { name, pin: '480217', now });
    ids.push(id);
    await join(write, { cohortId: cohort.id, accountId: id, nameKey: nameKey(name), now });
  }
  return { ids, scope: { cohortId: cohort.id, lessons: ['c/m/one'], banks: [], now } };
}
describe.for(databases)('unusual cases on $name', ({ empty }) => {
  test('a sign that means something to SQL is found as it is written', async () => {
    const { read, write } = await empty();
    await insertAccount(write, person('100 % Chi'));
    await insertAccount(write, person('Bo'));
    expect(
      (await readPeople(read, { search: '%', offset: 0, limit: 9 })).people.map((p) => p.name),
    ).toEqual(['100 % Chi']);
  });
  test('a person is found with and without accents, in either case', async () => {
    const { read, write } = await empty();
    await insertAccount(write, person('Émile'));
    expect(
      (await readPeople(read, { search: 'émile', offset: 0, limit: 9 })).people.map((p) => p.name),
    ).toEqual(['Émile']);
  });
  test('a member is found by their name as they write it', async () => {
    const d = await empty();
    const { scope } = await group(d, 'José');
    const { rows } = await readMatrix(d.read, scope, MembersQuery.parse({ search: 'José' }));
    expect(rows.map((r) => r.name)).toEqual(['José']);
  });
  test('who sent nothing that could be stored has not begun', async () => {
    const d = await empty();
    const { scope, ids } = await group(d, 'Ana');
    await openDoor(d.write, {}).accept(ids[0]!, [{ id: crypto.randomUUID(), verb: 'tried' }]);
    expect(await readOverview(d.read, scope)).toMatchObject({ begun: 0 });
  });
  test('a course without lessons has an overview too', async () => {
    const d = await empty();
    const { scope } = await group(d, 'Ana');
    expect(await readOverview(d.read, { ...scope, lessons: [] })).toMatchObject({ members: 1 });
  });
  test('notes that were forgotten come back in no sum', async () => {
    const { read, write } = await empty();
    await openDoor(write, {}).accept('ada', [
      {
        id: crypto.randomUUID(),
        verb: 'commented',
        object: 'c/m/one/note',
        timestamp: now.toISOString(),
        result: { response: 'x' },
      },
    ]);
    await forgetNotes(write, 'ada');
    const before = await read.selectFrom('progress').selectAll().execute();
    await rebuildProgress(write);
    expect(await read.selectFrom('progress').selectAll().execute()).toEqual(before);
  });
  test('however many accounts share an address, each opens with its own password', async () => {
    const { read, write } = await empty();
    const ground = {
      read,
      write,
      origin: 'https://x',
      address: '1',
      now,
      trouble: () => undefined,
      letters: wordsIn('en').accounts.letters,
      mail: { leaves: true, send: async () => 'sent' as const },
    };
    for (let n = 0; n < 5; n++) {
      await write.deleteFrom('rate_limit').execute();
      const who = { name: 'N', email: 'a@example.org', password: `password number ${n}` };
      const entry = await signUp({ ...ground, now: new Date(now.getTime() + n * 86_400_000) }, who);
      expect(await signIn(ground, who)).toEqual(entry);
    }
  });
  test('a sign that no database stores is not looked for', async () => {
    const d = await empty();
    const { scope } = await group(d, 'Ana');
    expect(
      (await readMatrix(d.read, scope, MembersQuery.parse({ search: 'a\u0000' }))).rows,
    ).toHaveLength(1);
  });
});
