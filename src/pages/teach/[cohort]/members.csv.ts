import type { APIRoute } from 'astro';
import { lessonsOf } from '#features/catalog/course.ts';
import { readCohort } from '#features/cohorts/cohort.store.ts';
import { toCsv } from '#features/cohorts/csv.server.ts';
import { MembersQuery } from '#features/cohorts/forms.ts';
import { readMatrix } from '#features/cohorts/matrix.server.ts';
import { say } from '#i18n/say.ts';
import { wordsIn } from '#i18n/words.ts';
import { scopeOf } from '../_scope.ts';

/** The whole table of a cohort as CSV. */
export const GET: APIRoute = async ({ locals, params, redirect, rewrite }) => {
  const { app, courses, learner } = locals;
  if (!learner) return redirect('/sign-in', 303);
  const cohort = await readCohort(app.read, { id: params.cohort!, instructorId: learner.id });
  const course = courses.courses.find((one) => one.id === cohort?.course);
  if (!cohort || !course) return rewrite('/404');

  const words = wordsIn(courses.language).cohorts;
  const t = words.cohort.csv;
  const scope = scopeOf(course, cohort.id, new Date());
  const { rows } = await readMatrix(app.read, scope, MembersQuery.parse({}), 100_000);
  const titles = scope.banks.map((bank) => courses.graded[bank]!.bank.title);
  const header = [
    t.name,
    t.seen,
    t.done,
    ...lessonsOf(course).map(({ title }) => title),
    ...titles.flatMap((title) => [say(t.best, { title }), say(t.passed, { title })]),
  ];
  const table = rows.map((row) => [
    row.name,
    row.seen?.slice(0, 10) ?? '',
    row.done,
    ...row.lessons.map(
      ({ state }) => words.cohort.table.states[state === 'tried' ? 'begun' : state],
    ),
    ...row.banks.flatMap((cell) =>
      cell.state === 'tried' ? [Math.floor(cell.best * 100), cell.passed ? t.yes : t.no] : ['', ''],
    ),
  ]);
  return new Response(toCsv(header, table), {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="members-${cohort.code}.csv"`,
    },
  });
};
