import type { Schema, Writer } from '#platform/db/schema.ts';

type Token = Schema['token'];

export async function insertToken(db: Writer, row: Token): Promise<void> {
  await db.insertInto('token').values(row).execute();
}

/** A link that is still good; reading it does not use it up. */
export function readToken(
  db: Writer,
  { id, purpose, now }: { id: string; purpose: Token['purpose']; now: Date },
): Promise<Token | undefined> {
  return db
    .selectFrom('token')
    .selectAll()
    .where('id', '=', id)
    .where('purpose', '=', purpose)
    .where('expires_at', '>', now.toISOString())
    .executeTakeFirst();
}

/** Uses a link up; undefined when it was used or has run out. Of two at once, one gets it. */
export function useToken(
  db: Writer,
  { id, purpose, now }: { id: string; purpose: Token['purpose']; now: Date },
): Promise<Token | undefined> {
  return db
    .deleteFrom('token')
    .where('id', '=', id)
    .where('purpose', '=', purpose)
    .where('expires_at', '>', now.toISOString())
    .returningAll()
    .executeTakeFirst();
}

/** Drops all links of a purpose: of one account, or those that belong to nobody yet. */
export async function deleteTokens(
  db: Writer,
  { purpose, accountId }: { purpose: Token['purpose']; accountId: string | null },
): Promise<void> {
  await db
    .deleteFrom('token')
    .where('purpose', '=', purpose)
    .where('account_id', accountId === null ? 'is' : '=', accountId)
    .execute();
}

/** Drops links that have run out. */
export async function dropExpiredTokens(db: Writer, now: Date): Promise<void> {
  await db.deleteFrom('token').where('expires_at', '<=', now.toISOString()).execute();
}
