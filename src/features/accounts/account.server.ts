import type { Mail } from '#platform/mail.server.ts';
import type { Reader, Writer } from '#platform/db/schema.ts';
import {
  type AccountRow,
  deleteAccount,
  insertAccount,
  readAccount,
  readByEmail,
  updateAccount,
} from './account.store.ts';
import { mayTry, wasRight } from './rate-limit.server.ts';
import { hashSecret, matchesSecret, newToken, tokenId } from './secret.server.ts';
import { deleteTokens, insertToken, readToken, useToken } from './token.store.ts';

/** What came of trying to get in. `wait`: too many tries, in minutes. */
export type Entry =
  { status: 'in'; accountId: string } | { status: 'wrong' } | { status: 'wait'; minutes: number };

/** What an account use case needs of the campus and the visitor. */
export interface Ground {
  read: Reader;
  write: Writer;
  mail: Mail;
  origin: string;
  address: string;
  now: Date;
  /** Told when a letter could not be sent: nobody waits for it, and nothing else fails with it. */
  trouble: (error: unknown) => void;
  /** Texts of letters, in the visitor's language. */
  letters: Record<'confirm' | 'known' | 'reset', { subject: string; text: string }>;
}

// At least so many secrets are compared, so that the time it takes tells nothing; more only where more accounts share an
// address before one is confirmed, so that nobody is locked out.
const compared = 8;

const fresh = (now: Date): Omit<AccountRow, 'name' | 'role'> => ({
  id: crypto.randomUUID(),
  email: null,
  email_confirmed_at: null,
  password_hash: null,
  pin_hash: null,
  created_at: now.toISOString(),
});

async function findByPassword(read: Reader, email: string, password: string) {
  const known = await readByEmail(read, email);
  const length = Math.max(compared, known.length);
  const slots = Array.from({ length }, (_, at) => known[at]);
  const matches = await Promise.all(
    slots.map((one) => matchesSecret(one?.password_hash, password)),
  );
  return slots.find((_, at) => matches[at]);
}

/** Signs in with e-mail and password. Takes as long and answers alike whether or not the address is known. */
export async function signIn(
  { read, write, address }: Ground,
  { email, password }: { email: string; password: string },
): Promise<Entry> {
  const allowance = await mayTry(write, 'signIn', { account: email, address });
  if (!allowance.allowed) return { status: 'wait', minutes: allowance.minutes };
  const account = await findByPassword(read, email, password);
  if (!account) return { status: 'wrong' };
  await wasRight(write, allowance.keys);
  return { status: 'in', accountId: account.id };
}

/**
 * Signs up with e-mail and password, and is in at once.
 *
 * Nobody learns whether an address is known: the account is made in any case, and what more there is to say goes to the
 * address itself. Whoever gives the right password of an account they have is signed in to that one.
 */
export async function signUp(
  ground: Ground,
  { name, email, password }: { name: string; email: string; password: string },
): Promise<Entry> {
  const { read, write, address, now } = ground;
  const allowance = await mayTry(write, 'signUp', { account: email, address });
  if (!allowance.allowed) return { status: 'wait', minutes: allowance.minutes };
  const own = await findByPassword(read, email, password);
  if (own) return { status: 'in', accountId: own.id };

  const known = await readByEmail(read, email);
  const password_hash = await hashSecret(password);
  const account = { ...fresh(now), name, role: 'learner' as const, email, password_hash };
  await insertAccount(write, account);
  await sendLink(ground, {
    account,
    purpose: 'confirm',
    letter: known.length > 0 ? 'known' : 'confirm',
  });
  return { status: 'in', accountId: account.id };
}

/** Makes an account for a learner without e-mail; the caller makes them a member of the cohort they join. */
export async function createPinLearner(
  write: Writer,
  { name, pin, now }: { name: string; pin: string; now: Date },
): Promise<string> {
  const account = {
    ...fresh(now),
    name,
    role: 'learner' as const,
    pin_hash: await hashSecret(pin),
  };
  await insertAccount(write, account);
  return account.id;
}

/** Signs in with a PIN as one of these accounts: those in the cohort that go by the name given. */
export async function signInWithPin(
  { write, address }: Pick<Ground, 'write' | 'address'>,
  {
    who,
    pin,
    candidates,
  }: { who: string; pin: string; candidates: { id: string; pinHash: string | null }[] },
): Promise<Entry> {
  const allowance = await mayTry(write, 'signIn', { account: who, address });
  if (!allowance.allowed) return { status: 'wait', minutes: allowance.minutes };
  const [candidate] = candidates;
  if (!(await matchesSecret(candidate?.pinHash, pin)) || !candidate) return { status: 'wrong' };
  await wasRight(write, allowance.keys);
  return { status: 'in', accountId: candidate.id };
}

