import { partsOf } from '#features/questions/parts.ts';
import { type Settled, grade } from '#features/questions/questions.ts';
import type { Reader } from '#platform/db/schema.ts';
import { readFirstAttempts } from './analysis.store.ts';
import { type Finding, findingsOf } from './findings.ts';
import { fixedParts } from './parts.ts';
import { type BankStatistics, type Taken, statisticsOf } from './statistics.ts';

/** How a bank does in a cohort. */
export interface Analysis {
  statistics: BankStatistics;
  findings: Finding[];
  /** The questions that were had, one version of each, by id. */
  questions: Map<string, Settled>;
}

/**
 * How the questions of a bank do, from the first attempt of each member of a cohort.
 *
 * `drawnFor` gives the questions of an attempt, keys included; `markOf` the mark of an answer as it counts now, undefined
 * where the question does not count or waits for a person.
 */
export async function analyse(
  db: Reader,
  {
    cohortId,
    bankId,
    order,
    drawnFor,
    markOf = (question, response) => {
      const mark = grade(question, response);
      return mark.status === 'graded' ? mark.score : undefined;
    },
  }: {
    cohortId: string;
    bankId: string;
    /** Ids of the bank's questions in its own order. */
    order: readonly string[];
    drawnFor: (attempt: string) => Promise<Settled[]>;
    markOf?: (question: Settled, response: Parameters<typeof grade>[1]) => number | undefined;
  },
): Promise<Analysis> {
  const questions = new Map<string, Settled>();
  const attempts: Taken[] = [];
  for (const { attempt, actorId, answers } of await readFirstAttempts(db, { cohortId, bankId })) {
    const marks: Record<string, number> = {};
    const given: Record<string, string[]> = {};
    const certainty: Record<string, 1 | 2 | 3> = {};
    for (const question of await drawnFor(attempt)) {
      const { id } = question;
      const answer = answers.get(id);
      const mark = answer ? markOf(question, answer.response) : 0;
      if (mark === undefined) continue;
      if (!questions.has(id)) questions.set(id, question);
      marks[id] = mark;
      if (!answer) continue;
      given[id] = partsOf(answer.response);
      if (answer.certainty) certainty[id] = answer.certainty;
    }
    if (Object.keys(marks).length > 0) attempts.push({ learner: actorId, marks, given, certainty });
  }
  const statistics = statisticsOf(attempts, order);
  const findings = findingsOf(statistics, (id) => {
    const question = questions.get(id);
    return question && fixedParts(question);
  });
  return { statistics, findings, questions };
}
