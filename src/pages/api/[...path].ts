import type { APIRoute } from 'astro';
import { answerApi } from '../../api.server.ts';

/** For the development server alone: a running campus answers the API in src/server.ts, before Astro is asked. */
export const ALL: APIRoute = async ({ request, url, locals }) => {
  const body = await request.text();
  const { learner, app } = locals;
  const reply = await answerApi(app, { method: request.method, url, body, learner });
  return Response.json(reply.body, { status: reply.status });
};
