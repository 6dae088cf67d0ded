import { execFileSync } from 'node:child_process';
import { chownSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { PGliteDialect, sql } from 'kysely';
import { inject } from 'vitest';
import type { TestProject } from 'vitest/node';
import { open, postgres, sqlite } from '#platform/db/open.server.ts';
import type { Reader, Writer } from '#platform/db/schema.ts';

export interface Database {
  read: Reader;
  write: Writer;
}

declare module 'vitest' {
  export interface ProvidedContext {
    /** Where the tests keep their SQLite files. */
    databaseFolder: string;
    /** The PostgreSQL server of this run; empty where there is none. */
    postgresUrl: string;
  }
}

/** Vitest calls this once before all store tests, outside of their process, and what it returns once after them. */
export default function setup(project: TestProject): () => void {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'campus-databases-'));
  const bin = process.env.PG_BIN;
  const server = bin ? startServer(bin) : undefined;
  const tidy = () => {
    server?.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  // An interrupted run ends without a teardown.
  process.once('exit', tidy);
  project.provide('databaseFolder', folder);
  project.provide('postgresUrl', server?.url ?? '');
  return () => {
    process.off('exit', tidy);
    tidy();
  };
}

/** Starts a PostgreSQL of our own in a temporary folder, which goes when it stops. */
function startServer(bin: string): { url: string; stop(): void } {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'campus-pg-'));
  const as = process.getuid?.() === 0 ? lesserUser() : undefined;
  if (as) chownSync(folder, as.uid, as.gid);
  const data = path.join(folder, 'data');
  const run = (program: string, ...options: string[]) =>
    execFileSync(path.join(bin, program), ['-D', data, ...options], {
      ...as,
      cwd: folder,
      stdio: 'ignore',
    });
  run('initdb', '-A', 'trust', '-U', 'campus', '-E', 'UTF8', '--no-sync');
  const options = `-k '${folder}' -c listen_addresses= -c fsync=off`;
  run('pg_ctl', '-w', '-l', path.join(folder, 'log'), '-o', options, 'start');
  return {
    url: `postgres://campus@/postgres?host=${encodeURIComponent(folder)}`,
    stop: () => {
      // Whoever is still connected is dropped.
      run('pg_ctl', '-w', '-m', 'immediate', 'stop');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Whom the server runs as when we are root, as which it refuses to. */
function lesserUser(): { uid: number; gid: number } {
  const id = (flag: string, user: string) =>
    Number(execFileSync('id', [flag, user], { stdio: ['ignore', 'pipe', 'ignore'] }));
  try {
    return { uid: id('-u', 'postgres'), gid: id('-g', 'postgres') };
  } catch {
    return { uid: id('-u', 'nobody'), gid: id('-g', 'nobody') };
  }
}

let shared: Promise<Database> | undefined;

/** PostgreSQL: the server of this run, or PGlite, which is PostgreSQL inside this process. */
function openPostgres(): Promise<Database> {
  const url = inject('postgresUrl');
  return open(url ? postgres(url) : new PGliteDialect({ pglite: new PGlite() }));
}

/** Every database that stores must work on; `empty()` is one brought up to date with nothing in it. */
export const databases = [
  {
    name: 'SQLite',
    empty: (): Promise<Database> => {
      const folder = mkdtempSync(path.join(inject('databaseFolder'), 'sqlite-'));
      return open(sqlite(path.join(folder, 'campus.sqlite')));
    },
  },
  {
    name: 'PostgreSQL',
    // One server for all tests, emptied for each.
    empty: async (): Promise<Database> => {
      shared ??= openPostgres();
      const database = await shared;
      const tables = await database.write.introspection.getTables();
      for (const { name } of tables) {
        if (!name.startsWith('kysely')) {
          await sql`truncate ${sql.table(name)} cascade`.execute(database.write);
        }
      }
      return database;
    },
  },
];
