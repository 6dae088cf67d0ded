import { type Kysely, PostgresAdapter, sql } from 'kysely';

export async function up(db: Kysely<never>) {
  await db.schema
    .createTable('deadline')
    .addColumn('attempt', 'text', (c) => c.primaryKey())
    .addColumn('actor_id', 'text', (c) => c.notNull())
    .addColumn('bank', 'text', (c) => c.notNull())
    .addColumn('due_at', 'text', (c) => c.notNull())
    .execute();
  await db.schema
    .createIndex('deadline_by_due_at')
    .on('deadline')
    .columns(['due_at', 'actor_id'])
    .execute();

  await db.schema
    .createTable('allowance')
    .addColumn('actor_id', 'text', (c) => c.primaryKey())
    .addColumn('extra_time', 'integer', (c) => c.notNull())
    .addColumn('given_by', 'text', (c) => c.notNull())
    .addColumn('given_at', 'text', (c) => c.notNull())
    .execute();

  await db.schema
    .createTable('correction')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('bank', 'text', (c) => c.notNull())
    .addColumn('question', 'text', (c) => c.notNull())
    .addColumn('cohort_id', 'text')
    .addColumn('change', 'text', (c) => c.notNull())
    .addColumn('reason', 'text', (c) => c.notNull())
    .addColumn('keeps_better', 'integer', (c) => c.notNull())
    .addColumn('made_by', 'text', (c) => c.notNull())
    .addColumn('made_at', 'text', (c) => c.notNull())
    .execute();
  await db.schema.createIndex('correction_by_bank').on('correction').column('bank').execute();

  // PostgreSQL keeps but seven digits of a real, so that a result would seem to differ from itself; SQLite keeps all.
  if (db.getExecutor().adapter instanceof PostgresAdapter) {
    await sql`alter table learning_event alter column score type double precision`.execute(db);
    await sql`alter table progress alter column best_score type double precision`.execute(db);
  }

  // The attempts at a bank over all learners, for regrading. Only beginnings are in it, so that answers cost nothing more.
  await sql`create index learning_event_begun on learning_event (object) where verb = 'initialized'`.execute(
    db,
  );
}
