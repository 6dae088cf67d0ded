import { describe, expect, test } from 'vitest';
import { openDoor } from '#features/learning-log/door.server.ts';
import { readProgressOf, rebuildProgress } from '#features/learning-log/progress.store.ts';
import { GradedBank } from '#features/questions/question.ts';
import { gradedJudges, showAttempt } from '#features/quiz/attempt.server.ts';
import type { Change } from '#features/quiz/correction.ts';
import { readCorrections } from '#features/quiz/correction.store.ts';
import { readGivenAnswers } from '#features/quiz/given-answers.server.ts';
import { markResponse, readMarkingQueue } from '#features/quiz/marking.server.ts';
import { correct, tryCorrection } from '#features/quiz/regrade.server.ts';
import { type Database, databases } from '../support/databases.ts';

const bankId = 'course/module/check';
const feedback = 'Why.';
const choice = (id: string) => ({
  id,
  kind: 'choice',
  outcome: 'o',
  prompt: `Which of ${id}?`,
  choices: ['a', 'b', 'c'].map((one) => ({ id: one, text: one, correct: one === 'a', feedback })),
});
const bank = GradedBank.parse({
  title: 'Check',
  draw: 4,
  pass: 0.75,
  attempts: 1,
  questions: ['one', 'two', 'three', 'four'].map(choice),
});
const written = GradedBank.parse({
  title: 'Check',
  draw: 2,
  pass: 0.75,
  attempts: 1,
  questions: [
    choice('one'),
    {
      id: 'plan',
      kind: 'open-response',
      outcome: 'o',
      prompt: 'What would you do on Monday?',
      model: 'Call the two unions.',
      rubric: [
        { id: 'who', text: 'Names who acts', points: 2 },
        { id: 'when', text: 'Says when', points: 1 },
      ],
    },
  ],
});

async function cohortOf({ write }: Database, id: string, members: readonly string[]) {
  const created_at = '2026-01-01T00:00:00Z';
  const account = (one: string) => ({
    id: one,
    name: one,
    name_key: one,
    role: 'learner' as const,
    email: null,
    email_confirmed_at: null,
    password_hash: null,
    pin_hash: null,
    created_at,
  });
  await write
    .insertInto('account')
    .values([account(`teacher-${id}`), ...members.map(account)])
    .execute();
  await write
    .insertInto('cohort')
    .values({
      id,
      name: id,
      course: 'course',
      code: id,
      starts_on: null,
      ends_on: null,
      instructor_id: `teacher-${id}`,
      created_at,
    })
    .execute();
  for (let at = 0; at < members.length; at += 200) {
    await write
      .insertInto('cohort_member')
      .values(
        members.slice(at, at + 200).map((one) => ({
          cohort_id: id,
          account_id: one,
          name_key: one,
          joined_at: created_at,
        })),
      )
      .execute();
  }
}

function open({ write, read }: Database, of = bank) {
  const door = openDoor(
    write,
    gradedJudges({ [bankId]: { hash: `regrade ${of.questions.length}`, bank: of } }),
  );
  let clock = Date.parse('2026-03-01T10:00:00Z');
  /** A whole attempt; answers by question id. */
  const take = async (actorId: string, answers: Record<string, object>) => {
    const id = crypto.randomUUID();
    const events = [
      { id, verb: 'initialized', object: bankId },
      ...Object.entries(answers).map(([question, response]) => ({
        verb: 'answered',
        object: `${bankId}/${question}`,
        attempt: id,
        result: { response },
      })),
      { verb: 'completed', object: bankId, attempt: id },
    ];
    const outcomes = await door.accept(
      actorId,
      events.map((event) => ({
        id: crypto.randomUUID(),
        timestamp: new Date((clock += 1000)).toISOString(),
        ...event,
      })),
      new Date((clock += 1000)),
    );
    expect(outcomes.map(({ status, reason }) => reason ?? status)).toEqual(
      outcomes.map(() => 'stored'),
    );
    return id;
  };
  const chose = (...chosen: string[]) =>
    Object.fromEntries(
      of.questions.map(({ id }, at) => [id, { kind: 'choice', chosen: [chosen[at] ?? 'a'] }]),
    );
  const show = async (actorId: string, id: string) => {
    const shown = await showAttempt(read, { id, actorId });
    if (shown?.status !== 'handed-in') throw new Error('not handed in');
    return shown;
  };
  const proposal = (change: Change, more: object = {}) => ({
    bankId,
    questionId: 'one',
    cohortId: 'red',
    change,
    reason: 'Two answers can be defended.',
    keepsBetter: true,
    madeBy: 'teacher-red',
    ...more,
  });
  const sum = (actorId: string) => readProgressOf(read, actorId, bankId);
  return { door, read, write, take, chose, show, proposal, sum };
}
const accept = (id: string): Change => ({
  type: 'accept',
  answer: { kind: 'choice', chosen: [id] },
});
const key = (id: string): Change => ({ type: 'key', answer: { kind: 'choice', chosen: [id] } });

