import path from 'node:path';
import { type Logger, pino } from 'pino';
import { type Sessions, openSessions } from '#features/accounts/session.server.ts';
import { readCourses } from '#features/catalog/courses.server.ts';
import type { Courses } from '#features/catalog/courses.ts';
import { lessonJudges } from '#features/catalog/lesson-judge.server.ts';
import type { Judge } from '#features/learning-log/accept.server.ts';
import { type Door, openDoor } from '#features/learning-log/door.server.ts';
import { gradedJudges } from '#features/quiz/attempt.server.ts';
import { practiceJudge } from '#features/quiz/practice.server.ts';
import { GradedBank, PracticeBank } from '#features/questions/question.ts';
import { termsIn } from '#features/questions/markdown.server.ts';
import { Scenario } from '#features/simulation/scenario.ts';
import { checkBoard } from '#features/simulation/board.ts';
import { keepScenarios, simulationJudge } from '#features/simulation/simulation.server.ts';
import type { Config } from '#platform/config.server.ts';
import { open, postgres, sqlite } from '#platform/db/open.server.ts';
import type { Reader, Writer } from '#platform/db/schema.ts';
import { type Mail, openMail } from '#platform/mail.server.ts';

/** Courses with their banks read as questions, and their scenarios. */
export type CampusCourses = Courses<PracticeBank, GradedBank, Scenario>;

/** A running campus: what pages and handlers are given, so that nothing has to be global. */
export interface Campus {
  config: Config;
  log: Logger;
  /** For pages and reports: cannot compile a write. */
  read: Reader;
  /** For stores. */
  write: Writer;
  /** The one way in for learning. */
  door: Door;
  sessions: Sessions;
  mail: Mail;
  courses: CampusCourses;
  close(): Promise<void>;
}

/** Reads the folder of courses with our kinds of questions. */
export function readCampusCourses(folder: string) {
  return readCourses(folder, {
    practice: PracticeBank,
    graded: GradedBank,
    scenario: Scenario,
    checkBoard,
    termsIn,
  });
}

/** Opens the database, the door and all else that a running campus needs. */
export async function openCampus(config: Config, courses: CampusCourses): Promise<Campus> {
  // Standard error: what the start says to a person goes to standard output. Cookies, PINs and bodies are never logged.
  const log = pino({ base: null, level: 'info' }, pino.destination(2));
  const dialect = config.databaseUrl
    ? postgres(config.databaseUrl)
    : sqlite(path.join(config.dataDir, 'campus.sqlite'));
  const { read, write } = await open(dialect);

  await keepScenarios(write, courses.scenarios);

  const graded = gradedJudges(courses.graded);
  const practice = practiceJudge(courses.practice);
  const answered: Judge = (event, context) =>
    event.attempt ? graded.answered(event, context) : practice(event, context);
  const lesson = lessonJudges(courses.courses);
  const completed: Judge = (event, context) =>
    (event.attempt ? graded : lesson).completed(event, context);

  return {
    config,
    log,
    read,
    write,
    door: openDoor(write, {
      ...lesson,
      initialized: graded.initialized,
      answered,
      decided: simulationJudge(courses.scenarios),
      completed,
    }),
    sessions: openSessions(write, { secure: config.origin.startsWith('https:') }),
    mail: openMail(config),
    courses,
    close: () => write.destroy(),
  };
}
