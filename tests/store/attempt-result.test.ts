import { describe, expect, test } from 'vitest';
import { openDoor } from '#features/learning-log/door.server.ts';
import { beginAttempt, gradedJudges, showAttempt } from '#features/quiz/attempt.server.ts';
import { type Settled, keyOf } from '#features/questions/questions.ts';
import type { Answer } from '#features/questions/answer.ts';
import { GradedBank } from '#features/questions/question.ts';
import { type Database, databases } from '../support/databases.ts';

const bankId = 'course/module/check';
const common = { outcome: 'o', prompt: 'What?' };
const words = { text: 'Text.', feedback: 'Why it is so.' };
/** One question of each kind, all drawn; the feedback on the right choice is a word of its own. */
const mixed = GradedBank.parse({
  title: 'Check',
  draw: 4,
  pass: 0.5625,
  attempts: 2,
  questions: [
    {
      ...common,
      id: 'several',
      kind: 'choice',
      multiple: true,
      choices: [
        { ...words, id: 'a', correct: true, feedback: 'Hidden treasure.' },
        { ...words, id: 'b', correct: true },
        { ...words, id: 'c' },
      ],
    },
    {
      ...common,
      id: 'matching',
      kind: 'matching',
      options: ['x', 'y'].map((id) => ({ id, text: id })),
      rows: [
        { ...words, id: 'one', match: 'x' },
        { ...words, id: 'two', match: 'y' },
      ],
    },
    {
      ...common,
      id: 'ordering',
      kind: 'ordering',
      items: ['a', 'b', 'c', 'd', 'e'].map((id) => ({ id, text: id })),
      feedback: { right: 'In order.', wrong: 'Not in order.' },
    },
    {
      ...common,
      id: 'truth',
      kind: 'true-false',
      answer: true,
      feedback: { true: 'Y', false: 'N' },
    },
  ],
});
/** Eight questions whose answer is yes. */
const eight = GradedBank.parse({
  title: 'Eight',
  draw: 8,
  pass: 0.75,
  attempts: 2,
  questions: Array.from({ length: 8 }, (_, at) => ({
    ...common,
    id: `q${at}`,
    kind: 'true-false',
    answer: true,
    feedback: { true: 'Y', false: 'N' },
  })),
});

function openCheck({ read, write }: Database, bank: GradedBank, hash: string) {
  const door = openDoor(write, gradedJudges({ [bankId]: { hash, bank } }));
  let clock = Date.parse('2026-03-01T10:00:00Z');
  const send = async (actorId: string, change: object, id: string = crypto.randomUUID()) => {
    const event = { id, timestamp: '2026-03-01T10:00:00.000Z', ...change };
    const [outcome] = await door.accept(actorId, [event], new Date((clock += 1000)));
    return outcome!;
  };
  const check = {
    door,
    send,
    begin: (actorId = 'ada', id = bankId) => beginAttempt(door, read, { actorId, bankId: id }),
    answer: (attempt: string, question: string, response: Answer) =>
      send('ada', {
        verb: 'answered',
        object: `${bankId}/${question}`,
        attempt,
        result: { response },
      }),
    handIn: (attempt: string) => send('ada', { verb: 'completed', object: bankId, attempt }),
    show: async (id: string) => {
      const shown = await showAttempt(read, { id, actorId: 'ada' });
      if (shown?.status !== 'handed-in') throw new Error('not handed in');
      return shown;
    },
    /** Takes a whole attempt, answering as told. */
    take: async (answers: Record<string, Answer>) => {
      const id = (await check.begin())!;
      for (const [question, answer] of Object.entries(answers)) {
        expect(await check.answer(id, question, answer)).toMatchObject({ status: 'stored' });
      }
      await check.handIn(id);
      return id;
    },
  };
  return check;
}