describe.for(databases)('a question corrected after it was answered, on $name', ({ empty }) => {
  test('another answer accepted: who gave it gets the marks, is told, and the log keeps what was', async () => {
    const database = await empty();
    await cohortOf(database, 'red', ['ada', 'ben', 'cem']);
    const check = open(database);
    const ada = await check.take('ada', check.chose('b', 'b'));
    const ben = await check.take('ben', check.chose('c', 'b'));
    const cem = await check.take('cem', check.chose('a'));
    expect((await check.sum('ada'))?.passed_at).toBeNull();

    const trial = await tryCorrection(check.read, check.proposal(accept('b')));
    expect(trial).toEqual({
      changes: [
        {
          attempt: ada,
          actorId: 'ada',
          before: { score: 0.5, passed: false },
          after: { score: 0.75, passed: true },
        },
      ],
      unchanged: 2,
    });
    expect(await readCorrections(check.read, bankId)).toEqual([]);
    expect((await check.show('ada', ada)).attempt.score).toBe(0.5);

    const now = new Date('2026-03-02T10:00:00Z');
    expect(await correct(check.door, check.read, check.proposal(accept('b')), now)).toEqual(trial);
    const shown = await check.show('ada', ada);
    expect(shown.attempt).toMatchObject({
      score: 0.75,
      passed: true,
      before: { score: 0.5, changedAt: now.toISOString() },
    });
    const one = shown.questions.find(({ question }) => question.id === 'one');
    expect(one).toMatchObject({ score: 1, corrected: ['Two answers can be defended.'] });
    expect((await check.sum('ada'))?.best_score).toBe(0.75);
    expect((await check.sum('ada'))?.passed_at).not.toBeNull();
    expect((await check.show('ben', ben)).attempt).toMatchObject({ score: 0.5, before: null });
    expect((await check.show('cem', cem)).attempt.score).toBe(1);

    // Made again from the log, it is the same.
    const before = await check.sum('ada');
    await rebuildProgress(check.write);
    expect(await check.sum('ada')).toEqual(before);
  });

  test('a question that counts for nobody is left out of the mean', async () => {
    const database = await empty();
    await cohortOf(database, 'red', ['ada']);
    const check = open(database);
    const id = await check.take('ada', check.chose('b', 'b'));
    await correct(check.door, check.read, check.proposal({ type: 'void' }));
    const shown = await check.show('ada', id);
    // Two of three that still count.
    expect(shown.attempt.score).toBe(0.666666667);
    expect(shown.questions.find(({ question }) => question.id === 'one')).toMatchObject({
      state: 'void',
      score: null,
    });
  });

  test('another key: nobody’s result gets worse, unless that is wanted', async () => {
    const database = await empty();
    await cohortOf(database, 'red', ['ada', 'ben']);
    const check = open(database);
    const ada = await check.take('ada', check.chose('a'));
    const ben = await check.take('ben', check.chose('b'));
    const kind = await correct(check.door, check.read, check.proposal(key('b')));
    expect(kind.changes.map(({ actorId, after }) => [actorId, after.score])).toEqual([['ben', 1]]);
    expect((await check.show('ada', ada)).attempt.score).toBe(1);
    const strict = check.proposal(key('b'), { keepsBetter: false });
    const hard = await correct(check.door, check.read, strict);
    expect(hard.changes.map(({ actorId, after }) => [actorId, after.score])).toEqual([
      ['ada', 0.75],
    ]);
    expect((await check.show('ben', ben)).attempt.score).toBe(1);
  });

  test('it holds for the group of the instructor and for nobody else', async () => {
    const database = await empty();
    await cohortOf(database, 'red', ['ada']);
    await cohortOf(database, 'blue', ['ben']);
    const check = open(database);
    await check.take('ada', check.chose('b'));
    const ben = await check.take('ben', check.chose('b'));
    const { changes } = await correct(check.door, check.read, check.proposal(accept('b')));
    expect(changes.map(({ actorId }) => actorId)).toEqual(['ada']);
    expect((await check.show('ben', ben)).attempt).toMatchObject({ score: 0.75, before: null });
    const all = check.proposal(accept('b'), { cohortId: null });
    const everybody = await correct(check.door, check.read, all);
    expect(everybody.changes.map(({ actorId }) => actorId)).toEqual(['ben']);
  });

  test('attempts handed in later get it too', async () => {
    const database = await empty();
    await cohortOf(database, 'red', ['ada']);
    const check = open(database);
    await correct(check.door, check.read, check.proposal(accept('b')));
    const id = await check.take('ada', check.chose('b'));
    expect((await check.show('ada', id)).attempt).toMatchObject({ score: 1, before: null });
  });

  test('a failure in the middle changes nothing at all', async () => {
    const database = await empty();
    await cohortOf(database, 'red', ['ada', 'ben']);
    const check = open(database);
    await check.take('ada', check.chose('b'));
    await check.take('ben', check.chose('b'));
    const log = () => check.read.selectFrom('learning_event').select('id').orderBy('id').execute();
    const before = await log();
    const failing = check.door.amend(['ada', 'ben'], async (_, write) => {
      await write
        .insertInto('correction')
        .values({
          id: 'x',
          bank: bankId,
          question: 'one',
          cohort_id: null,
          change: '{"type":"void"}',
          reason: 'r',
          keeps_better: 1,
          made_by: 'me',
          made_at: '2026-03-01T00:00:00Z',
        })
        .execute();
      const common = { object: bankId, score: 1, success: true, detail: {} };
      return [
        { ...common, actorId: 'ada', attempt: crypto.randomUUID() },
        // Nobody: the database refuses, after the first was written.
        { ...common, actorId: null as never, attempt: crypto.randomUUID() },
      ];
    });
    await expect(failing).rejects.toThrow();
    expect(await log()).toEqual(before);
    expect(await readCorrections(check.read, bankId)).toEqual([]);
    expect((await check.sum('ada'))?.best_score).toBe(0.75);
  });

  test('of 2,000 attempts, what the dry run shows is what happens', async () => {
    const database = await empty();
    const people = Array.from({ length: 2000 }, (_, at) => `p${String(at).padStart(4, '0')}`);
    await cohortOf(database, 'red', people);
    const check = open(database);
    // As many arrive together as the door takes at once.
    await Promise.all(
      people.map((one, at) =>
        check.take(one, check.chose(['a', 'b', 'c'][at % 3]!, ['a', 'b'][at % 2]!)),
      ),
    );
    const trial = await tryCorrection(check.read, check.proposal(accept('b')));
    expect(trial.changes).toHaveLength(667);
    expect(trial.unchanged).toBe(1333);
    const real = await correct(check.door, check.read, check.proposal(accept('b')));
    expect(real).toEqual(trial);
    const sums = await check.read
      .selectFrom('progress')
      .select(['actor_id', 'best_score'])
      .where('object', '=', bankId)
      .execute();
    const scoreOf = new Map(sums.map((one) => [one.actor_id, one.best_score]));
    for (const { actorId, after } of trial.changes) expect(scoreOf.get(actorId)).toBe(after.score);
    expect((await tryCorrection(check.read, check.proposal(accept('b')))).changes).toEqual([]);
  });

  test('the answers that were given are counted, the most frequent first', async () => {
    const database = await empty();
    await cohortOf(database, 'red', ['ada', 'ben', 'cem', 'dia']);
    const check = open(database);
    for (const one of ['ada', 'ben']) await check.take(one, check.chose('b'));
    await check.take('cem', check.chose('a'));
    await check.take('dia', {});
    const given = await readGivenAnswers(check.read, {
      bankId,
      questionId: 'one',
      cohortId: 'red',
    });
    expect(given.taken).toBe(4);
    expect(given.answers).toEqual([
      { answer: { kind: 'choice', chosen: ['b'] }, count: 2, score: 0 },
      { answer: { kind: 'choice', chosen: ['a'] }, count: 1, score: 1 },
    ]);
  });
});

