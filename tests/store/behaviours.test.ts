import { describe, expect, test } from 'vitest';
import { openDoor } from '#features/learning-log/door.server.ts';
import { readProgressOf, rebuildProgress } from '#features/learning-log/progress.store.ts';
import { GradedBank } from '#features/questions/question.ts';
import {
  beginAttempt,
  gradedJudges,
  handInOverdue,
  readDrawn,
  readFeedback,
  showAttempt,
} from '#features/quiz/attempt.server.ts';
import { giveExtraTime, readOverdue } from '#features/quiz/deadline.store.ts';
import { type Database, databases } from '../support/databases.ts';

const bankId = 'course/module/check';
/** True-false questions, all true. */
const bankWith = (settings: object, count = 4) =>
  GradedBank.parse({
    title: 'Check',
    draw: count,
    pass: 0.75,
    attempts: 3,
    questions: Array.from({ length: count }, (_, at) => ({
      id: `q${at}`,
      kind: 'true-false',
      outcome: 'o',
      prompt: 'Is it so?',
      answer: true,
      feedback: { true: 'Because it is.', false: 'Look again.' },
    })),
    ...settings,
  });

function open({ write, read }: Database, settings: object, count?: number) {
  const bank = bankWith(settings, count);
  const door = openDoor(
    write,
    gradedJudges({ [bankId]: { hash: `behaviours ${count} ${JSON.stringify(settings)}`, bank } }),
  );
  let now = Date.parse('2026-03-01T10:00:00Z');
  const send = async (change: object) => {
    const event = { id: crypto.randomUUID(), timestamp: new Date(now).toISOString(), ...change };
    const [outcome] = await door.accept('ada', [event], new Date(now));
    return outcome!.reason ?? outcome!.status;
  };
  const check = {
    door,
    read,
    write,
    /** Lets time pass, in minutes. */
    wait: (minutes: number) => (now += minutes * 60_000),
    now: () => new Date(now),
    begin: async () => {
      const id = crypto.randomUUID();
      const said = await send({ id, verb: 'initialized', object: bankId });
      return { id, said };
    },
    answer: (attempt: string, question: string, value = true, certainty?: number) =>
      send({
        verb: 'answered',
        object: `${bankId}/${question}`,
        attempt,
        result: { response: { kind: 'true-false', value }, ...(certainty ? { certainty } : {}) },
      }),
    handIn: (attempt: string) => send({ verb: 'completed', object: bankId, attempt }),
    order: async (attempt: string) =>
      (await readDrawn(read, attempt)).map(({ question }) => question.id),
    show: (id: string, closed = false) => showAttempt(read, { id, actorId: 'ada', closed }),
    result: async (id: string, closed = false) => {
      const shown = await showAttempt(read, { id, actorId: 'ada', closed });
      if (shown?.status !== 'handed-in') throw new Error('not handed in');
      return shown;
    },
    /** A whole attempt with so many right. */
    take: async (right: number, certainty?: number) => {
      const { id, said } = await check.begin();
      expect(said).toBe('stored');
      for (const [at, question] of (await check.order(id)).entries()) {
        check.wait(0.1);
        expect(await check.answer(id, question, at < right, certainty)).toBe('stored');
      }
      check.wait(0.1);
      expect(await check.handIn(id)).toBe('stored');
      check.wait(0.1);
      return id;
    },
    sum: async () => (await readProgressOf(read, 'ada', bankId))!,
  };
  return check;
}

