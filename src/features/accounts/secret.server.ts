import { createHash, randomBytes } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';

// OWASP's first recommendation for argon2id: 19 MiB, two passes, one lane.
const cost = { memoryCost: 19 * 1024, timeCost: 2, parallelism: 1 };

/** Hashes a password or PIN with argon2id. */
export const hashSecret = (secret: string): Promise<string> => hash(secret, cost);

// What is compared when there is nobody, so that it takes as long as when there is.
let nobody: Promise<string> | undefined;

/** Whether a secret is the one that was hashed. Without a hash it takes as long and is false. */
export async function matchesSecret(
  hashed: string | null | undefined,
  secret: string,
): Promise<boolean> {
  nobody ??= hashSecret(randomBytes(16).toString('hex'));
  const found = await verify(hashed ?? (await nobody), secret);
  return found && Boolean(hashed);
}

/** A secret for a link, and the hash under which it is stored. */
export function newToken(): { token: string; id: string } {
  const token = randomBytes(24).toString('base64url');
  return { token, id: tokenId(token) };
}

/** The hash under which a link's secret is stored: a stolen database opens no link. */
export const tokenId = (token: string): string => createHash('sha256').update(token).digest('hex');
