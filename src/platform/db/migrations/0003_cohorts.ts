import type { Kysely } from 'kysely';

export async function up(db: Kysely<never>) {
  await db.schema
    .createTable('cohort')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('course', 'text', (c) => c.notNull())
    .addColumn('code', 'text', (c) => c.notNull().unique())
    .addColumn('starts_on', 'text')
    .addColumn('ends_on', 'text')
    .addColumn('instructor_id', 'text', (c) => c.notNull().references('account.id'))
    .addColumn('created_at', 'text', (c) => c.notNull())
    .execute();
  await db.schema
    .createIndex('cohort_by_instructor')
    .on('cohort')
    .column('instructor_id')
    .execute();

  await db.schema
    .createTable('cohort_member')
    .addColumn('cohort_id', 'text', (c) => c.notNull().references('cohort.id').onDelete('cascade'))
    .addColumn('account_id', 'text', (c) =>
      c.notNull().references('account.id').onDelete('cascade'),
    )
    .addColumn('name_key', 'text', (c) => c.notNull())
    .addColumn('joined_at', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('cohort_member_key', ['cohort_id', 'account_id'])
    .execute();
  await db.schema
    .createIndex('cohort_member_by_name')
    .on('cohort_member')
    .columns(['cohort_id', 'name_key'])
    .execute();
  await db.schema
    .createIndex('cohort_member_by_account')
    .on('cohort_member')
    .column('account_id')
    .execute();
}
