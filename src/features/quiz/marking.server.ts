import type { Door } from '#features/learning-log/door.server.ts';
import { gradeByRubric } from '#features/questions/open-response.ts';
import type { QuestionOf } from '#features/questions/question.ts';
import type { Reader } from '#platform/db/schema.ts';
import { bankVersion, marksIn } from './attempt.server.ts';
import { readAnswers, readAttempt, readMarkings, readWithoutResult } from './attempt.store.ts';
import { changesOf, holding, readCohortsOfActors, readCorrections } from './correction.store.ts';
import { draw } from './draw.ts';
import { resultOf } from './result.ts';

/** An open response that waits for an instructor. */
export interface WaitingResponse {
  attempt: string;
  actorId: string;
  bankId: string;
  question: QuestionOf<'open-response'>;
  text: string;
  handedInAt: string;
}

/** The open responses of a cohort's members that wait to be marked, those waiting longest first. */
export async function readMarkingQueue(
  db: Reader,
  cohortId: string | null,
): Promise<WaitingResponse[]> {
  const queue: WaitingResponse[] = [];
  for (const { attempt, actorId, bankId, handedInAt } of await readWithoutResult(db, cohortId)) {
    const { drawn, given, result } = await standing(db, attempt);
    for (const { question } of drawn) {
      const { state } = result.questions.find(({ id }) => id === question.id)!;
      const response = given.get(question.id)?.response;
      if (state !== 'pending' || question.kind !== 'open-response') continue;
      if (response?.kind !== 'open-response') continue;
      queue.push({ attempt, actorId, bankId, question, text: response.text, handedInAt });
    }
  }
  return queue;
}

async function standing(db: Reader, attemptId: string, marks?: ReadonlyMap<string, number>) {
  const attempt = (await readAttempt(db, attemptId))!;
  const bank = await bankVersion(db, attempt.version);
  const drawn = draw(bank, attempt.seed);
  const given = await readAnswers(db, attemptId);
  const corrections = await readCorrections(db, attempt.bankId);
  const cohorts = await readCohortsOfActors(db, [attempt.actorId]);
  const known = marksIn((await readMarkings(db, [attemptId])).get(attemptId));
  const result = resultOf(bank, drawn, given, {
    changes: changesOf(holding(corrections, cohorts.get(attempt.actorId))),
    marks: new Map([...known, ...(marks ?? [])]),
  });
  return { attempt, bank, drawn, given, result };
}

/** What an instructor says about an open response. */
export interface MarkGiven {
  attempt: string;
  questionId: string;
  /** The criteria of its rubric that it meets. */
  met: string[];
  /** What the learner is told. */
  comment: string;
  /** The instructor's id. */
  by: string;
}

/**
 * Marks an open response by its rubric; when it was the last one of its attempt, the attempt has its result. May be done
 * again: the last marking counts. False when there is no such response.
 */
export async function markResponse(
  door: Door,
  read: Reader,
  { attempt: attemptId, questionId, met, comment, by }: MarkGiven,
  now = new Date(),
): Promise<boolean> {
  const before = await readAttempt(read, attemptId);
  if (!before?.handedInAt) return false;
  const changed = await door.amend(
    [before.actorId],
    async (tx) => {
      const { drawn, given, attempt } = await standing(tx, attemptId);
      const question = drawn.find((one) => one.question.id === questionId)?.question;
      if (question?.kind !== 'open-response' || !given.has(questionId)) return [];
      const mark = gradeByRubric(question, met);
      if (mark.status !== 'graded') return [];
      const { result } = await standing(tx, attemptId, new Map([[questionId, mark.score]]));
      const common = { actorId: attempt.actorId, attempt: attemptId, detail: { by } };
      const response = {
        ...common,
        object: `${attempt.bankId}/${questionId}`,
        score: mark.score,
        success: null,
        result: { met, comment },
      };
      const { score, success } = result;
      if (score === null) return [response];
      return [response, { ...common, object: attempt.bankId, score, success }];
    },
    now,
  );
  return changed > 0;
}
