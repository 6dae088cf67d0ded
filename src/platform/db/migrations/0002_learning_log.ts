import type { Kysely } from 'kysely';

export async function up(db: Kysely<never>) {
  await db.schema
    .createTable('actor')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('last_at', 'text')
    .execute();

  // No reference to account: erasing a person leaves their log under an id that names nobody.
  await db.schema
    .createTable('learning_event')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('actor_id', 'text', (c) => c.notNull())
    .addColumn('verb', 'text', (c) => c.notNull())
    .addColumn('object', 'text', (c) => c.notNull())
    .addColumn('attempt', 'text')
    .addColumn('score', 'real')
    .addColumn('success', 'integer')
    .addColumn('body', 'text', (c) => c.notNull())
    .addColumn('detail', 'text')
    .addColumn('timestamp', 'text', (c) => c.notNull())
    .addColumn('stored', 'text', (c) => c.notNull())
    .execute();
  await db.schema
    .createIndex('learning_event_by_actor_object')
    .on('learning_event')
    .columns(['actor_id', 'object'])
    .execute();
  await db.schema
    .createIndex('learning_event_by_attempt')
    .on('learning_event')
    .column('attempt')
    .execute();

  await db.schema
    .createTable('progress')
    .addColumn('actor_id', 'text', (c) => c.notNull())
    .addColumn('object', 'text', (c) => c.notNull())
    .addColumn('attempts', 'integer', (c) => c.notNull())
    .addColumn('best_score', 'real')
    .addColumn('completed_at', 'text')
    .addColumn('passed_at', 'text')
    .addColumn('last_at', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('progress_key', ['actor_id', 'object'])
    .execute();

  await db.schema
    .createTable('bank_version')
    .addColumn('hash', 'text', (c) => c.primaryKey())
    .addColumn('bank', 'text', (c) => c.notNull())
    .addColumn('body', 'text', (c) => c.notNull())
    .execute();
}
