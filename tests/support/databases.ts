import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { PGliteDialect, sql } from 'kysely';
import { inject } from 'vitest';
import type { TestProject } from 'vitest/node';
import { startPostgres } from './postgres.ts';
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
  const server = bin ? startPostgres(bin) : undefined;
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
