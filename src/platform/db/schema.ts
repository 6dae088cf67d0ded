import type { Kysely } from 'kysely';
import type { ReadonlyKysely } from 'kysely/readonly';

/**
 * Every table, on one page, each with the one store that writes it.
 *
 * Portable by choice: text, integer and real only. Times are ISO 8601 UTC text, JSON is text read through zod,
 * flags are 0 or 1: the same in SQLite and PostgreSQL.
 */
export interface Schema {
  /** Who can sign in. A learner without e-mail has a PIN and signs in through a cohort. `accounts/account.store.ts` */
  account: {
    id: string;
    name: string;
    /** The name folded for looking up: see `platform/name-key.ts`. */
    name_key: string;
    role: 'learner' | 'instructor' | 'administrator';
    /** Lower case. Not unique until confirmed, so that signing up never tells whether an address is known. */
    email: string | null;
    email_confirmed_at: string | null;
    password_hash: string | null;
    pin_hash: string | null;
    created_at: string;
  };
  /** Signed-in browsers; `id` is the SHA-256 of what the cookie holds. `accounts/session.store.ts` */
  session: { id: string; account_id: string; expires_at: string };
  /** One-time links; `id` is the SHA-256 of what the link holds. `accounts/token.store.ts` */
  token: {
    id: string;
    purpose: 'setup' | 'confirm' | 'reset';
    account_id: string | null;
    expires_at: string;
  };
  /** Attempts counted against a limit, shared by all processes. `accounts/rate-limit.store.ts` */
  rate_limit: { key: string; points: number; expires_at: number | null };

  /** Everyone who has a record, held while their log is written. Rebuilt from it. `learning-log/progress.store.ts` */
  actor: {
    id: string;
    /** When something of theirs was last stored; null while nothing was. */
    last_at: string | null;
  };
  /** What learners did. Append-only. `learning-log/record.store.ts` */
  learning_event: {
    id: string;
    actor_id: string;
    verb:
      'experienced' | 'initialized' | 'answered' | 'decided' | 'completed' | 'commented' | 'scored';
    object: string;
    /** The attempt it belongs to: the id of the attempt's `initialized` event. xAPI calls this the registration. */
    attempt: string | null;
    /** 0 to 1, as judged by the server. */
    score: number | null;
    success: number | null;
    /** What the sender said, as JSON. */
    body: string;
    /** What the server decided on receiving it, as JSON: an attempt's seed and bank version. */
    detail: string | null;
    /** By the learner's clock; it only informs. */
    timestamp: string;
    /** By the server's clock; deadlines use this. */
    stored: string;
  };
  /** Summed up from learning_event; safe to drop and rebuild. `learning-log/progress.store.ts` */
  progress: {
    actor_id: string;
    object: string;
    attempts: number;
    best_score: number | null;
    completed_at: string | null;
    passed_at: string | null;
    last_at: string;
  };
  /** Every version of a graded bank that an attempt was drawn from, by content hash. `quiz/bank.store.ts` */
  bank_version: { hash: string; bank: string; body: string };
  /** Every version of a scenario that a run may have been played with, by content hash. `simulation/simulation.store.ts` */
  scenario_version: { hash: string; scenario: string; body: string };
  /** Open attempts with a time limit, and when it ends without anybody's extra time. `quiz/deadline.store.ts` */
  deadline: { attempt: string; actor_id: string; bank: string; due_at: string };
  /** Extra time, in percent of any time limit. `quiz/deadline.store.ts` */
  allowance: { actor_id: string; extra_time: number; given_by: string; given_at: string };
  /** What instructors changed about questions after they were answered. Append-only. `quiz/correction.store.ts` */
  correction: {
    id: string;
    bank: string;
    question: string;
    /** Whose results it holds for; null for everybody on the campus. */
    cohort_id: string | null;
    /** As JSON: void, another accepted answer, or another key. */
    change: string;
    /** What learners are told. */
    reason: string;
    /** 1 where nobody's result gets worse by it. */
    keeps_better: number;
    made_by: string;
    made_at: string;
  };

  /** A group that takes one course together. `cohorts/cohort.store.ts` */
  cohort: {
    id: string;
    name: string;
    course: string;
    /** What learners type to join: eight letters and digits, no look-alikes. */
    code: string;
    /** ISO dates; the end is when the course is due. */
    starts_on: string | null;
    ends_on: string | null;
    instructor_id: string;
    created_at: string;
  };
  /** Who is in a cohort. `cohorts/cohort.store.ts` */
  cohort_member: {
    cohort_id: string;
    account_id: string;
    /** The name folded for looking up and sorting: see `platform/name-key.ts`. */
    name_key: string;
    joined_at: string;
  };
}

/** Pages and reports get a Reader, which cannot compile a write. */
export type Reader = ReadonlyKysely<Schema>;
/** Only stores that own a table get a Writer. */
export type Writer = Kysely<Schema>;
