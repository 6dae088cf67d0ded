import { type IncomingMessage, type Server, type ServerResponse, createServer } from 'node:http';
import compression from 'compression';
import { type Reply, answerApi } from './api.server.ts';
import type { Campus } from './app.server.ts';
import { problem } from '#platform/problem.ts';
import { addressOf, bodyLimit, isOwnRequest, readBody } from '#platform/request.server.ts';
import { type StaticFiles, readStaticFiles } from '#platform/static-files.server.ts';

/** Astro's own request handler, from the build. */
export type PageHandler = (
  request: IncomingMessage,
  response: ServerResponse,
  next: (error?: unknown) => void,
  locals: Partial<App.Locals>,
) => Promise<void> | void;

/** On every answer. The content security policy is each page's own. */
const commonHeaders = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=()',
};
/** For answers that are no page: nothing may run in them. */
const emptyPolicy = "default-src 'none'; frame-ancestors 'none'";

/**
 * The web server of a campus: files from memory, the API without detours, and pages by Astro, in that order.
 *
 * Nothing that changes something gets past the origin check and the body limit.
 */
export function createCampusServer(
  campus: Campus,
  {
    clientFolder,
    headersFile,
    pages,
  }: { clientFolder: string; headersFile: string; pages: PageHandler },
): (request: IncomingMessage, response: ServerResponse) => void {
  const { config } = campus;
  const secure = config.origin.startsWith('https:');
  const common = secure
    ? { ...commonHeaders, 'strict-transport-security': 'max-age=31536000' }
    : commonHeaders;
  const files: StaticFiles = readStaticFiles(clientFolder, { headersFile, common });
  const compress = compression({ threshold: 1000 });

  return (request, response) => {
    const pathname = (request.url ?? '/').split('?', 1)[0]!;
    if (files.serve(request, response, pathname)) return;
    void respond(request, response, pathname).catch((error: unknown) => {
      // The secret of a one-time link must not end in a log.
      const path = pathname.replace(/^\/(reset|confirm|setup)\/.*/, '/$1/…');
      campus.log.error({ err: error, method: request.method, path }, 'request failed');
      if (!response.headersSent) send(response, failed);
      else response.destroy();
    });
  };

  async function respond(
    request: IncomingMessage,
    response: ServerResponse,
    pathname: string,
  ): Promise<void> {
    for (const [name, value] of Object.entries(common)) response.setHeader(name, value);
    const method = request.method ?? 'GET';

    // PostgreSQL takes no NUL, in whatever parameter.
    if (request.url?.includes('%00')) return send(response, nothing);
    if (pathname === '/healthz') {
      await campus.read.selectFrom('account').select('id').limit(1).execute();
      return send(response, { status: 200, body: { status: 'ok' } });
    }
    if (!['GET', 'HEAD', 'OPTIONS'].includes(method)) {
      if (!isOwnRequest(request, config)) return send(response, foreign);
      if (Number(request.headers['content-length'] ?? 0) > bodyLimit)
        return send(response, tooLarge);
    }

    response.setHeader('cache-control', 'no-store');
    const { learner, setCookie } = await campus.sessions.find(request.headers.cookie ?? '');
    if (setCookie) response.appendHeader('set-cookie', setCookie);

    if (pathname.startsWith('/api/')) {
      const json = /^application\/json\b/.test(request.headers['content-type'] ?? '');
      if (method === 'POST' && !json) return send(response, notJson);
      const body = method === 'POST' ? await readBody(request) : '';
      if (body === undefined) return send(response, tooLarge);
      const url = new URL(request.url ?? '/', config.origin);
      return send(response, await answerApi(campus, { method, url, body, learner }));
    }

    compress(request as never, response as never, () => undefined);
    const locals = { app: campus, learner, address: addressOf(request, config) };
    await pages(
      request,
      response,
      (error) => {
        if (error) throw error as Error;
        // No page has this address. Astro's own page for that has one.
        request.url = '/404';
        void pages(request, response, () => send(response, nothing), locals);
      },
      locals,
    );
  }
}

const refuse = (status: number, code: string, detail: string): Reply => ({
  status,
  body: problem(status, code, detail),
});
const foreign = refuse(
  403,
  'foreign-origin',
  'This request did not come from a page of this campus.',
);
const tooLarge = refuse(413, 'too-large', `Send at most ${bodyLimit / 1024} KB at once.`);
const notJson = refuse(415, 'not-json', 'Send JSON, with the content type application/json.');
const nothing = refuse(404, 'not-found', 'There is nothing at this address.');
const failed = refuse(
  500,
  'failed',
  'Something went wrong here. Nothing that was saved is lost; try again.',
);

function send(response: ServerResponse, { status, body }: Reply): void {
  const text = JSON.stringify(body);
  response.writeHead(status, {
    'content-type': status < 400 ? 'application/json' : 'application/problem+json',
    'content-length': Buffer.byteLength(text),
    'content-security-policy': emptyPolicy,
  });
  response.end(text);
}

/** Listens, and resolves with the server and the port it got. */
export function listen(host: string, port: number): Promise<{ server: Server; port: number }> {
  const server = createServer();
  return new Promise((done, failedToListen) => {
    server.once('error', failedToListen);
    server.listen(port, host, () => {
      const address = server.address();
      done({ server, port: typeof address === 'object' && address ? address.port : port });
    });
  });
}
