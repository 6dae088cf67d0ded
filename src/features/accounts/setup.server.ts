import type { Reader, Writer } from '#platform/db/schema.ts';
import { hasAdministrator } from './account.store.ts';
import { newToken } from './secret.server.ts';
import { deleteTokens, insertToken } from './token.store.ts';

/**
 * A one-time link's secret for the first administrator; undefined when there is one already.
 *
 * Made anew at each start, so that an old terminal's scroll-back opens nothing.
 */
export async function openSetup(write: Writer, now: Date): Promise<string | undefined> {
  if (await hasAdministrator(write as unknown as Reader)) return undefined;
  await deleteTokens(write, { purpose: 'setup', accountId: null });
  const { token, id } = newToken();
  const expires_at = new Date(now.getTime() + 7 * 86_400_000).toISOString();
  await insertToken(write, { id, purpose: 'setup', account_id: null, expires_at });
  return token;
}
