import { describe, expect, test } from 'vitest';
import {
  type Ground,
  confirmEmail,
  createPinLearner,
  erase,
  requestReset,
  resetPassword,
  setUp,
  signIn,
  signInWithPin,
  signUp,
} from '#features/accounts/account.server.ts';
import { nameKey } from '#platform/name-key.ts';
import { dropExpiredAttempts } from '#features/accounts/rate-limit.store.ts';
import { openSessions } from '#features/accounts/session.server.ts';
import { openSetup } from '#features/accounts/setup.server.ts';
import { dropExpiredTokens } from '#features/accounts/token.store.ts';
import { createCohort, joinWithPin, pinCandidates } from '#features/cohorts/cohort.server.ts';
import { wordsIn } from '#i18n/words.ts';
import type { Letter } from '#platform/mail.server.ts';
import { type Database, databases } from '../support/databases.ts';

const now = new Date('2026-03-01T10:00:00Z');

/** What accounts stand on, with a letter box that can be looked into. */
function groundOn({ read, write }: Database) {
  const letters: Letter[] = [];
  const ground: Ground = {
    read,
    write,
    origin: 'https://campus.example.org',
    address: '192.0.2.1',
    now,
    trouble: (error) => {
      throw error;
    },
    letters: wordsIn('en').accounts.letters,
    mail: {
      leaves: true,
      send: async (letter) => {
        letters.push(letter);
        return 'sent';
      },
    },
  };
  return { ground, letters };
}
const amina = { name: 'Amina', email: 'amina@example.org', password: 'three green mangoes' };
const tokenIn = (letter: Letter | undefined) =>
  /\/(?:reset|confirm)\/(\S+)/.exec(letter?.text ?? '')![1]!;

