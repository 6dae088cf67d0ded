import { expect, test } from '../support/campus.ts';

test('a search finds a lesson, a word and a case, and goes on without a network', async ({
  page,
  context,
  campus,
}) => {
  await page.goto(`${campus.url}/library`);
  const field = page.getByRole('searchbox');
  const found = page.locator('.found li');
  await field.fill('location quotient');
  await expect(found.first()).toContainText('The share of local jobs');
  await expect(found.filter({ hasText: 'Lesson' }).first()).toBeVisible();
  await expect(page.getByRole('status')).toContainText('results');

  await context.setOffline(true);
  await field.fill('Mozambique');
  await expect(found.filter({ hasText: 'Case' }).first()).toContainText('a drift');
  await field.fill('value chian');
  await expect(found.filter({ hasText: 'Word' }).first()).toContainText('value chain');
  await field.fill('xyzzyqwv');
  await expect(page.getByRole('status')).toContainText('Nothing found');
  await context.setOffline(false);

  await page.goto(`${campus.url}/library?q=Ramechhap`);
  await found.getByRole('link').filter({ hasText: 'Nepal: peace' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Nepal: peace through work');
});

test('an index that does not arrive is said, and the next letter tries again', async ({
  page,
  context,
  campus,
}) => {
  await page.goto(`${campus.url}/library`);
  await context.setOffline(true);
  await page.getByRole('searchbox').fill('forum');
  await expect(page.getByRole('status')).toContainText('Check your connection');
  await context.setOffline(false);
  await page.getByRole('searchbox').fill('forums');
  await expect(page.locator('.found li').first()).toBeVisible();
});

test('cases are narrowed by country, theme and evidence, and the choice can be sent on', async ({
  page,
  campus,
}) => {
  await page.goto(`${campus.url}/library/cases`);
  const entries = page.locator('.entries > li:visible');
  const all = await entries.count();
  await page.getByLabel('Theme').selectOption({ label: 'After a war' });
  const afterWar = await entries.count();
  expect(afterWar).toBeLessThan(all);
  await expect(page.getByRole('status')).toHaveText(`${afterWar} of ${all} shown`);
  await page.getByLabel('Country').selectOption('Nepal');
  await expect(entries).toHaveCount(1);
  await page.reload();
  await expect(entries).toHaveCount(1);
  await page.getByLabel('Evidence').selectOption('E');
  await expect(page.getByRole('status')).toContainText('Nothing fits');
});

test('the glossary says where a word is explained, the sources where they are cited', async ({
  page,
  campus,
}) => {
  await page.goto(`${campus.url}/library/terms`);
  await page.getByLabel('Show only').fill('social dialogue');
  const term = page.locator('#social-dialogue');
  await term.getByText(/^Explained in/).click();
  await expect(term.getByRole('link').last()).toHaveAttribute('href', /^\/learn\//);
  await page.goto(`${campus.url}/library/sources#boosting`);
  const source = page.locator('#boosting');
  await source.getByText(/^Cited in/).click();
  await source.locator('details a').first().click();
  await expect(page.locator('.sources')).toContainText('Boosting Local Economies');
});
