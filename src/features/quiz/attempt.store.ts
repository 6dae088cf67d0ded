import { sql } from 'kysely';
import { z } from 'zod';
import { Answered } from '#features/questions/answer.ts';
import { GradedBank } from '#features/questions/question.ts';
import type { Reader, Writer } from '#platform/db/schema.ts';
import type { Given } from './result.ts';

/** What the server decided when an attempt began. More may stand there: how attempts are summed up. */
const AttemptDetail = z.object({ bank: z.string(), seed: z.int() });
const AnswerBody = z.object({ object: z.string(), result: Answered });
const MarkBody = z.object({
  object: z.string(),
  result: z.object({ met: z.array(z.string()), comment: z.string() }),
});

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
  /** As it stands now, after any correction; null while it is open or waits for a person to mark it. */
  score: number | null;
  passed: boolean | null;
  /** What it was when it was handed in, where a correction or a marking has changed it since. */
  before: { score: number | null; changedAt: string } | null;
}

const columns = [
  'attempt',
  'verb',
  'actor_id',
  'object',
  'detail',
  'stored',
  'score',
  'success',
] as const;

/** One attempt, or undefined. */
export async function readAttempt(db: Reader, id: string): Promise<AttemptRow | undefined> {
  const rows = await db
    .selectFrom('learning_event')
    .select(columns)
    .where('attempt', '=', id)
    .where('verb', 'in', ['initialized', 'completed', 'scored'])
    .orderBy('stored')
    .execute();
  return toAttempt(id, rows);
}

interface Row {
  attempt: string | null;
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
  const change = rows.findLast(({ verb, object }) => verb === 'scored' && object === begun.object);
  const result = change ?? end;
  const detail = AttemptDetail.parse(JSON.parse(begun.detail ?? 'null'));
  return {
    id,
    actorId: begun.actor_id,
    bankId: begun.object,
    version: detail.bank,
    seed: detail.seed,
    begunAt: begun.stored,
    handedInAt: end?.stored ?? null,
    score: result?.score ?? null,
    passed: result?.score === null || !result ? null : result.success === 1,
    before: change && end ? { score: end.score, changedAt: change.stored } : null,
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
    .select(columns)
    .where('actor_id', '=', actorId)
    .where('object', '=', bankId)
    .where('attempt', 'is not', null)
    .orderBy('stored')
    .execute();
  return groupAttempts(rows);
}

/** Every attempt at a bank, open ones too, of all learners or of one cohort's members, oldest first. */
export async function readBegun(
  db: Reader,
  { bankId, cohortId }: { bankId: string; cohortId: string | null },
): Promise<AttemptRow[]> {
  let begun = db
    .selectFrom('learning_event as begun')
    .select('begun.id')
    .where('begun.object', '=', bankId)
    // Literal, so that the index of beginnings is used.
    .where(sql<boolean>`begun.verb = 'initialized'`);
  if (cohortId !== null) {
    begun = begun.where('begun.actor_id', 'in', (eb) =>
      eb.selectFrom('cohort_member').select('account_id').where('cohort_id', '=', cohortId),
    );
  }
  const rows = await db
    .selectFrom('learning_event')
    .select(columns)
    .where('attempt', 'in', begun)
    .where('object', '=', bankId)
    .orderBy('stored')
    .execute();
  return groupAttempts(rows);
}

function groupAttempts(rows: readonly Row[]): AttemptRow[] {
  const byId = Map.groupBy(rows, ({ attempt }) => attempt!);
  return [...byId]
    .flatMap(([id, own]) => toAttempt(id, own) ?? [])
    .sort((one, other) => one.begunAt.localeCompare(other.begunAt));
}

/** The last answer to each question of an attempt, by question id. */
export async function readAnswers(db: Reader, attemptId: string): Promise<Map<string, Given>> {
  return (await readAnswersOf(db, [attemptId])).get(attemptId) ?? new Map<string, Given>();
}

/** The last answers of several attempts, by attempt and question id. */
export async function readAnswersOf(
  db: Reader,
  attemptIds: readonly string[],
): Promise<Map<string, Map<string, Given>>> {
  const byAttempt = new Map<string, Map<string, Given>>();
  for (const rows of await inParts(db, attemptIds, 'answered')) {
    for (const { attempt, body } of rows) {
      const { object, result } = AnswerBody.parse(JSON.parse(body));
      const answers = byAttempt.get(attempt!) ?? new Map<string, Given>();
      answers.set(lastPart(object), { response: result.response, certainty: result.certainty });
      byAttempt.set(attempt!, answers);
    }
  }
  return byAttempt;
}

/** What an instructor said about an open response. */
export interface Marking {
  /** 0 to 1. */
  score: number;
  /** The criteria of the rubric that it meets. */
  met: string[];
  comment: string;
}

/** The last marking of each open response of several attempts, by attempt and question id. */
export async function readMarkings(
  db: Reader,
  attemptIds: readonly string[],
): Promise<Map<string, Map<string, Marking>>> {
  const byAttempt = new Map<string, Map<string, Marking>>();
  for (const rows of await inParts(db, attemptIds, 'scored')) {
    for (const { attempt, body, score } of rows) {
      const marked = MarkBody.safeParse(JSON.parse(body)).data;
      if (!marked || score === null) continue;
      const marks = byAttempt.get(attempt!) ?? new Map<string, Marking>();
      marks.set(lastPart(marked.object), { score, ...marked.result });
      byAttempt.set(attempt!, marks);
    }
  }
  return byAttempt;
}

async function inParts(db: Reader, attemptIds: readonly string[], verb: 'answered' | 'scored') {
  const parts = [];
  // SQLite takes at most so many values in one query.
  for (let at = 0; at < attemptIds.length; at += 500) {
    parts.push(
      await db
        .selectFrom('learning_event')
        .select(['attempt', 'body', 'score'])
        .where('attempt', 'in', attemptIds.slice(at, at + 500))
        .where('verb', '=', verb)
        // Arrival decides; the learner's clock only orders what arrived together.
        .orderBy('stored')
        .orderBy('timestamp')
        .execute(),
    );
  }
  return parts;
}

const lastPart = (object: string) => object.slice(object.lastIndexOf('/') + 1);

/** An answer that waits for a person to mark it. */
export interface WaitingRow {
  attempt: string;
  actorId: string;
  bankId: string;
  handedInAt: string;
}

/** Handed-in attempts without a result, of one cohort's members or of all learners, those waiting longest first. */
export async function readWithoutResult(
  db: Reader,
  cohortId: string | null,
): Promise<WaitingRow[]> {
  let query = db
    .selectFrom('learning_event as end')
    .select(['end.attempt', 'end.actor_id', 'end.object', 'end.stored'])
    .where('end.verb', '=', 'completed')
    .where('end.attempt', 'is not', null)
    .where('end.score', 'is', null)
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('learning_event as mark')
            .select('mark.id')
            .whereRef('mark.attempt', '=', 'end.attempt')
            .whereRef('mark.object', '=', 'end.object')
            .where('mark.verb', '=', 'scored'),
        ),
      ),
    );
  if (cohortId !== null) {
    query = query.where('end.actor_id', 'in', (eb) =>
      eb.selectFrom('cohort_member').select('account_id').where('cohort_id', '=', cohortId),
    );
  }
  const rows = await query.orderBy('end.stored').execute();
  return rows.map(({ attempt, actor_id, object, stored }) => ({
    attempt: attempt!,
    actorId: actor_id,
    bankId: object,
    handedInAt: stored,
  }));
}
