import path from 'node:path';
import { z } from 'zod';

const Environment = z.object({
  NODE_ENV: z.string().default('production'),
  PORT: z.coerce.number().int().min(0).max(65535).default(4321),
  HOST: z
    .string()
    .default('127.0.0.1')
    .transform((host) => host.replace(/^\[(.*)\]$/, '$1')),
  ORIGIN: z
    .url({ protocol: /^https?$/, error: 'is not an address such as https://campus.example.org' })
    .transform((url) => new URL(url).origin)
    .optional(),
  DATA_DIR: z.string().default('data'),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, 'must begin with postgres://')
    .optional(),
  SMTP_URL: z
    .string()
    .regex(/^smtps?:\/\//, 'must begin with smtp:// or smtps://')
    .optional(),
  MAIL_FROM: z.string().default('LED Campus <campus@localhost>'),
  TRUST_PROXY: z.enum(['0', '1']).default('0'),
});

/** The settings of one running campus. */
export interface Config {
  /** Listen here. */
  host: string;
  port: number;
  /** The address people type, without a path; decides links in mail, secure cookies and the origin check. */
  origin: string;
  /** Whether ORIGIN was set; else the campus is reached under this machine's own names only. */
  originGiven: boolean;
  /** Folder of what is kept: `campus.sqlite`, `outbox/`. Absolute. */
  dataDir: string;
  /** PostgreSQL instead of the SQLite file. */
  databaseUrl: string | undefined;
  smtpUrl: string | undefined;
  mailFrom: string;
  /** Whether `X-Forwarded-For` names the visitor, because a proxy of ours wrote it. */
  trustProxy: boolean;
}

const loopback = /^(127\.\d+\.\d+\.\d+|localhost|::1|\[::1\])$/;

/**
 * Reads the settings from the environment; empty values count as absent.
 *
 * Throws an error that names each bad setting, and when the campus would be open to a network without
 * knowing its own address: the origin check and secure cookies need it.
 */
export function readConfig(env: Record<string, string | undefined>): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const parsed = Environment.safeParse(given);
  if (!parsed.success) {
    const faults = parsed.error.issues.map(
      (issue) => `  ${issue.path.join('.')}: ${issue.message}`,
    );
    throw new Error(`These settings cannot be used:\n${faults.join('\n')}`);
  }
  const { HOST, PORT, ORIGIN, NODE_ENV } = parsed.data;
  if (!loopback.test(HOST) && !ORIGIN && NODE_ENV === 'production') {
    throw new Error(
      `HOST=${HOST} opens the campus to a network, but ORIGIN is not set.\n` +
        'Set ORIGIN to the address people type, for example ORIGIN=https://campus.example.org',
    );
  }
  return {
    host: HOST,
    port: PORT,
    origin: ORIGIN ?? `http://${HOST.includes(':') ? `[${HOST}]` : HOST}:${PORT}`,
    originGiven: ORIGIN !== undefined,
    dataDir: path.resolve(parsed.data.DATA_DIR),
    databaseUrl: parsed.data.DATABASE_URL,
    smtpUrl: parsed.data.SMTP_URL,
    mailFrom: parsed.data.MAIL_FROM,
    trustProxy: parsed.data.TRUST_PROXY === '1',
  };
}