describe.for(databases)('accounts on $name', ({ empty }) => {
  test('who signs up is in, and signs in again with the right password only', async () => {
    const { ground } = groundOn(await empty());
    const entry = await signUp(ground, amina);
    expect(entry.status).toBe('in');
    expect(await signIn(ground, amina)).toEqual(entry);
    expect(await signIn(ground, { ...amina, password: 'wrong' })).toEqual({ status: 'wrong' });
    expect(await signIn(ground, { email: 'nobody@example.org', password: 'x' })).toEqual({
      status: 'wrong',
    });
  });

  test('signing up with a known address looks like any other, and takes nothing from its owner', async () => {
    const { ground, letters } = groundOn(await empty());
    const owner = await signUp(ground, amina);
    const other = await signUp(ground, { ...amina, name: 'Eve', password: 'another password' });
    expect(other.status).toBe('in');
    expect(other).not.toEqual(owner);
    expect(await signIn(ground, amina)).toEqual(owner);
    // Only the letter, which its owner reads, says more.
    expect(letters.map(({ subject }) => subject)).toEqual([
      'Confirm your address for LED Campus',
      'You signed up again at LED Campus',
    ]);
  });

  test('a mail server that is down keeps nobody from signing up', async () => {
    const { ground } = groundOn(await empty());
    const told: unknown[] = [];
    ground.mail = { leaves: true, send: () => Promise.reject(new Error('mail is down')) };
    ground.trouble = (error) => told.push(error);
    expect((await signUp(ground, amina)).status).toBe('in');
    await expect.poll(() => told).toHaveLength(1);
  });

  test('who signs up twice with the same password is back in the first account', async () => {
    const { ground } = groundOn(await empty());
    expect(await signUp(ground, amina)).toEqual(await signUp(ground, amina));
  });

  test('a confirmed address is the one that a reset goes to', async () => {
    const { ground, letters } = groundOn(await empty());
    await signUp(ground, { ...amina, name: 'Eve', password: 'another password' });
    const owner = await signUp(ground, amina);
    await confirmEmail(ground.write, { token: tokenIn(letters[1]), now });
    await requestReset(ground, amina.email);
    await expect.poll(() => letters.length).toBe(3);
    const token = tokenIn(letters[2]);
    expect(
      await resetPassword(ground.write, { token, password: 'five tall palm trees', now }),
    ).toBe(owner.status === 'in' && owner.accountId);
    expect(
      await resetPassword(ground.write, { token, password: 'once again please', now }),
    ).toBeUndefined();
    expect(await signIn(ground, { ...amina, password: 'five tall palm trees' })).toEqual(owner);
  });

  test('a reset link is too old after an hour', async () => {
    const { ground, letters } = groundOn(await empty());
    await signUp(ground, amina);
    await requestReset(ground, amina.email);
    await expect.poll(() => letters.length).toBe(2);
    const later = new Date(now.getTime() + 3_600_001);
    expect(
      await resetPassword(ground.write, {
        token: tokenIn(letters[1]),
        password: 'x'.repeat(10),
        now: later,
      }),
    ).toBeUndefined();
  });

  test('guessing is stopped for the account and for the address it comes from; being right forgets mistakes', async () => {
    const { ground } = groundOn(await empty());
    await signUp(ground, amina);
    for (let tries = 0; tries < 9; tries++) await signIn(ground, { ...amina, password: 'wrong' });
    expect((await signIn(ground, amina)).status).toBe('in');
    for (let tries = 0; tries < 10; tries++) await signIn(ground, { ...amina, password: 'wrong' });
    expect(await signIn(ground, amina)).toMatchObject({ status: 'wait' });
    // Another person at the same address may still try.
    expect(await signIn(ground, { email: 'bob@example.org', password: 'x' })).toEqual({
      status: 'wrong',
    });
  });

  test('what has run out is dropped, and what has not is kept', async () => {
    const { read, write } = await empty();
    const { ground } = groundOn({ read, write });
    await signUp(ground, amina);
    const count = async () => {
      const tokens = await read.selectFrom('token').selectAll().execute();
      const limits = await read.selectFrom('rate_limit').selectAll().execute();
      return [tokens.length, limits.length > 0];
    };
    await dropExpiredTokens(write, now);
    await dropExpiredAttempts(write, now);
    expect(await count()).toEqual([1, true]);
    const nextYear = new Date('2030-01-01T00:00:00Z');
    await dropExpiredTokens(write, nextYear);
    await dropExpiredAttempts(write, nextYear);
    expect(await count()).toEqual([0, false]);
  });

  test('a learner joins with a name and a PIN and signs in with them', async () => {
    const database = await empty();
    const { ground } = groundOn(database);
    const { write, read } = database;
    const teacher = await signUp(ground, amina);
    if (teacher.status !== 'in') throw new Error('not in');
    const cohort = await createCohort(write, {
      name: 'G',
      course: 'c',
      starts_on: null,
      ends_on: null,
      instructorId: teacher.accountId,
      now,
    });
    const join = (name: string, pin: string) =>
      joinWithPin(write, {
        cohortId: cohort.id,
        nameKey: nameKey(name),
        now,
        createAccount: (tx) => createPinLearner(tx, { name, pin, now }),
      });
    const rosa = await join('Rosa Quispe', '480217');
    expect(rosa.status).toBe('in');
    expect(await join('ROSA  quispe', '111222')).toEqual({ status: 'name-taken' });
    const both = await Promise.all([join('José', '480218'), join('Jose', '480219')]);
    expect(both.map(({ status }) => status).sort()).toEqual(['in', 'name-taken']);

    const signInAs = async (name: string, pin: string) =>
      signInWithPin(ground, {
        who: `${cohort.code}:${nameKey(name)}`,
        pin,
        candidates: await pinCandidates(read, { code: cohort.code, nameKey: nameKey(name) }),
      });
    expect(await signInAs('rosa quispe', '480217')).toEqual(rosa);
    expect(await signInAs('rosa quispe', '480218')).toEqual({ status: 'wrong' });
    expect(await signInAs('nobody', '480217')).toEqual({ status: 'wrong' });
  });

  test('a stolen database opens no session', async () => {
    const { read, write } = await empty();
    const { ground } = groundOn({ read, write });
    const entry = await signUp(ground, amina);
    if (entry.status !== 'in') throw new Error('not in');
    const sessions = openSessions(write, { secure: false });
    const cookie = (await sessions.begin(entry.accountId)).split(';', 1)[0]!;
    expect((await sessions.find(cookie)).learner).toMatchObject({ name: 'Amina', role: 'learner' });
    const [row] = await read.selectFrom('session').selectAll().execute();
    for (const id of [row!.id, `h:${row!.id}`]) {
      expect((await sessions.find(`campus=${id}`)).learner).toBeUndefined();
    }
    await sessions.endAll(entry.accountId);
    expect((await sessions.find(cookie)).learner).toBeUndefined();
  });

  test('the first administrator’s link works once, and there is none when there is an administrator', async () => {
    const { write } = await empty();
    const token = (await openSetup(write, now))!;
    const person = { ...amina, token, now };
    expect(await setUp(write, person)).toBeDefined();
    expect(await setUp(write, person)).toBeUndefined();
    expect(await openSetup(write, now)).toBeUndefined();
  });

  test('an older start’s link is dead after a new start', async () => {
    const { write } = await empty();
    const old = (await openSetup(write, now))!;
    await openSetup(write, now);
    expect(await setUp(write, { ...amina, token: old, now })).toBeUndefined();
  });

  test('who deletes their account is gone, sessions and memberships with them', async () => {
    const { read, write } = await empty();
    const { ground } = groundOn({ read, write });
    const entry = await signUp(ground, amina);
    if (entry.status !== 'in') throw new Error('not in');
    await openSessions(write, { secure: false }).begin(entry.accountId);
    await erase(write, entry.accountId, async () => undefined);
    expect(await read.selectFrom('account').selectAll().execute()).toEqual([]);
    expect(await read.selectFrom('session').selectAll().execute()).toEqual([]);
    expect(await read.selectFrom('token').selectAll().execute()).toEqual([]);
  });
});
