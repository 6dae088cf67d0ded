import { mkdirSync } from 'node:fs';
import path from 'node:path';
import Sqlite from 'better-sqlite3';
import { type Dialect, Kysely, PostgresDialect, SqliteDialect } from 'kysely';
import { type Migration, Migrator } from 'kysely/migration';
import pg from 'pg';
import * as accounts from './migrations/0001_accounts.ts';
import * as learningLog from './migrations/0002_learning_log.ts';
import * as cohorts from './migrations/0003_cohorts.ts';
import * as assessment from './migrations/0004_assessment.ts';
import * as simulations from './migrations/0005_simulations.ts';
import type { Reader, Schema, Writer } from './schema.ts';

// Listed by hand so that a bundler keeps them; keys are the order and never change.
const migrations: Record<string, Migration> = {
  '0001_accounts': accounts,
  '0002_learning_log': learningLog,
  '0003_cohorts': cohorts,
  '0004_assessment': assessment,
  '0005_simulations': simulations,
};

const statementsKept = 500;

/** A SQLite file, made if it is missing. Every commit is on the disk before it returns. */
export function sqlite(file: string): Dialect {
  if (file !== ':memory:') mkdirSync(path.dirname(file), { recursive: true });
  const raw = new Sqlite(file);
  raw.pragma('journal_mode = WAL');
  raw.pragma('synchronous = FULL');
  raw.pragma('foreign_keys = ON');
  raw.pragma('busy_timeout = 5000');

  // Kysely prepares each query anew; keeping statements halves what a small query costs.
  const kept = new Map<string, Sqlite.Statement>();
  const prepare = (text: string) => {
    const known = kept.get(text);
    if (known) return known;
    if (kept.size >= statementsKept) kept.delete(kept.keys().next().value!);
    const statement = raw.prepare(text);
    kept.set(text, statement);
    return statement;
  };
  return new SqliteDialect({ database: { close: () => raw.close(), prepare: prepare } });
}

/** A PostgreSQL server. */
export function postgres(url: string): Dialect {
  // count() and sum() arrive as text otherwise; ours stay far below 2^53.
  pg.types.setTypeParser(pg.types.builtins.INT8, Number);
  return new PostgresDialect({ pool: new pg.Pool({ connectionString: url, max: 10 }) });
}

/** Opens the database and brings it up to date. Pages get `read`; only stores take `write`. */
export async function open(dialect: Dialect): Promise<{ read: Reader; write: Writer }> {
  const write = new Kysely<Schema>({ dialect });
  const migrator = new Migrator({ db: write, provider: { getMigrations: async () => migrations } });
  const { error } = await migrator.migrateToLatest();
  if (error) throw new Error('The database could not be brought up to date.', { cause: error });
  // Kysely is not assignable to its own read-only view under exactOptionalPropertyTypes.
  return { read: write as unknown as Reader, write };
}
