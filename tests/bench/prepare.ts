import { mkdtempSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { openCampus, readCampusCourses } from '../../src/app.server.ts';
import { insertAccount } from '#features/accounts/account.store.ts';
import { nameKey } from '#platform/name-key.ts';
import { lessonsOf } from '#features/catalog/course.ts';
import { createCohort, join } from '#features/cohorts/cohort.server.ts';
import { beginAttempt, readDrawn } from '#features/quiz/attempt.server.ts';
import { keyOf } from '#features/questions/questions.ts';
import type { Answer } from '#features/questions/answer.ts';
import { readConfig } from '#platform/config.server.ts';

export const { courses } = readCampusCourses('courses');
const course = courses.courses[0]!;
export const bankId = course.modules[0]!.graded[0]!;

/** A learner with an open attempt. */
interface Taker {
  id: string;
  cookie: string;
  attempt: string;
  questions: { object: string; answer: Answer }[];
}

/** A folder of data with learners in the middle of a check and cohorts of the sizes given, made through the write door. */
export async function prepare({ takers, cohorts }: { takers: number; cohorts: number[] }) {
  const dataDir = mkdtempSync(path.join(os.tmpdir(), 'campus-bench-'));
  const campus = await openCampus(readConfig({ DATA_DIR: dataDir }), courses);
  const { write, read, door, sessions } = campus;
  const now = new Date();
  const account = async (name: string, role: 'learner' | 'instructor') => {
    const id = crypto.randomUUID();
    const empty = { email: null, email_confirmed_at: null, password_hash: null, pin_hash: null };
    await insertAccount(write, { id, name, role, created_at: now.toISOString(), ...empty });
    return id;
  };
  const cookieOf = async (id: string) => (await sessions.begin(id)).split(';', 1)[0]!;

  const people: Taker[] = [];
  for (let at = 0; at < takers; at++) {
    const id = await account(`Taker ${at}`, 'learner');
    const attempt = (await beginAttempt(door, read, { actorId: id, bankId }))!;
    const drawn = await readDrawn(read, attempt);
    people.push({
      id,
      attempt,
      cookie: await cookieOf(id),
      questions: drawn.map(({ question }) => ({
        object: `${bankId}/${question.id}`,
        answer: keyOf(question),
      })),
    });
  }

  const instructorId = await account('Efua Sarpong', 'instructor');
  const groups: { size: number; id: string }[] = [];
  const lessons = lessonsOf(course);
  for (const size of cohorts) {
    const { id } = await createCohort(write, {
      name: `Cohort of ${size}`,
      course: course.id,
      starts_on: null,
      ends_on: null,
      instructorId,
      now,
    });
    groups.push({ size, id });
    for (let at = 0; at < size; at++) {
      const name = `Member ${String((at * 7919) % size).padStart(4, '0')}`;
      const accountId = await account(name, 'learner');
      await join(write, { cohortId: id, accountId, nameKey: nameKey(name), now });
      const events = lessons.slice(0, at % (lessons.length + 1)).map((lesson) => ({
        id: crypto.randomUUID(),
        verb: 'completed',
        object: lesson.id,
        timestamp: now.toISOString(),
      }));
      if (events.length > 0) await door.accept(accountId, events);
    }
  }
  const cookie = await cookieOf(instructorId);
  await campus.close();
  return { dataDir, takers: people, groups, instructor: cookie };
}