describe.for(databases)('a check on $name', ({ empty }) => {
  test('with a time limit: answers count until the time and its grace are over', async () => {
    const check = open(await empty(), { timeLimit: 20, graceSeconds: 60 });
    const { id } = await check.begin();
    check.wait(20.9);
    expect(await check.answer(id, 'q0')).toBe('stored');
    check.wait(0.2);
    expect(await check.answer(id, 'q1')).toBe('time-is-up');
  });

  test('with a time limit: what has arrived is handed in by itself, once', async () => {
    const check = open(await empty(), { timeLimit: 20, graceSeconds: 60, pass: 0.25 });
    const { id } = await check.begin();
    await check.answer(id, 'q0');
    check.wait(20.5);
    expect(await handInOverdue(check.door, check.read, { now: check.now() })).toBe(0);
    check.wait(1);
    const both = await Promise.all([
      handInOverdue(check.door, check.read, { now: check.now() }),
      handInOverdue(check.door, check.read, { now: check.now(), actorId: 'ada' }),
    ]);
    expect(both.sort()).toEqual([0, 1]);
    expect((await check.result(id)).attempt).toMatchObject({ score: 0.25, passed: true });
    expect(await readOverdue(check.read, check.now())).toEqual([]);
  });

  test('handed in before the time is up has no deadline any more', async () => {
    const check = open(await empty(), { timeLimit: 20 });
    await check.take(4);
    check.wait(60);
    expect(await handInOverdue(check.door, check.read, { now: check.now() })).toBe(0);
  });

  test('extra time holds for one learner, in an attempt that is open too', async () => {
    const check = open(await empty(), { timeLimit: 20, graceSeconds: 0 });
    const { id } = await check.begin();
    check.wait(21);
    expect(await check.answer(id, 'q0')).toBe('time-is-up');
    const extra = { actorId: 'ada', percent: 50, by: 'ines', now: check.now() };
    await giveExtraTime(check.write, extra);
    expect(await handInOverdue(check.door, check.read, { now: check.now() })).toBe(0);
    expect(await check.answer(id, 'q0')).toBe('stored');
    const shown = await check.show(id);
    expect(shown).toMatchObject({ dueAt: new Date('2026-03-01T10:30:00Z') });
    check.wait(10);
    expect(await handInOverdue(check.door, check.read, { now: check.now() })).toBe(1);
    await giveExtraTime(check.write, { ...extra, percent: 0 });
  });

  test('a waiting time lies between two attempts', async () => {
    const check = open(await empty(), { waitMinutes: 30 });
    await check.take(0);
    check.wait(29);
    expect((await check.begin()).said).toBe('too-soon');
    check.wait(2);
    expect((await check.begin()).said).toBe('stored');
  });

  test('sequential: what was passed by can’t be answered any more', async () => {
    const check = open(await empty(), { navigation: 'sequential' });
    const { id } = await check.begin();
    const [first, second, third] = await check.order(id);
    expect(await check.answer(id, first!)).toBe('stored');
    expect(await check.answer(id, first!, false)).toBe('stored');
    expect(await check.answer(id, third!)).toBe('stored');
    expect(await check.answer(id, second!)).toBe('passed-by');
    expect(await check.answer(id, first!)).toBe('passed-by');
  });

  test('with feedback at once an answer is final, and nothing is said before it', async () => {
    const check = open(await empty(), { feedback: 'immediate' });
    const { id } = await check.begin();
    const [first, second] = await check.order(id);
    const feedbackOn = (questionId: string, actorId = 'ada') =>
      readFeedback(check.read, { attempt: id, questionId, actorId });
    expect(await feedbackOn(first!)).toBeUndefined();
    await check.answer(id, first!, false);
    expect(await feedbackOn(first!)).toEqual({
      score: 0,
      remarks: [{ right: false, text: 'Look again.' }],
    });
    expect(await check.answer(id, first!, true)).toBe('final');
    expect(await feedbackOn(second!)).toBeUndefined();
    expect(await feedbackOn(first!, 'somebody-else')).toBeUndefined();
  });

  test('without feedback at once, none can be asked for while the attempt is open', async () => {
    const check = open(await empty(), {});
    const { id } = await check.begin();
    await check.answer(id, 'q0');
    const asked = { attempt: id, questionId: 'q0', actorId: 'ada' };
    expect(await readFeedback(check.read, asked)).toBeUndefined();
  });

  test.for([
    ['best', 1, true],
    ['last', 0.25, false],
    // (0.5 + 1 + 0.25) ÷ 3
    ['average', 0.583333333, false],
  ] as const)('where the %s counts, three attempts come to %d', async ([counts, score, passed]) => {
    const check = open(await empty(), { counts });
    for (const right of [2, 4, 1]) await check.take(right);
    expect(await check.sum()).toMatchObject({ attempts: 3, best_score: score });
    expect((await check.sum()).passed_at !== null).toBe(passed);
    const before = await check.sum();
    await rebuildProgress(check.write);
    expect(await check.sum()).toEqual(before);
  });

  test('an average that reaches the pass mark passes', async () => {
    const check = open(await empty(), { counts: 'average', pass: 0.75 });
    await check.take(2);
    await check.take(4);
    expect(await check.sum()).toMatchObject({ best_score: 0.75 });
    expect((await check.sum()).passed_at).not.toBeNull();
  });

  test('certainty that informs leaves the marks alone and says its own sum', async () => {
    const check = open(await empty(), { certainty: 'informs' });
    const id = await check.take(3, 3);
    const { result, attempt, questions } = await check.result(id);
    expect(attempt).toMatchObject({ score: 0.75, passed: true });
    // Three right and sure, one wrong and sure: 3 + 3 + 3 - 6.
    expect(result.certainty).toEqual({ sum: 3, most: 12 });
    expect(questions.map(({ certainty }) => certainty)).toEqual([3, 3, 3, 3]);
  });

  test('certainty that counts makes the marks, never below nothing', async () => {
    const check = open(await empty(), { certainty: 'counts', pass: 0.6 });
    // Two of three points each.
    const fairly = await check.result(await check.take(4, 2));
    expect(fairly.attempt).toMatchObject({ score: 0.666666667, passed: true });
    const wrong = await check.result(await check.take(0, 3));
    expect(wrong.attempt).toMatchObject({ score: 0, passed: false });
  });

  test('what is shown only when the course is closed is not shown before', async () => {
    const review = { marks: 'closed', feedback: 'closed', key: 'closed' };
    const check = open(await empty(), { review, attempts: 1 });
    const id = await check.take(2);
    const before = await check.result(id);
    expect(before.questions.map(({ score, remarks, key }) => [score, remarks, key])).toEqual(
      Array(4).fill([null, [], undefined]),
    );
    const after = await check.result(id, true);
    expect(after.shown).toEqual({ marks: true, feedback: true, key: true });
    expect(after.questions.every(({ key, remarks }) => key && remarks.length === 1)).toBe(true);
  });

  test('no key is shown while another attempt is open, even when the course is closed', async () => {
    const check = open(await empty(), { review: { key: 'closed' } });
    const id = await check.take(2);
    await check.begin();
    expect((await check.result(id, true)).shown.key).toBe(false);
  });

  test('a learner can’t say a score, only an instructor', async () => {
    const check = open(await empty(), {});
    const id = await check.take(0);
    const event = {
      id: crypto.randomUUID(),
      verb: 'scored',
      object: bankId,
      attempt: id,
      timestamp: '2026-03-01T10:00:00Z',
    };
    const [outcome] = await check.door.accept('ada', [event]);
    expect(outcome).toMatchObject({ status: 'refused', reason: 'not-yours-to-say' });
  });

  test('two devices that begin at once go on with the same attempt', async () => {
    const check = open(await empty(), {});
    const begin = () => beginAttempt(check.door, check.read, { actorId: 'ada', bankId });
    const [one, other] = await Promise.all([begin(), begin()]);
    expect(one).toBe(other);
  });
});
