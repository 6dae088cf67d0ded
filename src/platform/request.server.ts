import type { IncomingMessage } from 'node:http';
import type { Config } from './config.server.ts';

/** The largest request body: a hundred events with room to spare. */
export const bodyLimit = 256 * 1024;

const loopbackHost = /^(127\.\d+\.\d+\.\d+|localhost|\[::1\])(:\d+)?$/;

/** The origin that this request must come from to change anything; undefined when its host is not ours. */
function ownOrigin(request: IncomingMessage, { origin, originGiven }: Config): string | undefined {
  if (originGiven) return origin;
  // Nobody told us our address: we listen on this machine only, under any of its own names.
  const host = request.headers.host ?? '';
  return loopbackHost.test(host) ? `http://${host}` : undefined;
}

/**
 * Whether a request may change something: it comes from one of our own pages.
 *
 * Browsers name the origin of every such request, forms and JSON alike. SameSite cookies are the second lock.
 */
export function isOwnRequest(request: IncomingMessage, config: Config): boolean {
  const { origin } = request.headers;
  const own = ownOrigin(request, config);
  if (!own) return false;
  return origin === undefined
    ? request.headers['sec-fetch-site'] === 'same-origin'
    : origin === own;
}

/** The visitor's network address. A proxy's word counts only when we were told to trust ours. */
export function addressOf(request: IncomingMessage, { trustProxy }: Config): string {
  const forwarded =
    trustProxy &&
    String(request.headers['x-forwarded-for'] ?? '')
      .split(',')
      .at(-1);
  return (forwarded || request.socket.remoteAddress || 'unknown').trim();
}

/** Reads a body as text; undefined when it is larger than `bodyLimit`. */
export async function readBody(request: IncomingMessage): Promise<string | undefined> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > bodyLimit) return undefined;
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}
