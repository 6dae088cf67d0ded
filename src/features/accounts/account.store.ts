import { sql } from 'kysely';
import type { Reader, Schema, Writer } from '#platform/db/schema.ts';
import { nameKey } from '#platform/name-key.ts';

export type AccountRow = Omit<Schema['account'], 'name_key'>;

export async function insertAccount(db: Writer, row: AccountRow): Promise<void> {
  await db
    .insertInto('account')
    .values({ ...row, name_key: nameKey(row.name) })
    .execute();
}

/** Everyone with this address, the confirmed one first, then the oldest. */
export function readByEmail(db: Reader, email: string): Promise<AccountRow[]> {
  return db
    .selectFrom('account')
    .selectAll()
    .where('email', '=', email)
    .orderBy((eb) => eb.case().when('email_confirmed_at', 'is not', null).then(0).else(1).end())
    .orderBy('created_at')
    .execute();
}

export function readAccount(db: Reader, id: string): Promise<AccountRow | undefined> {
  return db.selectFrom('account').selectAll().where('id', '=', id).executeTakeFirst();
}

/** The names of these accounts, by id; those that are gone are missing. */
export async function readAccountNames(
  db: Reader,
  ids: readonly string[],
): Promise<Map<string, string>> {
  const names = new Map<string, string>();
  // SQLite takes at most so many values in one query.
  for (let at = 0; at < ids.length; at += 500) {
    const part = ids.slice(at, at + 500);
    const rows = await db
      .selectFrom('account')
      .select(['id', 'name'])
      .where('id', 'in', part)
      .execute();
    for (const { id, name } of rows) names.set(id, name);
  }
  return names;
}

export async function updateAccount(
  db: Writer,
  id: string,
  change: Partial<Omit<AccountRow, 'id' | 'created_at'>>,
): Promise<void> {
  await db.updateTable('account').set(change).where('id', '=', id).execute();
}

/** Removes a person; their sessions, links and memberships go along. */
export async function deleteAccount(db: Writer, id: string): Promise<void> {
  await db.deleteFrom('account').where('id', '=', id).execute();
}

export async function hasAdministrator(db: Reader): Promise<boolean> {
  const row = await db
    .selectFrom('account')
    .select('id')
    .where('role', '=', 'administrator')
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** People whose name or address contains a text, a page at a time, with how many there are. */
export async function readPeople(
  db: Reader,
  { search, offset, limit }: { search: string; offset: number; limit: number },
) {
  const like = (text: string) => `%${text.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`;
  const found = db
    .selectFrom('account')
    .$if(search !== '', (query) =>
      query.where((eb) =>
        eb.or([
          sql<boolean>`name_key like ${like(nameKey(search))} escape '\\'`,
          sql<boolean>`email like ${like(search.toLowerCase())} escape '\\'`,
        ]),
      ),
    );
  const { count } = await found
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  const people = await found
    .select(['id', 'name', 'email', 'role', 'created_at'])
    .orderBy('name_key')
    .orderBy('id')
    .offset(offset)
    .limit(limit)
    .execute();
  return { count, people };
}
