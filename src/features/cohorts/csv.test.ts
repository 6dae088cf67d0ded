import { expect, test } from 'vitest';
import { alphabet, codeFrom, showCode } from './code.ts';
import { toCsv } from './csv.server.ts';
import { CohortForm, MembersQuery } from './forms.ts';

test('a name that a spreadsheet would run as a formula is only a name', () => {
  const csv = toCsv(
    ['Name'],
    [['=HYPERLINK("http://evil.example")'], ['+1'], ['@cmd'], ['-2'], ['Ana "Lu", x']],
  );
  const [, ...rows] = csv.trim().split('\n');
  for (const row of rows.slice(0, 4)) expect(row).toMatch(/^"?'/);
  expect(rows[4]).toBe('"Ana ""Lu"", x"');
  expect(csv.startsWith('\uFEFF')).toBe(true);
});

test('a join code has no letter or digit that looks like another', () => {
  expect(alphabet).not.toMatch(/[0O1IBS258Z]/);
  const code = codeFrom(new Uint8Array([0, 25, 26, 255, 7, 8, 9, 10]));
  expect(showCode(code)).toMatch(/^[A-Z0-9]{4}-[A-Z0-9]{4}$/);
});

test('a cohort can’t end before it begins, and a strange page number shows the first page', () => {
  const form = CohortForm.safeParse({
    name: 'A',
    course: 'c',
    starts_on: '2027-02-01',
    ends_on: '2027-01-01',
  });
  expect(form.error?.issues[0]?.message).toBe('datesTurned');
  expect(MembersQuery.parse({ page: '-3', sort: 'drop table' })).toMatchObject({
    page: 1,
    sort: 'name',
  });
});
