import { describe, expect, test } from 'vitest';
import { openDoor } from '#features/learning-log/door.server.ts';
import { beginAttempt, gradedJudges, showAttempt } from '#features/quiz/attempt.server.ts';
import { GradedBank } from '#features/questions/question.ts';
import { type Database, databases } from '../support/databases.ts';

const bankId = 'course/module/check';
/** Four true-false questions, all true, two drawn. */
const bankWith = (answer: boolean, word = 'Secret feedback.') =>
  GradedBank.parse({
    title: 'Check',
    draw: 2,
    pass: 0.75,
    attempts: 2,
    questions: ['p', 'q', 'r', 's'].map((id) => ({
      id,
      kind: 'true-false',
      outcome: 'o',
      prompt: `Is ${id} so?`,
      answer,
      feedback: { true: word, false: word },
    })),
  });

function openBank({ write, read }: Database, bank = bankWith(true), hash = 'one') {
  const judges = gradedJudges({ [bankId]: { hash, bank } });
  const door = openDoor(write, judges);
  const event = (change: object) => ({
    id: crypto.randomUUID(),
    timestamp: '2026-03-01T10:00:00Z',
    ...change,
  });
  let clock = Date.parse('2026-03-01T10:00:00Z');
  const send = async (actorId: string, change: object) => {
    const [outcome] = await door.accept(actorId, [event(change)], new Date((clock += 1000)));
    return outcome!.reason ?? outcome!.status;
  };
  return {
    begin: (actorId: string) => beginAttempt(door, read, { actorId, bankId }),
    answer: (actorId: string, attempt: string, question: string, value: boolean) =>
      send(actorId, {
        verb: 'answered',
        object: `${bankId}/${question}`,
        attempt,
        result: { response: { kind: 'true-false', value } },
      }),
    handIn: (actorId: string, attempt: string) =>
      send(actorId, { verb: 'completed', object: bankId, attempt }),
    show: (actorId: string, id: string) => showAttempt(read, { id, actorId }),
    asked: async (actorId: string, id: string) => {
      const shown = await showAttempt(read, { id, actorId });
      if (shown?.status !== 'open') throw new Error('not open');
      return shown.questions.map((question) => question.id);
    },
  };
}

describe.for(databases)('a graded attempt on $name', ({ empty }) => {
  test('the last answer to each question counts, an open question counts nothing', async () => {
    const check = openBank(await empty());
    const id = (await check.begin('ada'))!;
    const [first] = await check.asked('ada', id);
    expect(await check.answer('ada', id, first!, false)).toBe('stored');
    expect(await check.answer('ada', id, first!, true)).toBe('stored');
    expect(await check.handIn('ada', id)).toBe('stored');
    expect(await check.show('ada', id)).toMatchObject({
      status: 'handed-in',
      shown: { key: false },
      attempt: { score: 0.5, passed: false },
    });
  });

  test('before handing in, nothing that is shown tells the key', async () => {
    const check = openBank(await empty());
    const id = (await check.begin('ada'))!;
    const [first] = await check.asked('ada', id);
    await check.answer('ada', id, first!, true);
    const shown = JSON.stringify(await check.show('ada', id));
    expect(shown).not.toMatch(/Secret|"answer"|remarks|"score":[\d.]/);
  });

  test('right answers are shown once it is passed', async () => {
    const check = openBank(await empty());
    const id = (await check.begin('ada'))!;
    for (const question of await check.asked('ada', id))
      await check.answer('ada', id, question, true);
    await check.handIn('ada', id);
    expect(await check.show('ada', id)).toMatchObject({
      shown: { key: true },
      attempt: { score: 1, passed: true },
    });
  });

  test('while the last attempt is open, an earlier one does not show its right answers', async () => {
    const check = openBank(await empty());
    const one = (await check.begin('ada'))!;
    await check.handIn('ada', one);
    const two = (await check.begin('ada'))!;
    expect(await check.show('ada', one)).toMatchObject({ shown: { key: false } });
    await check.handIn('ada', two);
    expect(await check.show('ada', one)).toMatchObject({ shown: { key: true } });
  });

  test('no more attempts are given than the bank allows, and one at a time', async () => {
    const check = openBank(await empty());
    const one = (await check.begin('ada'))!;
    expect(await check.begin('ada')).toBe(one);
    await check.handIn('ada', one);
    const two = (await check.begin('ada'))!;
    expect(two).not.toBe(one);
    await check.handIn('ada', two);
    expect(await check.begin('ada')).toBeUndefined();
    expect(await check.begin('bob')).toBeDefined();
  });

  test('two devices that begin at once get the same attempt', async () => {
    const database = await empty();
    const [phone, laptop] = [openBank(database), openBank(database)];
    const ids = await Promise.all([phone.begin('ada'), laptop.begin('ada'), phone.begin('ada')]);
    expect(new Set(ids).size).toBe(1);
  });

  test('after handing in, and into somebody else’s attempt, no answer is taken', async () => {
    const check = openBank(await empty());
    const id = (await check.begin('ada'))!;
    const asked = await check.asked('ada', id);
    const notDrawn = ['p', 'q', 'r', 's'].find((one) => !asked.includes(one))!;
    expect(await check.answer('eve', id, asked[0]!, true)).toBe('unknown-attempt');
    expect(await check.handIn('eve', id)).toBe('unknown-attempt');
    expect(await check.show('eve', id)).toBeUndefined();
    expect(await check.answer('ada', id, notDrawn, true)).toBe('unknown-question');
    await check.handIn('ada', id);
    expect(await check.answer('ada', id, asked[0]!, true)).toBe('handed-in');
    expect(await check.handIn('ada', id)).toBe('handed-in');
  });

  test('an attempt is marked by the version of the bank that it was drawn from', async () => {
    const database = await empty();
    const before = openBank(database, bankWith(true, 'Old words.'), 'old');
    const id = (await before.begin('ada'))!;
    const after = openBank(database, bankWith(false, 'New words.'), 'new');
    for (const question of await before.asked('ada', id))
      await after.answer('ada', id, question, true);
    await after.handIn('ada', id);
    const shown = await after.show('ada', id);
    expect(shown).toMatchObject({ attempt: { score: 1, passed: true } });
    expect(JSON.stringify(shown)).toContain('Old words.');
  });
});
