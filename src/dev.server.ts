import type { APIContext } from 'astro';
import { type Campus, type CampusCourses, openCampus } from './app.server.ts';
import { readConfig } from '#platform/config.server.ts';

// Kept over reloads of this module by the development server.
const kept = globalThis as typeof globalThis & { devCampus?: Promise<Campus> };

/** Does for `npm run dev` what src/server.ts does otherwise: the campus and the session of each request. */
export async function serveDev(context: APIContext, courses: CampusCourses): Promise<void> {
  const { locals, request } = context;
  kept.devCampus ??= openCampus(readConfig({ ...process.env, NODE_ENV: 'development' }), courses);
  locals.app = { ...(await kept.devCampus), courses };
  locals.address = '127.0.0.1';
  const found = await locals.app.sessions.find(request.headers.get('cookie') ?? '');
  locals.learner = found.learner;
}
