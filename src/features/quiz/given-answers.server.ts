import type { Answer } from '#features/questions/answer.ts';
import type { Settled } from '#features/questions/questions.ts';
import type { Reader } from '#platform/db/schema.ts';
import { readDrawn } from './attempt.server.ts';
import { readAnswersOf, readBegun } from './attempt.store.ts';
import { isSame, markUnder } from './correction.ts';

/** An answer that learners gave, and how many did. */
export interface GivenAnswer {
  answer: Answer;
  count: number;
  /** 0 to 1, by the key of the bank; null where a person marks it. */
  score: number | null;
}

/** The different answers to a question of a bank in attempts that are handed in, the most frequent first. */
export async function readGivenAnswers(
  db: Reader,
  { bankId, questionId, cohortId }: { bankId: string; questionId: string; cohortId: string | null },
): Promise<{ question: Settled | undefined; taken: number; answers: GivenAnswer[] }> {
  const begun = await readBegun(db, { bankId, cohortId });
  const attempts = begun.filter(({ handedInAt }) => handedInAt !== null);
  const given = await readAnswersOf(
    db,
    attempts.map(({ id }) => id),
  );
  const answers: GivenAnswer[] = [];
  let question: Settled | undefined;
  let taken = 0;
  for (const { id } of attempts) {
    const answer = given.get(id)?.get(questionId)?.response;
    const drawn = (await readDrawn(db, id)).find((one) => one.question.id === questionId);
    if (!drawn) continue;
    taken++;
    question ??= drawn.question;
    if (!answer) continue;
    const known = answers.find((one) => isSame(drawn.question, one.answer, answer));
    if (known) known.count++;
    else {
      const mark = markUnder(drawn.question, answer, []);
      answers.push({ answer, count: 1, score: typeof mark === 'number' ? mark : null });
    }
  }
  answers.sort((one, other) => other.count - one.count);
  return { question, taken, answers };
}