const partly: Record<string, Answer> = {
  // One of two: a half. One row of two: a half. One item out of place: three of four. True: one.
  several: { kind: 'choice', chosen: ['b'] },
  matching: { kind: 'matching', pairs: { one: 'x', two: 'x' } },
  ordering: { kind: 'ordering', order: ['b', 'c', 'd', 'e', 'a'] },
  truth: { kind: 'true-false', value: true },
};

describe.for(databases)('the result of an attempt on $name', ({ empty }) => {
  test('is the mean of the marks, as worked out by hand, with each question’s own beside it', async () => {
    const check = openCheck(await empty(), mixed, 'mixed');
    const shown = await check.show(await check.take(partly));
    // (0.5 + 0.5 + 0.75 + 1) ÷ 4
    expect(shown.attempt).toMatchObject({ score: 0.6875, passed: true });
    expect(Object.fromEntries(shown.questions.map((one) => [one.question.id, one.score]))).toEqual({
      several: 0.5,
      matching: 0.5,
      ordering: 0.75,
      truth: 1,
    });
  });

  test('exactly the pass mark passes', async () => {
    const check = openCheck(await empty(), mixed, 'mixed');
    // (0.5 + 0 + 0.75 + 1) ÷ 4 = 0.5625
    const shown = await check.show(
      await check.take({
        ...partly,
        matching: { kind: 'matching', pairs: { one: 'y', two: 'x' } },
      }),
    );
    expect(shown.attempt).toMatchObject({ score: 0.5625, passed: true });
  });

  test.for([
    [6, true],
    [5, false],
    [0, false],
    [8, true],
  ] as const)(
    '%i right of eight, where six are asked for: passed is %s',
    async ([right, passed]) => {
      const check = openCheck(await empty(), eight, 'eight');
      const answers = eight.questions.map(({ id }, at): [string, Answer] => [
        id,
        { kind: 'true-false', value: at < right },
      ]);
      const shown = await check.show(await check.take(Object.fromEntries(answers)));
      expect(shown.attempt).toMatchObject({ score: right / 8, passed });
    },
  );

  test('handed in empty is nothing, and says nothing about any question', async () => {
    const check = openCheck(await empty(), mixed, 'mixed');
    const shown = await check.show(await check.take({}));
    expect(shown.attempt).toMatchObject({ score: 0, passed: false });
    expect(shown.questions.map(({ answer, score, remarks }) => [answer, score, remarks])).toEqual(
      Array(4).fill([undefined, 0, []]),
    );
  });

  test('not passed and with an attempt left, it speaks of what was chosen and shows no key', async () => {
    const check = openCheck(await empty(), mixed, 'mixed');
    const shown = await check.show(
      await check.take({ several: { kind: 'choice', chosen: ['b', 'c'] } }),
    );
    expect(shown.shown.key).toBe(false);
    expect(shown.questions.map(({ key }) => key)).toEqual(Array(4).fill(undefined));
    const said = JSON.stringify(shown);
    expect(said).toContain('Why it is so.');
    expect(said).not.toContain('Hidden treasure.');
  });

  test('with no attempt left, the key of each is shown, of the first attempt too', async () => {
    const check = openCheck(await empty(), mixed, 'mixed');
    const ids = [await check.take({}), await check.take({})];
    for (const id of ids) {
      const shown = await check.show(id);
      expect(shown.shown.key).toBe(true);
      for (const { question, key } of shown.questions) {
        expect(key).toEqual(
          keyOf(mixed.questions.find((one) => one.id === question.id) as Settled),
        );
      }
    }
    expect(await check.begin()).toBeUndefined();
  });

  test('two devices that hand in at once have one result', async () => {
    const database = await empty();
    const [phone, laptop] = [
      openCheck(database, mixed, 'mixed'),
      openCheck(database, mixed, 'mixed'),
    ];
    const id = (await phone.begin())!;
    const outcomes = await Promise.all([phone.handIn(id), laptop.handIn(id)]);
    expect(outcomes.map(({ status, reason }) => reason ?? status).sort()).toEqual([
      'handed-in',
      'stored',
    ]);
  });

  test('an attempt handed in without a network and sent twice is handed in once', async () => {
    const check = openCheck(await empty(), mixed, 'mixed');
    const attempt = (await check.begin())!;
    const event = { verb: 'completed', object: bankId, attempt };
    const id = crypto.randomUUID();
    expect(await check.send('ada', event, id)).toMatchObject({ status: 'stored' });
    expect(await check.send('ada', event, id)).toMatchObject({ status: 'duplicate' });
  });

  test('answers that waited on the device and arrive together with the handing in all count', async () => {
    const database = await empty();
    const check = openCheck(database, mixed, 'mixed');
    const attempt = (await check.begin())!;
    const event = (second: number, change: object) => ({
      id: crypto.randomUUID(),
      timestamp: `2026-03-01T09:00:0${second}.000Z`,
      attempt,
      ...change,
    });
    const truth = (value: boolean) => ({
      verb: 'answered',
      object: `${bankId}/truth`,
      result: { response: { kind: 'true-false', value } },
    });
    await check.door.accept('ada', [
      event(1, truth(false)),
      event(2, truth(true)),
      event(3, { verb: 'completed', object: bankId }),
    ]);
    expect((await check.show(attempt)).attempt.score).toBe(0.25);
  });

  test('an answer that is none changes nothing and is refused without a word on right or wrong', async () => {
    const check = openCheck(await empty(), mixed, 'mixed');
    const attempt = (await check.begin())!;
    const send = (result: unknown, object = `${bankId}/truth`) =>
      check.send('ada', { verb: 'answered', object, attempt, result });
    const yes = { response: { kind: 'true-false', value: true } };
    const reasons = [
      await send({ response: { kind: 'choice', chosen: ['a'] } }),
      await send({ response: { kind: 'choice', chosen: ['z'] } }, `${bankId}/several`),
      await send({ response: { kind: 'ordering', order: ['a'] } }, `${bankId}/ordering`),
      await send({ response: true }),
      await send({ ...yes, score: 1 }),
      await send(undefined),
      await send(yes, `${bankId}/nonsense`),
      await send(yes, 'course/module/other/truth'),
    ].map(({ status, reason }) => [status, reason]);
    expect(reasons).toEqual(
      [
        'wrong-kind',
        'unknown-id',
        'incomplete',
        'malformed-answer',
        'malformed-answer',
        'malformed-answer',
        'unknown-question',
        'unknown-attempt',
      ].map((reason) => ['refused', reason]),
    );
    await check.handIn(attempt);
    expect((await check.show(attempt)).attempt.score).toBe(0);
  });

  test('what is told about an answer while the attempt is open is the same whether it is right', async () => {
    const check = openCheck(await empty(), mixed, 'mixed');
    const attempt = (await check.begin())!;
    const right = await check.answer(attempt, 'truth', { kind: 'true-false', value: true });
    const wrong = await check.answer(attempt, 'truth', { kind: 'true-false', value: false });
    expect({ ...right, id: '' }).toEqual({ ...wrong, id: '' });
  });

  test('a check that there is not cannot be begun', async () => {
    const check = openCheck(await empty(), mixed, 'mixed');
    expect(await check.begin('ada', 'course/module/nonsense')).toBeUndefined();
    expect(await check.begin('ada', 'course/module/constructor')).toBeUndefined();
  });

  test('an attempt is still shown when its questions have since been taken out of the bank', async () => {
    const database = await empty();
    const id = await openCheck(database, mixed, 'mixed').take(partly);
    const later = openCheck(database, eight, 'eight');
    const shown = await later.show(id);
    expect(shown).toMatchObject({ bank: { title: 'Check' }, attempt: { score: 0.6875 } });
    expect(shown.questions.map(({ question }) => question.id).sort()).toEqual(
      Object.keys(partly).sort(),
    );
  });
});
