import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { type CampusCourses, openCampus } from './app.server.ts';
import { type PageHandler, createCampusServer, listen } from './server.ts';
import { dropExpiredAttempts } from '#features/accounts/rate-limit.store.ts';
import { openSetup } from '#features/accounts/setup.server.ts';
import { startDemo } from './demo.server.ts';
import { handInOverdue } from '#features/quiz/attempt.server.ts';
import { dropExpiredTokens } from '#features/accounts/token.store.ts';
import { readConfig } from '#platform/config.server.ts';

/** The build's folder, made by `npm run build`. */
const dist = path.resolve('dist');

async function main() {
  const given = readConfig(process.env);
  const { server, port } = await listen(given.host, given.port);
  const config =
    given.port === port
      ? given
      : {
          ...given,
          port,
          origin: given.originGiven ? given.origin : given.origin.replace(/:0$/, `:${port}`),
        };

  const published = await readFile(path.join(dist, 'server/courses.json'), 'utf8');
  // Checked when it was built; parsing it again would only cost time.
  const campus = await openCampus(config, JSON.parse(published) as CampusCourses);
  const entry = pathToFileURL(path.join(dist, 'server/entry.mjs')).href;
  const { handler } = (await import(entry)) as { handler: PageHandler };
  server.on(
    'request',
    createCampusServer(campus, {
      clientFolder: path.join(dist, 'client'),
      headersFile: path.join(dist, '_headers.json'),
      pages: handler,
    }),
  );

  const say = (line: string) => process.stdout.write(`${line}\n`);
  say(`LED Campus is at ${config.origin}`);
  if (process.env.CAMPUS_DEMO === '1') for (const line of await startDemo(campus)) say(line);
  const setup = await openSetup(campus.write, new Date());
  if (setup) {
    say('Nobody looks after this campus yet. Open this link once to become its administrator:');
    say(`  ${config.origin}/setup/${setup}`);
  }
  say('Press Ctrl-C to stop.');

  const tidy = setInterval(() => {
    const now = new Date();
    Promise.all([
      campus.sessions.tidy(),
      dropExpiredTokens(campus.write, now),
      dropExpiredAttempts(campus.write, now),
    ]).catch((error: unknown) => campus.log.error({ err: error }, 'tidying failed'));
  }, 3_600_000);
  // A time limit holds for learners who closed their page, too.
  const handIn = setInterval(() => {
    handInOverdue(campus.door, campus.read, { now: new Date() }).catch((error: unknown) =>
      campus.log.error({ err: error }, 'handing in failed'),
    );
  }, 30_000);
  let stopping = false;
  const stop = () => {
    if (stopping) return;
    stopping = true;
    clearInterval(tidy);
    clearInterval(handIn);
    server.close(() => void campus.close().then(() => process.exit(0)));
    server.closeIdleConnections();
    // Requests under way get a moment; a browser that keeps a line open does not hold us up.
    setTimeout(() => server.closeAllConnections(), 2000).unref();
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
}

main().catch((error: unknown) => {
  const { code, message, port } = error as NodeJS.ErrnoException & { port?: number };
  const text =
    code === 'EADDRINUSE'
      ? `Port ${port} is in use. Stop what uses it, or choose another: PORT=4322 npm start`
      : message;
  process.stderr.write(`${text}\n`);
  process.exit(1);
});
