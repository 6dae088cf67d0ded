import { z } from 'zod';
import type { Campus } from './app.server.ts';
import type { SignedIn } from '#features/accounts/session.server.ts';
import { EventBatch } from '#features/learning-log/event.ts';
import { readRecord } from '#features/learning-log/my-record.server.ts';
import { type Terms, toHtml } from '#features/questions/markdown.server.ts';
import { type Feedback, readFeedback } from '#features/quiz/attempt.server.ts';
import { readRun } from '#features/simulation/simulation.server.ts';
import { type Problem, problem } from '#platform/problem.ts';

/** A call of the API as the server received it: body read, session checked, origin checked. */
export interface Call {
  method: string;
  url: URL;
  body: string;
  learner: SignedIn | undefined;
}

export interface Reply {
  status: number;
  body: unknown;
}

const refuse = (trouble: Problem): Reply => ({ status: trouble.status, body: trouble });

/** Answers everything below `/api`. Plain values in and out, so that the hot path makes no web objects. */
export async function answerApi(campus: Campus, call: Call): Promise<Reply> {
  const route = routes[`${call.method} ${call.url.pathname}`];
  if (route) return route(campus, call);
  const known = Object.keys(routes).some((name) => name.endsWith(` ${call.url.pathname}`));
  return refuse(
    known
      ? problem(405, 'method', `This address does not take ${call.method}.`)
      : problem(404, 'not-found', 'There is nothing at this address.'),
  );
}

const RecordQuery = z.object({
  course: z
    .string()
    .max(60)
    .regex(/^[a-z0-9-]+$/),
  lesson: z
    .string()
    .max(200)
    .regex(/^[a-z0-9-/]+$/)
    .optional(),
});

const RunQuery = z.object({
  scenario: z
    .string()
    .max(200)
    .regex(/^[a-z0-9-/]+$/),
});

const FeedbackQuery = z.object({
  attempt: z.uuid(),
  question: z
    .string()
    .max(100)
    .regex(/^[a-z0-9-]+$/),
});

/** Feedback as a page shows it. */
export function feedbackInHtml({ score, remarks }: Feedback, terms: Terms): Feedback {
  return { score, remarks: remarks.map((one) => ({ ...one, text: toHtml(one.text, terms) })) };
}

const routes: Record<string, (campus: Campus, call: Call) => Promise<Reply>> = {
  /** The write door for learning: islands and the outbox post here. */
  'POST /api/events': async (campus, { body, learner }) => {
    if (!learner) return refuse(problem(401, 'signed-out', 'Sign in to record learning.'));
    const batch = EventBatch.safeParse(fromJson(body));
    if (!batch.success) {
      return refuse(problem(422, 'invalid-events', z.prettifyError(batch.error)));
    }
    if (batch.data.learner !== learner.id) {
      const detail =
        'Somebody else is signed in by now. Sign in as the learner whose work this is.';
      return refuse(problem(409, 'other-learner', detail));
    }
    const outcomes = await campus.door.accept(learner.id, batch.data.events);
    for (const [at, outcome] of outcomes.entries()) {
      // Kept whole: should a mistake of ours refuse good work, it can be brought back from here.
      if (outcome.status === 'refused' || outcome.status === 'conflict') {
        const { result, ...rest } = batch.data.events[at]!;
        // A private note is nobody's business, not even a log's.
        const event = rest.verb === 'commented' ? rest : { ...rest, result };
        campus.log.warn({ outcome, actor: learner.id, event }, 'event not stored');
      }
    }
    return { status: 200, body: { outcomes } };
  },

  /** What the person signed in has done in a course, and in one lesson of it; who they are. */
  'GET /api/record': async (campus, { url, learner }) => {
    const query = RecordQuery.safeParse(Object.fromEntries(url.searchParams));
    if (!query.success) return refuse(problem(422, 'invalid-query', z.prettifyError(query.error)));
    if (!learner) return { status: 200, body: { learner: null } };
    const { course, lesson } = query.data;
    const record = await readRecord(campus.read, { actorId: learner.id, course, lesson });
    const { id, name, role } = learner;
    return { status: 200, body: { learner: { id, name, role }, ...record } };
  },

  /** The run of a simulation that the person signed in played last, on whatever device. */
  'GET /api/run': async (campus, { url, learner }) => {
    const query = RunQuery.safeParse(Object.fromEntries(url.searchParams));
    if (!query.success) return refuse(problem(422, 'invalid-query', z.prettifyError(query.error)));
    if (!learner) return { status: 200, body: { learner: null } };
    const { id, name, role } = learner;
    const asked = { actorId: id, scenario: query.data.scenario };
    const last = await readRun(campus.read, campus.courses.scenarios, asked);
    return { status: 200, body: { learner: { id, name, role }, ...last } };
  },

  /** What is said about a final answer of an open attempt, where its bank says it at once. */
  'GET /api/feedback': async (campus, { url, learner }) => {
    if (!learner) return refuse(problem(401, 'signed-out', 'Sign in to see your feedback.'));
    const query = FeedbackQuery.safeParse(Object.fromEntries(url.searchParams));
    if (!query.success) return refuse(problem(422, 'invalid-query', z.prettifyError(query.error)));
    const { attempt, question } = query.data;
    const asked = { attempt, questionId: question, actorId: learner.id };
    const feedback = await readFeedback(campus.read, asked);
    if (!feedback) return refuse(problem(404, 'not-found', 'There is no feedback on this yet.'));
    return { status: 200, body: feedbackInHtml(feedback, campus.courses.glossary) };
  },
};

function fromJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
