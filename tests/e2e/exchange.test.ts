import { readFileSync } from 'node:fs';
import { importAs } from '#features/interop/formats.server.ts';
import { courses } from '../support/answering.ts';
import { violations } from '../support/axe.ts';
import { expect, test } from '../support/campus.ts';
import { newCohort, newLearner } from '../support/people.ts';

const bankId = courses.courses[0]!.modules[0]!.graded[0]!;
const { bank } = courses.graded[bankId]!;

test('an instructor takes a check out in each format, is told what it can’t hold, and reads it again', async ({
  browser,
  campus,
}) => {
  const { page, url } = await newCohort(browser, campus, 'Exchange group');
  await page.getByRole('link', { name: 'Exchange questions with other systems' }).click();
  for (const format of ['gift', 'moodle-xml', 'qti'] as const) {
    await page.getByLabel('Questions of').selectOption(bankId);
    await page.getByLabel('Format').selectOption(format);
    await page.getByRole('button', { name: 'Show what this format can hold' }).click();
    await expect(page.getByText(/This format can’t hold \d+ things?:/)).toBeVisible();
    expect(await violations(page)).toEqual([]);
    const downloading = page.waitForEvent('download');
    await page.getByRole('link', { name: /^Download / }).click();
    const file = await (await downloading).path();
    const read = importAs(readFileSync(file), { outcome: 'lost' });
    if (!read.ok) throw new Error(JSON.stringify(read.faults));
    const back = read.imported.exchange.questions.length;
    expect(back).toBeGreaterThan(bank.questions.length / 2);

    await page.getByLabel('File').setInputFiles(file);
    await page.getByRole('button', { name: 'Read it' }).click();
    await expect(page.getByText(`${back} questions were read.`)).toBeVisible();
    expect(await violations(page)).toEqual([]);
    const taking = page.waitForEvent('download');
    await page.getByRole('link', { name: 'Download as a bank of this campus' }).click();
    const yaml = readFileSync(await (await taking).path(), 'utf8');
    expect(yaml).toContain('questions:');
    expect(yaml).toContain(bank.questions[0]!.id);
  }

  // Nobody else may have the keys.
  const { context } = await newLearner(browser, campus);
  const place = `${new URL(url).pathname}/exchange`;
  for (const query of ['', `?bank=${bankId}&format=gift&download=1`]) {
    expect((await context.request.get(`${place}${query}`)).status()).toBe(404);
  }
});

test('a bad file is reported by line, and nothing of it is kept', async ({ browser, campus }) => {
  const { page, url } = await newCohort(browser, campus, 'Bad file group');
  await page.goto(`${url}/exchange`);
  await page.getByLabel('File').setInputFiles({
    name: 'bad.xml',
    mimeType: 'text/xml',
    buffer: Buffer.from('<?xml version="1.0"?>\n<quiz>\n<question type="truefalse">\n</quiz>'),
  });
  await page.getByRole('button', { name: 'Read it' }).click();
  await expect(page.getByText('Nothing was read.', { exact: false })).toBeVisible();
  await expect(page.getByText(/^Line \d: This is not valid XML/)).toBeVisible();
  await page.getByLabel('File').setInputFiles({
    name: 'huge.txt',
    mimeType: 'text/plain',
    buffer: Buffer.alloc(245_000, 'a'),
  });
  await page.getByRole('button', { name: 'Read it' }).click();
  await expect(page.getByText('larger than 240 KB', { exact: false })).toBeVisible();
});
