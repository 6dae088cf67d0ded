import type { Writer } from '#platform/db/schema.ts';
import { type Limit, countAttempt, forgetAttempts } from './rate-limit.store.ts';

const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;

/**
 * What may be tried how often. Per account it is tight; per network address it leaves room for a classroom of thirty
 * phones behind one line.
 */
const limits = {
  signIn: {
    account: [
      { points: 10, seconds: 15 * minute },
      { points: 40, seconds: day },
    ],
    address: { points: 120, seconds: 15 * minute },
  },
  join: { account: [{ points: 60, seconds: hour }], address: { points: 120, seconds: hour } },
  signUp: { account: [{ points: 4, seconds: day }], address: { points: 60, seconds: hour } },
  reset: { account: [{ points: 3, seconds: hour }], address: { points: 30, seconds: hour } },
} satisfies Record<string, { account: Limit[]; address: Limit }>;

/** Whether somebody may try; `keys` is forgotten when they turn out to be right. */
export type Allowance = { allowed: true; keys: string[] } | { allowed: false; minutes: number };

/** Counts an attempt against the account (by whatever names it) and against the network address. */
export async function mayTry(
  db: Writer,
  what: keyof typeof limits,
  { account, address }: { account: string; address: string },
): Promise<Allowance> {
  const { account: perAccount, address: perAddress } = limits[what];
  const keys = perAccount.map(({ seconds }) => `${what}:${seconds}:${account}`);
  const counted = await Promise.all([
    countAttempt(db, `${what}:address:${address}`, perAddress),
    ...perAccount.map((limit, at) => countAttempt(db, keys[at]!, limit)),
  ]);
  const waits = counted.flatMap((one) => (one.allowed ? [] : [one.waitSeconds]));
  if (waits.length === 0) return { allowed: true, keys };
  return { allowed: false, minutes: Math.ceil(Math.max(...waits) / 60) };
}

/** It was the right person: earlier mistakes no longer count. */
export const wasRight = (db: Writer, keys: string[]): Promise<void> => forgetAttempts(db, keys);
