import { expect, test } from 'vitest';
import { wordsIn } from '#i18n/words.ts';
import { toCsv } from './csv.server.ts';
import { CohortForm, MembersQuery } from './forms.ts';

const { errors } = wordsIn('en').cohorts;
const group = { name: 'Morning group', course: 'sensitizing' };

test('a cohort needs no dates, and empty fields count as none', () => {
  const none = { ...group, starts_on: null, ends_on: null };
  expect(CohortForm.parse(group)).toEqual(none);
  expect(CohortForm.parse({ ...group, starts_on: '', ends_on: '' })).toEqual(none);
});

test('a cohort may be of one day, or have only an end', () => {
  const day = '2027-02-01';
  expect(CohortForm.safeParse({ ...group, starts_on: day, ends_on: day }).success).toBe(true);
  expect(CohortForm.parse({ ...group, ends_on: day })).toMatchObject({
    starts_on: null,
    ends_on: day,
  });
});

test.for([
  [{ name: ' ' }, 'nameMissing'],
  [{ name: 'x'.repeat(81) }, 'nameLong'],
  [{ course: '' }, 'courseMissing'],
  [{ starts_on: '1 February' }, 'dateShape'],
  [{ starts_on: '2027-02-02', ends_on: '2027-02-01' }, 'datesTurned'],
] as const)('a cohort with %j is not made, and the page says %s', ([change, message]) => {
  expect(CohortForm.safeParse({ ...group, ...change }).error?.issues[0]?.message).toBe(message);
  expect(errors).toHaveProperty(message);
});

test.for(['0', '-3', '1.5', 'two', '', '1e99', 'NaN'])(
  'page "%s" of the members is the first',
  (page) => {
    expect(MembersQuery.parse({ page }).page).toBe(1);
  },
);

test('an address made up by hand shows everyone by name', () => {
  const all = { page: 1, search: '', sort: 'name', show: 'all' };
  expect(MembersQuery.parse({})).toEqual(all);
  expect(
    MembersQuery.parse({ search: 'x'.repeat(81), sort: 'name; drop table account', show: '*' }),
  ).toEqual(all);
});

test.for(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1+1', '\r=1+1', '＝1+1'])(
  'a name of %j runs nothing when the list is opened in a spreadsheet',
  (name) => {
    const cell = toCsv(['Name'], [[name]])
      .split('\n')
      .slice(1)
      .join('\n');
    expect(cell).toMatch(/^"?'/);
  },
);

test('numbers stay numbers, nothing stays empty, and a name over two lines stays one cell', () => {
  expect(toCsv(['Name', 'Score', 'Seen'], [['Ana\nLu', 0.875, null]])).toBe(
    '\uFEFFName,Score,Seen\n"Ana\nLu",0.875,\n',
  );
});

test('a day that is in no calendar is not accepted as a cohort’s date', () => {
  const form = { name: 'A', course: 'c', ends_on: '2027-13-45' };
  expect(CohortForm.safeParse(form).success).toBe(false);
});
