import type { Schema, Writer } from '#platform/db/schema.ts';

/** A session with the person it belongs to. */
export interface SessionRow {
  account_id: string;
  expires_at: string;
  name: string;
  role: Schema['account']['role'];
  email: string | null;
}

/** The session with this hash, or undefined. */
export function readSession(db: Writer, hash: string): Promise<SessionRow | undefined> {
  return db
    .selectFrom('session')
    .innerJoin('account', 'account.id', 'session.account_id')
    .select([
      'session.account_id',
      'session.expires_at',
      'account.name',
      'account.role',
      'account.email',
    ])
    .where('session.id', '=', hash)
    .executeTakeFirst();
}

export function readSessionsOf(db: Writer, accountId: string) {
  return db.selectFrom('session').selectAll().where('account_id', '=', accountId).execute();
}

export async function insertSession(db: Writer, row: Schema['session']): Promise<void> {
  await db.insertInto('session').values(row).execute();
}

export async function extendSession(db: Writer, hash: string, expiresAt: string): Promise<void> {
  await db.updateTable('session').set({ expires_at: expiresAt }).where('id', '=', hash).execute();
}

export async function deleteSession(db: Writer, hash: string): Promise<void> {
  await db.deleteFrom('session').where('id', '=', hash).execute();
}

export async function deleteSessionsOf(db: Writer, accountId: string): Promise<void> {
  await db.deleteFrom('session').where('account_id', '=', accountId).execute();
}

export async function deleteSessionsBefore(db: Writer, time: string): Promise<void> {
  await db.deleteFrom('session').where('expires_at', '<=', time).execute();
}
