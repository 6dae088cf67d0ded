import Sqlite from 'better-sqlite3';
import path from 'node:path';
import { lessonsOf } from '#features/catalog/course.ts';
import { keyOf } from '#features/questions/questions.ts';
import { courses, practiceQuestion } from '../support/answering.ts';
import { expect, startCampus, test } from '../support/campus.ts';
import { newLearner } from '../support/people.ts';

const questionId = lessonsOf(courses.courses[0]!)[0]!.questions[0]!;
const question = practiceQuestion(questionId);

test('when the server dies amid 1,000 answers, every one it called stored is there once', async ({
  browser,
}) => {
  const campus = await startCampus();
  const { context } = await newLearner(browser, campus);
  const cookies = await context.cookies();
  const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
  const me = await context.request.get('/api/record?course=sensitizing');
  const { learner } = (await me.json()) as { learner: { id: string } };

  const send = (id: string, url: string) =>
    fetch(`${url}/api/events`, {
      method: 'POST',
      headers: { cookie, origin: url, 'content-type': 'application/json' },
      body: JSON.stringify({
        learner: learner.id,
        events: [
          {
            id,
            verb: 'answered',
            object: questionId,
            result: { response: keyOf(question) },
            timestamp: '2026-11-01T10:00:00Z',
          },
        ],
      }),
    })
      .then((response) => response.json() as Promise<{ outcomes: { status: string }[] }>)
      .then(({ outcomes }) => outcomes[0]!.status)
      .catch(() => 'unanswered');

  const ids = Array.from({ length: 1000 }, () => crypto.randomUUID());
  const acknowledged = new Set<string>();
  const died = Promise.withResolvers<unknown>();
  await Promise.all(
    ids.map(async (id, at) => {
      // However fast the server is, the last ones come after its death.
      if (at >= 700) await died.promise;
      if ((await send(id, campus.url)) !== 'stored') return;
      acknowledged.add(id);
      if (acknowledged.size === 300) died.resolve(campus.kill());
    }),
  );
  expect(acknowledged.size).toBeGreaterThanOrEqual(300);
  expect(acknowledged.size).toBeLessThanOrEqual(700);

  const again = await startCampus({ dataDir: campus.dataDir });
  // What was not acknowledged is sent again, as an outbox does; what had been stored all the same is told so.
  const statuses = await Promise.all(ids.map((id) => send(id, again.url)));
  expect(new Set(statuses)).toEqual(new Set(['stored', 'duplicate']));
  ids.forEach((id, at) => {
    if (acknowledged.has(id)) expect(statuses[at]).toBe('duplicate');
  });
  await again.stop();

  const file = new Sqlite(path.join(campus.dataDir, 'campus.sqlite'), { readonly: true });
  const count = file
    .prepare('select count(*) as n from learning_event where object = ?')
    .get(questionId);
  const sum = file.prepare('select attempts from progress where object = ?').get(questionId);
  expect(count).toEqual({ n: 1000 });
  expect(sum).toEqual({ attempts: 1000 });
  file.close();
});
