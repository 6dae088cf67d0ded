import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import path from 'node:path';
import { z } from 'zod';

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.txt': 'text/plain; charset=utf-8',
  '.woff2': 'font/woff2',
  '.webmanifest': 'application/manifest+json',
};

/** What the build says about headers of single pages: their content security policy. */
const PageHeaders = z.array(
  z.object({
    pathname: z.string(),
    headers: z.array(z.object({ key: z.string(), value: z.string() })),
  }),
);

interface Version {
  headers: OutgoingHttpHeaders;
  bytes: Buffer;
}
interface File {
  etag: string;
  plain: Version;
  brotli: Version | undefined;
  gzip: Version | undefined;
}

/** Serves what the build made, from memory and already compressed. */
export interface StaticFiles {
  /** Answers when there is such a file; else false, and the response is untouched. */
  serve(request: IncomingMessage, response: ServerResponse, pathname: string): boolean;
}

const withoutSlash = (pathname: string) => (pathname === '/' ? '/' : pathname.replace(/\/$/, ''));

/**
 * Reads the client folder of a build into memory.
 *
 * Pages answer with and without a trailing slash, each with exactly its own policy from `_headers.json`.
 */
export function readStaticFiles(
  clientFolder: string,
  { headersFile, common }: { headersFile: string; common: OutgoingHttpHeaders },
): StaticFiles {
  const policies = new Map<string, OutgoingHttpHeaders>();
  if (existsSync(headersFile)) {
    for (const page of PageHeaders.parse(JSON.parse(readFileSync(headersFile, 'utf8')))) {
      const own: OutgoingHttpHeaders = {};
      for (const { key, value } of page.headers) own[key.toLowerCase()] = value;
      policies.set(withoutSlash(page.pathname), own);
    }
  }

  const files = new Map<string, File>();
  for (const name of readdirSync(clientFolder, { recursive: true, withFileTypes: true })) {
    if (!name.isFile() || /\.(br|gz)$/.test(name.name)) continue;
    const full = path.join(name.parentPath, name.name);
    const url = `/${path.relative(clientFolder, full).split(path.sep).join('/')}`;
    const page = url.endsWith('.html')
      ? withoutSlash(url.replace(/(\/index)?\.html$/, '') || '/')
      : undefined;
    const bytes = readFileSync(full);
    const etag = `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`;
    const headers: OutgoingHttpHeaders = {
      ...common,
      'content-type': types[path.extname(url)] ?? 'application/octet-stream',
      'cache-control': url.startsWith('/_astro/')
        ? 'public, max-age=31536000, immutable'
        : 'no-cache',
      vary: 'accept-encoding',
      etag,
      ...(page === undefined ? {} : policies.get(page)),
    };
    const version = (ending: string, encoding: string): Version | undefined => {
      if (!existsSync(full + ending)) return undefined;
      const packed = readFileSync(full + ending);
      return {
        headers: { ...headers, 'content-encoding': encoding, 'content-length': packed.length },
        bytes: packed,
      };
    };
    files.set(page ?? url, {
      etag,
      plain: { headers: { ...headers, 'content-length': bytes.length }, bytes },
      brotli: version('.br', 'br'),
      gzip: version('.gz', 'gzip'),
    });
  }

  return {
    serve(request, response, pathname) {
      if (request.method !== 'GET' && request.method !== 'HEAD') return false;
      const file = files.get(withoutSlash(pathname));
      if (!file) return false;
      if (request.headers['if-none-match'] === file.etag) {
        const { 'content-length': _length, ...headers } = file.plain.headers;
        response.writeHead(304, headers).end();
        return true;
      }
      const accepted = [request.headers['accept-encoding']].join();
      const { headers, bytes } =
        (/\bbr\b/.test(accepted) && file.brotli) ||
        (/\bgzip\b/.test(accepted) && file.gzip) ||
        file.plain;
      response.writeHead(200, headers);
      response.end(request.method === 'HEAD' ? undefined : bytes);
      return true;
    },
  };
}
