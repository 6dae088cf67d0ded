import { createHash } from 'node:crypto';
import { type Adapter, Lucia, TimeSpan } from 'lucia';
import type { Schema, Writer } from '#platform/db/schema.ts';
import {
  deleteSession,
  deleteSessionsBefore,
  deleteSessionsOf,
  extendSession,
  insertSession,
  readSession,
  readSessionsOf,
} from './session.store.ts';

/** The person signed in on this browser. */
export interface SignedIn {
  id: string;
  name: string;
  role: Schema['account']['role'];
  email: string | null;
}

declare module 'lucia' {
  interface Register {
    Lucia: Lucia<object, Omit<SignedIn, 'id'>>;
    DatabaseUserAttributes: Omit<SignedIn, 'id'>;
  }
}

/** Who is signed in where. The only file that knows lucia: leaving it is a change to this file alone. */
export interface Sessions {
  /** Who this cookie header belongs to; `setCookie` when the browser should get a new one. */
  find(cookieHeader: string): Promise<{ learner: SignedIn | undefined; setCookie?: string }>;
  /** Signs a browser in; returns the `Set-Cookie` value. */
  begin(accountId: string): Promise<string>;
  /** Signs this browser out; returns the `Set-Cookie` value that empties the cookie. */
  end(cookieHeader: string): Promise<string>;
  /** Signs a person out everywhere. */
  endAll(accountId: string): Promise<void>;
  /** Drops sessions that have run out. */
  tidy(): Promise<void>;
}

const hashOf = (id: string) => createHash('sha256').update(id).digest('hex');
// What getUserSessions hands out: good for ending a session, never for signing in.
const handle = /^h:/;
const keyOf = (id: string) => (handle.test(id) ? id.slice(2) : hashOf(id));

/** Keeps only the hash of a session's id, so that a stolen database opens no session. */
function hashingAdapter(db: Writer): Adapter {
  return {
    async getSessionAndUser(id) {
      if (handle.test(id)) return [null, null];
      const row = await readSession(db, hashOf(id));
      if (!row) return [null, null];
      const { account_id: userId, expires_at, name, role, email } = row;
      // The id as it came, not the hash: lucia hands it back to the functions below.
      return [
        { id, userId, expiresAt: new Date(expires_at), attributes: {} },
        { id: userId, attributes: { name, role, email } },
      ];
    },
    async getUserSessions(userId) {
      const rows = await readSessionsOf(db, userId);
      return rows.map(({ id, expires_at }) => ({
        id: `h:${id}`,
        userId,
        expiresAt: new Date(expires_at),
        attributes: {},
      }));
    },
    setSession: ({ id, userId, expiresAt }) =>
      insertSession(db, {
        id: hashOf(id),
        account_id: userId,
        expires_at: expiresAt.toISOString(),
      }),
    updateSessionExpiration: (id, at) => extendSession(db, keyOf(id), at.toISOString()),
    deleteSession: (id) => deleteSession(db, keyOf(id)),
    deleteUserSessions: (userId) => deleteSessionsOf(db, userId),
    deleteExpiredSessions: () => deleteSessionsBefore(db, new Date().toISOString()),
  };
}

/** Opens the sessions: 30 days from the last visit, renewed half-way. `secure` when the campus is served over https. */
export function openSessions(db: Writer, { secure }: { secure: boolean }): Sessions {
  const lucia = new Lucia(hashingAdapter(db), {
    sessionExpiresIn: new TimeSpan(30, 'd'),
    sessionCookie: {
      name: secure ? '__Host-campus' : 'campus',
      attributes: { secure, sameSite: 'lax', path: '/' },
    },
    getUserAttributes: ({ name, role, email }) => ({ name, role, email }),
  });
  return {
    async find(cookieHeader) {
      const id = lucia.readSessionCookie(cookieHeader);
      if (!id) return { learner: undefined };
      const { session, user } = await lucia.validateSession(id);
      if (!session) {
        return { learner: undefined, setCookie: lucia.createBlankSessionCookie().serialize() };
      }
      const learner = { id: user.id, name: user.name, role: user.role, email: user.email };
      return session.fresh
        ? { learner, setCookie: lucia.createSessionCookie(session.id).serialize() }
        : { learner };
    },
    async begin(accountId) {
      const session = await lucia.createSession(accountId, {});
      return lucia.createSessionCookie(session.id).serialize();
    },
    async end(cookieHeader) {
      const id = lucia.readSessionCookie(cookieHeader);
      if (id) await lucia.invalidateSession(id);
      return lucia.createBlankSessionCookie().serialize();
    },
    endAll: (accountId) => lucia.invalidateUserSessions(accountId),
    tidy: () => lucia.deleteExpiredSessions(),
  };
}
