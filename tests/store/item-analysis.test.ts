import { describe, expect, test } from 'vitest';
import { openDoor } from '#features/learning-log/door.server.ts';
import { analyse } from '#features/item-analysis/analysis.server.ts';
import { GradedBank } from '#features/questions/question.ts';
import { gradedJudges, readDrawn } from '#features/quiz/attempt.server.ts';
import { databases } from '../support/databases.ts';

const bankId = 'course/module/check';
const bank = GradedBank.parse({
  title: 'Check',
  draw: 2,
  pass: 0.5,
  attempts: 2,
  certainty: 'informs',
  questions: ['one', 'two'].map((id) => ({
    id,
    kind: 'choice',
    outcome: 'o',
    prompt: 'Which?',
    choices: ['a', 'b'].map((one) => ({ id: one, text: one, correct: one === 'a', feedback: 'F' })),
  })),
});

describe.for(databases)('how questions do, on $name', ({ empty }) => {
  test('is told from the first attempt of each member of the group, and of nobody else', async () => {
    const { read, write } = await empty();
    const created_at = '2026-01-01T00:00:00Z';
    const people = ['ada', 'ben', 'cem', 'dia', 'eve', 'fay', 'teacher'];
    await write
      .insertInto('account')
      .values(
        people.map((id) => ({
          id,
          name: id,
          name_key: id,
          role: 'learner' as const,
          email: null,
          email_confirmed_at: null,
          password_hash: null,
          pin_hash: null,
          created_at,
        })),
      )
      .execute();
    for (const id of ['red', 'blue']) {
      await write
        .insertInto('cohort')
        .values({
          id,
          name: id,
          course: 'course',
          code: id,
          starts_on: null,
          ends_on: null,
          instructor_id: 'teacher',
          created_at,
        })
        .execute();
    }
    await write
      .insertInto('cohort_member')
      .values(
        people.slice(0, 6).map((one) => ({
          cohort_id: one === 'fay' ? 'blue' : 'red',
          account_id: one,
          name_key: one,
          joined_at: created_at,
        })),
      )
      .execute();
    const judges = gradedJudges({ [bankId]: { hash: 'item-analysis', bank } });
    const door = openDoor(write, judges);
    let clock = Date.parse('2026-03-01T10:00:00Z');
    const take = async (actorId: string, one: string, two: string | undefined) => {
      const id = crypto.randomUUID();
      const answered = (question: string, part: string) => ({
        verb: 'answered',
        object: `${bankId}/${question}`,
        attempt: id,
        result: { response: { kind: 'choice', chosen: [part] }, certainty: 3 },
      });
      const events = [
        { id, verb: 'initialized', object: bankId },
        answered('one', one),
        ...(two ? [answered('two', two)] : []),
        { verb: 'completed', object: bankId, attempt: id },
      ];
      for (const event of events) {
        const now = new Date((clock += 1000));
        const sent = { id: crypto.randomUUID(), timestamp: now.toISOString(), ...event };
        const [outcome] = await door.accept(actorId, [sent], now);
        expect(outcome?.status).toBe('stored');
      }
    };
    for (const one of ['ada', 'ben', 'cem', 'dia']) await take(one, 'b', 'a');
    await take('eve', 'a', undefined);
    await take('fay', 'a', 'a');
    // A second attempt, after the feedback, changes nothing.
    await take('ada', 'a', 'a');

    const { statistics, findings } = await analyse(read, {
      cohortId: 'red',
      bankId,
      order: ['one', 'two'],
      drawnFor: async (attempt) => (await readDrawn(read, attempt)).map(({ question }) => question),
    });
    expect(statistics.attempts).toBe(5);
    expect(statistics.items).toMatchObject([
      {
        question: 'one',
        count: 5,
        facility: 0.2,
        given: [
          { part: 'b', all: 4 },
          { part: 'a', all: 1 },
        ],
        calibration: [{ certainty: 3, count: 5, mean: 0.2 }],
      },
      // Left empty is 0, and nothing was chosen.
      { question: 'two', count: 5, facility: 0.8, given: [{ part: 'a', all: 4 }] },
    ]);
    expect(findings.map(({ kind }) => kind)).toContain('sure-and-wrong');
  });
});