describe.for(databases)('a written answer on $name', ({ empty }) => {
  const text = { kind: 'open-response', text: 'I call the two unions on Monday.' };

  test('waits for the instructor of the group, and the result waits with it', async () => {
    const database = await empty();
    await cohortOf(database, 'red', ['ada']);
    await cohortOf(database, 'blue', ['ben']);
    const check = open(database, written);
    const id = await check.take('ada', { one: { kind: 'choice', chosen: ['a'] }, plan: text });
    expect((await check.show('ada', id)).attempt).toMatchObject({ score: null, passed: null });
    expect(await check.sum('ada')).toMatchObject({ best_score: null, passed_at: null });
    expect(await readMarkingQueue(check.read, 'blue')).toEqual([]);
    const [waiting, ...others] = await readMarkingQueue(check.read, 'red');
    expect(others).toEqual([]);
    expect(waiting).toMatchObject({ attempt: id, text: text.text, question: { id: 'plan' } });

    const mark = { attempt: id, questionId: 'plan', comment: 'Good. Say when.', by: 'teacher-red' };
    const now = new Date('2026-03-02T10:00:00Z');
    expect(await markResponse(check.door, check.read, { ...mark, met: ['who'] }, now)).toBe(true);
    expect(await readMarkingQueue(check.read, 'red')).toEqual([]);
    const shown = await check.show('ada', id);
    // (1 + 2 of 3 points) ÷ 2
    expect(shown.attempt).toMatchObject({ score: 0.833333333, passed: true });
    expect(shown.questions.find(({ question }) => question.id === 'plan')).toMatchObject({
      score: 2 / 3,
      marking: { met: ['who'], comment: 'Good. Say when.' },
    });
    expect((await check.sum('ada'))?.best_score).toBe(0.833333333);

    // The last marking counts.
    const later = new Date('2026-03-03T10:00:00Z');
    await markResponse(check.door, check.read, { ...mark, met: [] }, later);
    expect((await check.show('ada', id)).attempt).toMatchObject({ score: 0.5, passed: false });
  });

  test('left empty counts nothing and waits for nobody', async () => {
    const database = await empty();
    await cohortOf(database, 'red', ['ada']);
    const check = open(database, written);
    const id = await check.take('ada', { one: { kind: 'choice', chosen: ['a'] } });
    expect((await check.show('ada', id)).attempt.score).toBe(0.5);
    expect(await readMarkingQueue(check.read, 'red')).toEqual([]);
  });

  test('what there is not can’t be marked', async () => {
    const database = await empty();
    await cohortOf(database, 'red', ['ada']);
    const check = open(database, written);
    const id = await check.take('ada', { plan: text });
    const mark = { attempt: id, questionId: 'one', met: [], comment: '', by: 'teacher-red' };
    expect(await markResponse(check.door, check.read, mark)).toBe(false);
    const nobody = { ...mark, attempt: crypto.randomUUID() };
    expect(await markResponse(check.door, check.read, nobody)).toBe(false);
    const wrong = { ...mark, questionId: 'plan', met: ['nonsense'] };
    expect(await markResponse(check.door, check.read, wrong)).toBe(false);
  });
});
