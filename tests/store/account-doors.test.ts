import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import {
  type Ground,
  changePassword,
  confirmEmail,
  createPinLearner,
  erase,
  isGoodLink,
  requestReset,
  resetPassword,
  resetPin,
  setUp,
  signIn,
  signInWithPin,
  signUp,
} from '#features/accounts/account.server.ts';
import { mayTry, wasRight } from '#features/accounts/rate-limit.server.ts';
import { countAttempt } from '#features/accounts/rate-limit.store.ts';
import { openSessions } from '#features/accounts/session.server.ts';
import { openSetup } from '#features/accounts/setup.server.ts';
import { createCohort, join, pinCandidates } from '#features/cohorts/cohort.server.ts';
import { readCohortsJoined } from '#features/cohorts/cohort.store.ts';
import { openDoor } from '#features/learning-log/door.server.ts';
import { forgetNotes, readLog } from '#features/learning-log/record.store.ts';
import { wordsIn } from '#i18n/words.ts';
import type { Letter } from '#platform/mail.server.ts';
import { type Database, databases } from '../support/databases.ts';

const now = new Date('2026-03-01T10:00:00Z');
const amina = { name: 'Amina', email: 'amina@example.org', password: 'three green mangoes' };

function groundOn({ read, write }: Database, address = '192.0.2.1') {
  const letters: Letter[] = [];
  const ground: Ground = {
    read,
    write,
    origin: 'https://campus.example.org',
    address,
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
const tokenIn = (letter: Letter | undefined) =>
  /\/(?:reset|confirm)\/(\S+)/.exec(letter?.text ?? '')![1]!;
async function newcomer(ground: Ground, who = amina): Promise<string> {
  const entry = await signUp(ground, who);
  if (entry.status !== 'in') throw new Error('not in');
  return entry.accountId;
}

describe.for(databases)('the doors to an account on $name', ({ empty }) => {
  test('two people who signed up with one address each get into their own with their own password', async () => {
    const { ground } = groundOn(await empty());
    const eve = { ...amina, name: 'Eve', password: 'another password' };
    const [first, second] = [await newcomer(ground), await newcomer(ground, eve)];
    expect(first).not.toBe(second);
    expect(await signIn(ground, amina)).toEqual({ status: 'in', accountId: first });
    expect(await signIn(ground, eve)).toEqual({ status: 'in', accountId: second });
  });

  test('neither password nor link nor session can be read in the database', async () => {
    const database = await empty();
    const { ground, letters } = groundOn(database);
    const id = await newcomer(ground);
    const cookie = await openSessions(database.write, { secure: false }).begin(id);
    const secret = /campus=([^;]+)/.exec(cookie)![1]!;
    const tables = await Promise.all(
      (['account', 'session', 'token', 'rate_limit'] as const).map((table) =>
        database.read.selectFrom(table).selectAll().execute(),
      ),
    );
    const all = JSON.stringify(tables);
    for (const hidden of [amina.password, tokenIn(letters[0]), secret]) {
      expect(all).not.toContain(hidden);
    }
    expect(all).toContain(createHash('sha256').update(secret).digest('hex'));
  });

  test('too many tries through one server count at the other, and being right forgets them at both', async () => {
    const database = await empty();
    const [one, other] = [groundOn(database).ground, groundOn(database, '192.0.2.2').ground];
    await newcomer(one);
    const guess = { ...amina, password: 'wrong' };
    for (let tries = 0; tries < 5; tries++) {
      await signIn(one, guess);
      await signIn(other, guess);
    }
    expect(await signIn(other, amina)).toMatchObject({ status: 'wait' });

    const bob = { ...amina, email: 'bob@example.org' };
    await newcomer(one, bob);
    for (let round = 0; round < 3; round++) {
      for (let tries = 0; tries < 4; tries++) await signIn(one, { ...bob, password: 'wrong' });
      expect((await signIn(other, bob)).status).toBe('in');
    }
  });

  test('a classroom behind one line may sign in, a flood from it is stopped', async () => {
    const { write } = await empty();
    const allowed = async (account: string) =>
      (await mayTry(write, 'signIn', { account, address: '192.0.2.1' })).allowed;
    const tries = await Promise.all(Array.from({ length: 120 }, (_, at) => allowed(`phone-${at}`)));
    expect(tries.every(Boolean)).toBe(true);
    expect(await allowed('one-more')).toBe(false);
  });

  test('being right does not wipe out what was tried from the same line on others', async () => {
    const { write } = await empty();
    for (let tries = 0; tries < 120; tries++) {
      const allowance = await mayTry(write, 'signIn', {
        account: `a${tries}`,
        address: '192.0.2.1',
      });
      if (allowance.allowed) await wasRight(write, allowance.keys);
    }
    expect(await mayTry(write, 'signIn', { account: 'b', address: '192.0.2.1' })).toMatchObject({
      allowed: false,
    });
  });

  test('who has to wait is let in again when the time is over, and a try meanwhile does not lengthen it', async () => {
    const { write } = await empty();
    const limit = { points: 2, seconds: 60 };
    const at = (second: number) =>
      countAttempt(write, 'key', limit, new Date(now.getTime() + second * 1000));
    expect(await at(0)).toEqual({ allowed: true });
    expect(await at(10)).toEqual({ allowed: true });
    expect(await at(20)).toEqual({ allowed: false, waitSeconds: 40 });
    expect(await at(50)).toEqual({ allowed: false, waitSeconds: 10 });
    expect(await at(60)).toEqual({ allowed: true });
  });

  test('tries that come all at once are all counted', async () => {
    const { write } = await empty();
    const limit = { points: 10, seconds: 60 };
    const all = await Promise.all(
      Array.from({ length: 30 }, () => countAttempt(write, 'key', limit, now)),
    );
    expect(all.filter(({ allowed }) => allowed)).toHaveLength(10);
  });

  test('a link works for what it was sent for only, and looking at it does not use it up', async () => {
    const { ground, letters } = groundOn(await empty());
    await newcomer(ground);
    await requestReset(ground, amina.email);
    await expect.poll(() => letters.length).toBe(2);
    const [confirm, reset] = letters.map(tokenIn);
    const password = 'five tall palm trees';
    expect(await resetPassword(ground.write, { token: confirm!, password, now })).toBeUndefined();
    expect(await confirmEmail(ground.write, { token: reset!, now })).toBe(false);
    for (const good of [true, true]) {
      expect(await isGoodLink(ground.write, { token: reset!, purpose: 'reset', now })).toBe(good);
    }
    expect(await resetPassword(ground.write, { token: reset!, password, now })).toBeDefined();
    expect(await isGoodLink(ground.write, { token: reset!, purpose: 'reset', now })).toBe(false);
    expect(await confirmEmail(ground.write, { token: confirm!, now })).toBe(true);
    expect(await confirmEmail(ground.write, { token: confirm!, now })).toBe(false);
  });

  test('of two who open a reset link at once, one sets the password', async () => {
    const { ground, letters } = groundOn(await empty());
    await newcomer(ground);
    await requestReset(ground, amina.email);
    await expect.poll(() => letters.length).toBe(2);
    const token = tokenIn(letters[1]);
    const all = await Promise.all(
      ['the first password', 'the second password'].map((password) =>
        resetPassword(ground.write, { token, password, now }),
      ),
    );
    expect(all.filter(Boolean)).toHaveLength(1);
  });

  test('a newer reset link ends the older one, and the old password ends with the reset', async () => {
    const { ground, letters } = groundOn(await empty());
    await newcomer(ground);
    for (const count of [2, 3]) {
      await requestReset(ground, amina.email);
      await expect.poll(() => letters.length).toBe(count);
    }
    const password = 'five tall palm trees';
    const use = (at: number) =>
      resetPassword(ground.write, { token: tokenIn(letters[at]), password, now });
    expect(await use(1)).toBeUndefined();
    expect(await use(2)).toBeDefined();
    expect(await signIn(ground, amina)).toEqual({ status: 'wrong' });
  });

  test('asking for a reset says the same for an unknown address, and writes to nobody', async () => {
    const { ground, letters } = groundOn(await empty());
    await newcomer(ground);
    expect(await requestReset(ground, 'nobody@example.org')).toBe(
      await requestReset(ground, amina.email),
    );
    await expect.poll(() => letters.length).toBe(2);
    expect(letters.map(({ to }) => to)).toEqual([amina.email, amina.email]);
  });

  test('whoever does not know the current password cannot change it', async () => {
    const { ground } = groundOn(await empty());
    const accountId = await newcomer(ground);
    const password = 'five tall palm trees';
    expect(await changePassword(ground, { accountId, current: 'wrong', password })).toBe(false);
    expect((await signIn(ground, amina)).status).toBe('in');
    expect(await changePassword(ground, { accountId, current: amina.password, password })).toBe(
      true,
    );
    expect(await signIn(ground, amina)).toEqual({ status: 'wrong' });
    expect((await signIn(ground, { ...amina, password })).status).toBe('in');
  });

  test('the first administrator’s link is too old after a week, and of two at once one sets up', async () => {
    const { write } = await empty();
    const token = (await openSetup(write, now))!;
    const late = new Date(now.getTime() + 7 * 86_400_000);
    expect(await setUp(write, { ...amina, token, now: late })).toBeUndefined();
    const all = await Promise.all(
      ['a@example.org', 'b@example.org'].map((email) =>
        setUp(write, { ...amina, email, token, now }),
      ),
    );
    expect(all.filter(Boolean)).toHaveLength(1);
  });

  test('signing out on one browser leaves the other signed in; signing out everywhere leaves none', async () => {
    const { read, write } = await empty();
    const { ground } = groundOn({ read, write });
    const id = await newcomer(ground);
    const other = await newcomer(ground, { ...amina, email: 'bob@example.org' });
    const sessions = openSessions(write, { secure: true });
    const begin = async (who: string) => (await sessions.begin(who)).split(';', 1)[0]!;
    const [phone, laptop, bobs] = [await begin(id), await begin(id), await begin(other)];
    expect(await sessions.end(phone)).toMatch(/^__Host-campus=;/);
    expect((await sessions.find(phone)).learner).toBeUndefined();
    expect((await sessions.find(laptop)).learner).toMatchObject({ id, email: amina.email });
    await sessions.endAll(id);
    expect((await sessions.find(laptop)).learner).toBeUndefined();
    expect((await sessions.find(bobs)).learner).toMatchObject({ id: other });
  });

  test('a session that has run out lets nobody in, and its cookie is taken away', async () => {
    const { read, write } = await empty();
    const { ground } = groundOn({ read, write });
    const sessions = openSessions(write, { secure: false });
    const cookie = (await sessions.begin(await newcomer(ground))).split(';', 1)[0]!;
    await write.updateTable('session').set({ expires_at: '2020-01-01T00:00:00.000Z' }).execute();
    expect(await sessions.find(cookie)).toEqual({
      learner: undefined,
      setCookie: expect.stringMatching(/^campus=;/) as string,
    });
    expect(await read.selectFrom('session').selectAll().execute()).toEqual([]);
  });

  test.for(['', 'campus=', 'campus=nonsense', 'other=1', 'campus=%00', 'campus=h:'])(
    'the cookie "%s" is nobody’s',
    async (cookie) => {
      const { write } = await empty();
      const { learner } = await openSessions(write, { secure: false }).find(cookie);
      expect(learner).toBeUndefined();
    },
  );

  test('a PIN opens one’s own account in one’s own cohort; a new one ends the old', async () => {
    const database = await empty();
    const { ground } = groundOn(database);
    const { read, write } = database;
    const instructorId = await newcomer(ground);
    const form = { course: 'c', starts_on: null, ends_on: null, instructorId, now };
    const [mornings, evenings] = [
      await createCohort(write, { ...form, name: 'Mornings' }),
      await createCohort(write, { ...form, name: 'Evenings' }),
    ];
    const accountId = await createPinLearner(write, { name: 'Rosa', pin: '480217', now });
    await join(write, { cohortId: mornings.id, accountId, nameKey: 'rosa', now });
    const enter = async (code: string, pin: string) =>
      signInWithPin(ground, {
        who: `${code}:rosa`,
        pin,
        candidates: await pinCandidates(read, { code, nameKey: 'rosa' }),
      });
    expect(await enter(mornings.code, '480217')).toEqual({ status: 'in', accountId });
    expect(await enter(evenings.code, '480217')).toEqual({ status: 'wrong' });
    expect(await enter('ACDEFGHJ', '480217')).toEqual({ status: 'wrong' });
    await resetPin(write, accountId, '739164');
    expect(await enter(mornings.code, '480217')).toEqual({ status: 'wrong' });
    expect(await enter(mornings.code, '739164')).toEqual({ status: 'in', accountId });
    // Six digits are soon tried through, so few tries are given.
    for (let tries = 0; tries < 10; tries++) await enter(mornings.code, '111119');
    expect(await enter(mornings.code, '739164')).toMatchObject({ status: 'wait' });
  });

  test('who has an account by e-mail cannot be entered with a PIN, not even an empty one', async () => {
    const database = await empty();
    const { ground } = groundOn(database);
    const accountId = await newcomer(ground);
    const cohort = await createCohort(database.write, {
      name: 'G',
      course: 'c',
      starts_on: null,
      ends_on: null,
      instructorId: accountId,
      now,
    });
    await join(database.write, { cohortId: cohort.id, accountId, nameKey: 'amina', now });
    const candidates = await pinCandidates(database.read, { code: cohort.code, nameKey: 'amina' });
    expect(candidates).toEqual([]);
    expect(await signInWithPin(ground, { who: 'x', pin: '', candidates })).toEqual({
      status: 'wrong',
    });
  });

  test('who deletes their account takes name, notes and memberships along; their answers stay, without a name', async () => {
    const database = await empty();
    const { read, write } = database;
    const { ground } = groundOn(database);
    const instructorId = await newcomer(ground, { ...amina, email: 'efua@example.org' });
    const id = await newcomer(ground, { ...amina, name: 'Amina Unmistakable' });
    const form = { name: 'G', course: 'c', starts_on: null, ends_on: null, instructorId, now };
    const cohort = await createCohort(write, form);
    await join(write, { cohortId: cohort.id, accountId: id, nameKey: 'amina unmistakable', now });
    const event = (verb: string, result?: unknown) => ({
      id: crypto.randomUUID(),
      verb,
      object: 'c/m/one',
      timestamp: '2026-03-01T09:00:00Z',
      ...(result === undefined ? {} : { result }),
    });
    await openDoor(write, {}).accept(id, [
      event('completed'),
      event('commented', { response: 'About my neighbour Kofi' }),
    ]);

    await erase(write, id, (tx) => forgetNotes(tx, id));

    expect((await readLog(read, id)).map(({ verb }) => verb)).toEqual(['completed']);
    expect(await readCohortsJoined(read, id)).toEqual([]);
    expect(await signIn(ground, amina)).toEqual({ status: 'wrong' });
    const tables = await write.introspection.getTables();
    for (const { name } of tables) {
      const rows = await write
        .selectFrom(name as 'account')
        .selectAll()
        .execute();
      expect(JSON.stringify(rows)).not.toMatch(/unmistakable|Kofi/i);
    }
    // The other account is untouched.
    expect(await signIn(ground, { ...amina, email: 'efua@example.org' })).toEqual({
      status: 'in',
      accountId: instructorId,
    });
  });

  test('when something cannot be forgotten, the account is not half gone', async () => {
    const database = await empty();
    const { ground } = groundOn(database);
    const accountId = await newcomer(ground);
    const failing = erase(database.write, accountId, async (tx) => {
      await tx.deleteFrom('token').execute();
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect(await signIn(ground, amina)).toEqual({ status: 'in', accountId });
    expect(await database.read.selectFrom('token').selectAll().execute()).toHaveLength(1);
  });
});
