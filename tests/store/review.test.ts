import { describe, expect, test } from 'vitest';
import { openDoor } from '#features/learning-log/door.server.ts';
import { PracticeBank } from '#features/questions/question.ts';
import { practiceJudge } from '#features/quiz/practice.server.ts';
import { readReview } from '#features/review/review.server.ts';
import { type Database, databases } from '../support/databases.ts';

const bankId = 'course/module/bank';
const bank = PracticeBank.parse({
  questions: [
    ...['one', 'two'].map((id) => ({
      id,
      kind: 'true-false',
      outcome: 'o',
      prompt: 'Is it so?',
      answer: true,
      feedback: { true: 'Yes.', false: 'No.' },
    })),
    {
      id: 'written',
      kind: 'open-response',
      outcome: 'o',
      prompt: 'Why?',
      model: 'Because.',
      rubric: [{ id: 'a', text: 'Says why' }],
    },
  ],
});
const objects = bank.questions.map(({ id }) => `${bankId}/${id}`);
const lessons = [{ id: 'course/module/lesson', questions: objects }];

function open({ write, read }: Database) {
  const answered = practiceJudge({ [bankId]: bank });
  const door = openDoor(write, {
    answered: (event, context) => (event.attempt ? Promise.resolve({}) : answered(event, context)),
  });
  const on = (day: number) => new Date(Date.UTC(2026, 2, day, 10));
  const send = (day: number, change: object, actorId = 'ada') =>
    door.accept(
      actorId,
      [{ id: crypto.randomUUID(), timestamp: on(day).toISOString(), ...change }],
      on(day),
    );
  return {
    answer: (day: number, id: string, value: boolean, actorId?: string) =>
      send(
        day,
        {
          verb: 'answered',
          object: `${bankId}/${id}`,
          result: { response: { kind: 'true-false', value } },
        },
        actorId,
      ),
    finish: (day: number, actorId?: string) =>
      send(day, { verb: 'completed', object: 'course/module/lesson' }, actorId),
    review: (day: number, actorId = 'ada') =>
      readReview(read, {
        actorId,
        lessons,
        questionOf: (object) => bank.questions.find(({ id }) => object === `${bankId}/${id}`),
        now: on(day),
      }),
  };
}

describe.for(databases)('review on $name', ({ empty }) => {
  test('begins with a finished lesson and not before', async () => {
    const learner = open(await empty());
    await learner.answer(1, 'one', true);
    expect(await learner.review(20)).toMatchObject({ due: [], finished: 0 });
    await learner.finish(1);
    // What was never answered waits too; a written answer can't be judged in passing.
    expect(await learner.review(20)).toMatchObject({
      due: [objects[0], objects[1]],
      waiting: 2,
      finished: 1,
    });
  });

  test('comes from the learner’s own log alone', async () => {
    const learner = open(await empty());
    for (const actor of ['ada', 'ben']) await learner.finish(1, actor);
    await learner.answer(1, 'one', true, 'ada');
    await learner.answer(1, 'two', true, 'ada');
    expect((await learner.review(2, 'ada')).due).toEqual([]);
    expect((await learner.review(2, 'ben')).due).toEqual([objects[0], objects[1]]);
  });

  test('what was missed is back on the next day, what was known later, and the day is told', async () => {
    const learner = open(await empty());
    await learner.finish(1);
    await learner.answer(1, 'one', false);
    await learner.answer(1, 'two', true);
    expect((await learner.review(1)).due).toEqual([]);
    expect((await learner.review(2)).due).toEqual([objects[0]]);
    await learner.answer(2, 'one', true);
    const { due, next, rhythm } = await learner.review(2);
    expect(due).toEqual([]);
    expect(next!.getTime()).toBeGreaterThan(Date.UTC(2026, 2, 3));
    expect(rhythm).toEqual({ daysOfWeek: 2, daysAway: 1, today: true });
  });
});
