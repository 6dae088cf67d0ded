import { z } from 'zod';
import type { Reader, Writer } from '#platform/db/schema.ts';
import { Answer, GradedBank } from './question.ts';

/** What the server decided when an attempt began. */
const AttemptDetail = z.strictObject({ bank: z.string(), seed: z.int() });
const AnswerBody = z.object({ object: z.string(), result: z.object({ response: Answer }) });

/** Keeps a version of a bank, once, so that attempts drawn from it can be shown and marked for ever. */
export async function keepBankVersion(
  tx: Writer,
  { hash, bank, id }: { hash: string; bank: GradedBank; id: string },
): Promise<void> {
  await tx
    .insertInto('bank_version')
    .values({ hash, bank: id, body: JSON.stringify(bank) })
    .onConflict((on) => on.column('hash').doNothing())
    .execute();
}

/** The version of a bank with this hash; it was kept when the first attempt began. */
export async function readBankVersion(db: Reader, hash: string): Promise<GradedBank> {
  const { body } = await db
    .selectFrom('bank_version')
    .select('body')
    .where('hash', '=', hash)
    .executeTakeFirstOrThrow();
  return GradedBank.parse(JSON.parse(body));
}

/** An attempt at a graded bank. */
export interface AttemptRow {
  id: string;
  actorId: string;
  /** The bank's id. */
  bankId: string;
  /** The hash of the version it was drawn from. */
  version: string;
  seed: number;
  begunAt: string;
  /** Null while it is open. */
  handedInAt: string | null;
  score: number | null;
  passed: boolean | null;
}

/** One attempt, or undefined. */
export async function readAttempt(db: Reader, id: string): Promise<AttemptRow | undefined> {
  const rows = await db
    .selectFrom('learning_event')
    .select(['verb', 'actor_id', 'object', 'detail', 'stored', 'score', 'success'])
    .where('attempt', '=', id)
    .where('verb', 'in', ['initialized', 'completed'])
    .execute();
  return toAttempt(id, rows);
}

interface Row {
  verb: string;
  actor_id: string;
  object: string;
  detail: string | null;
  stored: string;
  score: number | null;
  success: number | null;
}

function toAttempt(id: string, rows: readonly Row[]): AttemptRow | undefined {
  const begun = rows.find(({ verb }) => verb === 'initialized');
  if (!begun) return undefined;
  const end = rows.find(({ verb }) => verb === 'completed');
  const detail = AttemptDetail.parse(JSON.parse(begun.detail ?? 'null'));
  return {
    id,
    actorId: begun.actor_id,
    bankId: begun.object,
    version: detail.bank,
    seed: detail.seed,
    begunAt: begun.stored,
    handedInAt: end?.stored ?? null,
    score: end?.score ?? null,
    passed: end ? end.success === 1 : null,
  };
}

/** All attempts of one learner at a bank, oldest first. */
export async function readAttempts(
  db: Reader,
  actorId: string,
  bankId: string,
): Promise<AttemptRow[]> {
  const rows = await db
    .selectFrom('learning_event')
    .select(['attempt', 'verb', 'actor_id', 'object', 'detail', 'stored', 'score', 'success'])
    .where('actor_id', '=', actorId)
    .where('object', '=', bankId)
    .where('attempt', 'is not', null)
    .orderBy('stored')
    .execute();
  const ids = [...new Set(rows.map(({ attempt }) => attempt!))];
  return ids
    .flatMap(
      (id) =>
        toAttempt(
          id,
          rows.filter(({ attempt }) => attempt === id),
        ) ?? [],
    )
    .sort((one, other) => one.begunAt.localeCompare(other.begunAt));
}

/** The last answer to each question of an attempt, by question id. */
export async function readAnswers(db: Reader, attemptId: string): Promise<Map<string, Answer>> {
  const rows = await db
    .selectFrom('learning_event')
    .select(['body', 'stored', 'timestamp'])
    .where('attempt', '=', attemptId)
    .where('verb', '=', 'answered')
    // Arrival decides; the learner's clock only orders answers that arrived together.
    .orderBy('stored')
    .orderBy('timestamp')
    .execute();
  return new Map(
    rows.map(({ body }) => {
      const { object, result } = AnswerBody.parse(JSON.parse(body));
      return [object.slice(object.lastIndexOf('/') + 1), result.response];
    }),
  );
}
