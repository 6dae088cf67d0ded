import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { chownSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { PGliteDialect, sql } from 'kysely';
import { afterAll } from 'vitest';
import { open, postgres, sqlite } from '#platform/db/open.server.ts';
import type { Reader, Writer } from '#platform/db/schema.ts';

export interface Database {
  read: Reader;
  write: Writer;
}

let server: { process: ChildProcess; folder: string } | undefined;

/** Starts a PostgreSQL of our own in a temporary folder; as root it runs as `postgres`, which it insists on. */
function startServer(bin: string): string {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'campus-pg-'));
  let as = {};
  if (process.getuid?.() === 0) {
    const id = (flag: string) => Number(execFileSync('id', [flag, 'postgres']));
    as = { uid: id('-u'), gid: id('-g') };
    chownSync(folder, id('-u'), id('-g'));
  }
  const data = path.join(folder, 'data');
  const options = { ...as, cwd: folder, stdio: 'ignore' as const };
  execFileSync(
    path.join(bin, 'initdb'),
    ['-D', data, '-A', 'trust', '-U', 'campus', '-E', 'UTF8', '--no-sync'],
    options,
  );
  const child = spawn(
    path.join(bin, 'postgres'),
    ['-D', data, '-k', folder, '-c', 'listen_addresses=', '-c', 'fsync=off'],
    options,
  );
  server = { process: child, folder };
  return `postgres://campus@/postgres?host=${encodeURIComponent(folder)}`;
}

async function openPostgres(): Promise<Database> {
  const bin = process.env.PG_BIN;
  if (!bin) return open(new PGliteDialect({ pglite: new PGlite() }));
  const url = startServer(bin);
  for (let tries = 0; ; tries++) {
    try {
      return await open(postgres(url));
    } catch (error) {
      // It takes a moment until a server that has just started answers.
      if (tries === 100) throw error;
      await new Promise((done) => setTimeout(done, 50));
    }
  }
}

let shared: Promise<Database> | undefined;

/** Every database that stores must work on. */
export const databases = [
  {
    name: 'SQLite',
    empty: (): Promise<Database> => {
      const folder = mkdtempSync(path.join(os.tmpdir(), 'campus-sqlite-'));
      folders.push(folder);
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

const folders: string[] = [];

afterAll(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

process.once('exit', () => {
  if (!server) return;
  server.process.kill('SIGINT');
  rmSync(server.folder, { recursive: true, force: true });
});
