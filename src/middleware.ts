import { defineMiddleware } from 'astro:middleware';
import { readCampusCourses } from './app.server.ts';

// Pages are built from the folder of courses; a running campus brings the courses that were built.
let built: ReturnType<typeof readCampusCourses> | undefined;
const fromFolder = () => {
  if (import.meta.env.DEV || !built) built = readCampusCourses('courses');
  return built.courses;
};

/** Gives every page what it needs, whoever runs it: the build, the server, or the development server. */
export const onRequest = defineMiddleware(async (context, next) => {
  const { locals } = context;
  if (context.isPrerendered) {
    locals.courses = fromFolder();
    return next();
  }
  if (import.meta.env.DEV) {
    const { serveDev } = await import('./dev.server.ts');
    await serveDev(context, fromFolder());
  }
  locals.courses = locals.app.courses;
  return next();
});