/** Sends a link for a new password, if the address is known. Says the same in any case. */
export async function requestReset(
  ground: Ground,
  email: string,
): Promise<{ minutes: number } | undefined> {
  const { read, write, address } = ground;
  const allowance = await mayTry(write, 'reset', { account: email, address });
  if (!allowance.allowed) return { minutes: allowance.minutes };
  const [account] = await readByEmail(read, email);
  // Not awaited: writing a letter takes time that an unknown address would not.
  if (account) {
    void sendLink(ground, { account, purpose: 'reset', letter: 'reset' }).catch(ground.trouble);
  }
  return undefined;
}

const lifetimes = { confirm: 7 * 86_400_000, reset: 3_600_000 };

async function sendLink(
  { write, mail, origin, now, letters, trouble }: Ground,
  {
    account,
    purpose,
    letter,
  }: { account: AccountRow; purpose: 'confirm' | 'reset'; letter: keyof Ground['letters'] },
) {
  const { token, id } = newToken();
  const expires = new Date(now.getTime() + lifetimes[purpose]);
  await deleteTokens(write, { purpose, accountId: account.id });
  await insertToken(write, {
    id,
    purpose,
    account_id: account.id,
    expires_at: expires.toISOString(),
  });
  const { subject, text } = letters[letter];
  const fill = (words: string) =>
    words
      .replaceAll('{name}', account.name)
      .replaceAll('{link}', `${origin}/${purpose}/${token}`)
      .replaceAll('{signIn}', `${origin}/sign-in`);
  mail.send({ to: account.email!, subject: fill(subject), text: fill(text) }).catch(trouble);
}

/** Whether a link is still good, without using it up. */
export async function isGoodLink(
  write: Writer,
  { token, purpose, now }: { token: string; purpose: 'setup' | 'reset'; now: Date },
): Promise<boolean> {
  return (await readToken(write, { id: tokenId(token), purpose, now })) !== undefined;
}

/** Confirms an address through the link sent to it; false when the link is used up. */
export async function confirmEmail(
  write: Writer,
  { token, now }: { token: string; now: Date },
): Promise<boolean> {
  const used = await useToken(write, { id: tokenId(token), purpose: 'confirm', now });
  if (!used?.account_id) return false;
  await updateAccount(write, used.account_id, { email_confirmed_at: now.toISOString() });
  return true;
}

/** Sets a new password through a link; the account, or undefined when the link is used up. The caller signs it out everywhere. */
export async function resetPassword(
  write: Writer,
  { token, password, now }: { token: string; password: string; now: Date },
): Promise<string | undefined> {
  const used = await useToken(write, { id: tokenId(token), purpose: 'reset', now });
  if (!used?.account_id) return undefined;
  // Whoever opens the link reads the mailbox, so the address is theirs.
  await updateAccount(write, used.account_id, {
    password_hash: await hashSecret(password),
    email_confirmed_at: now.toISOString(),
  });
  return used.account_id;
}

/** Changes one's own password; false when the current one is wrong. */
export async function changePassword(
  { read, write }: Pick<Ground, 'read' | 'write'>,
  { accountId, current, password }: { accountId: string; current: string; password: string },
): Promise<boolean> {
  const account = await readAccount(read, accountId);
  if (!(await matchesSecret(account?.password_hash, current))) return false;
  await updateAccount(write, accountId, { password_hash: await hashSecret(password) });
  return true;
}

/** Sets a learner's PIN anew, for an instructor of theirs to pass on; the caller has checked that. */
export async function resetPin(write: Writer, accountId: string, pin: string): Promise<void> {
  await updateAccount(write, accountId, { pin_hash: await hashSecret(pin) });
}

/** Makes the first administrator through the one-time link; undefined when it is used up. */
export async function setUp(
  write: Writer,
  {
    token,
    name,
    email,
    password,
    now,
  }: { token: string; name: string; email: string; password: string; now: Date },
): Promise<string | undefined> {
  const password_hash = await hashSecret(password);
  return write.transaction().execute(async (tx) => {
    const used = await useToken(tx, { id: tokenId(token), purpose: 'setup', now });
    if (!used) return undefined;
    const account = {
      ...fresh(now),
      name,
      role: 'administrator' as const,
      email,
      email_confirmed_at: now.toISOString(),
      password_hash,
    };
    await insertAccount(tx, account);
    return account.id;
  });
}

/** Removes a person. What else is to be forgotten of them is handed over, and done in the same transaction. */
export async function erase(
  write: Writer,
  accountId: string,
  forget: (tx: Writer) => Promise<void>,
): Promise<void> {
  await write.transaction().execute(async (tx) => {
    await forget(tx);
    await deleteAccount(tx, accountId);
  });
}
