import { describe, expect, test } from 'vitest';
import { type AccountRow, insertAccount, readAccount } from '#features/accounts/account.store.ts';
import { databases } from '../support/databases.ts';

const amina: AccountRow = {
  id: 'amina',
  name: 'Amina Ünlü – أمينة',
  role: 'learner',
  email: 'amina@example.org',
  email_confirmed_at: null,
  password_hash: null,
  pin_hash: null,
  created_at: '2026-03-01T10:00:00.000Z',
};

describe.for(databases)('a new database on $name', ({ empty }) => {
  test('has the tables of the schema and no others', async () => {
    const { write } = await empty();
    const tables = await write.introspection.getTables();
    expect(tables.map(({ name }) => name).sort()).toEqual([
      'account',
      'actor',
      'allowance',
      'bank_version',
      'cohort',
      'cohort_member',
      'correction',
      'deadline',
      'learning_event',
      'progress',
      'rate_limit',
      'scenario_version',
      'session',
      'token',
    ]);
  });

  test('gives an account back as it was written, and the next one starts empty', async () => {
    const { read, write } = await empty();
    await insertAccount(write, amina);
    expect(await readAccount(read, 'amina')).toMatchObject(amina);
    expect(await readAccount((await empty()).read, 'amina')).toBeUndefined();
  });
});
