import type { APIRequestContext, Browser, BrowserContext, Page } from '@playwright/test';
import type { Campus } from './campus.ts';

let made = 0;

/** Signs somebody new up in a browser of their own. */
export async function newLearner(
  browser: Browser,
  campus: Campus,
  options = {},
): Promise<{ page: Page; context: BrowserContext; email: string; password: string }> {
  const context = await browser.newContext({ baseURL: campus.url, ...options });
  const page = await context.newPage();
  const email = `learner-${++made}-${Date.now()}@example.org`;
  const password = 'four quiet rivers';
  await page.goto('/sign-up');
  await page.getByLabel('Your name').fill(`Learner ${made}`);
  await page.getByLabel('E-mail address').fill(email);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign up' }).click();
  await page.waitForURL('**/home**');
  return { page, context, email, password };
}

/** Sets the campus up and makes a cohort; the administrator's page stands on it. */
export async function newCohort(
  browser: Browser,
  campus: Campus,
  name = 'Test group',
): Promise<{ page: Page; code: string; url: string }> {
  const context = await browser.newContext({ baseURL: campus.url });
  const page = await context.newPage();
  await page.goto(campus.setupUrl);
  if (await page.getByRole('button', { name: 'Set up' }).isVisible()) {
    await page.getByLabel('Your name').fill('Efua Sarpong');
    await page.getByLabel('E-mail address').fill('efua@example.org');
    await page.getByLabel('Password').fill('a calm river bank');
    await page.getByRole('button', { name: 'Set up' }).click();
  } else {
    await page.goto('/sign-in');
    await page.getByLabel('E-mail address').fill('efua@example.org');
    await page.getByLabel('Password').fill('a calm river bank');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.waitForURL('**/home');
    await page.goto('/teach');
  }
  await page.getByLabel('Name of the group').fill(name);
  await page.getByRole('button', { name: 'Make the group' }).click();
  await page.locator('.code').waitFor();
  const code = (await page.locator('.code').textContent())!;
  return { page, code, url: page.url() };
}

/** Sends learning events as the browser's outbox would. */
export async function sendEvents(request: APIRequestContext, campus: Campus, events: object[]) {
  const me = await request.get('/api/record?course=sensitizing');
  const { learner } = (await me.json()) as { learner: { id: string } };
  return request.post('/api/events', {
    headers: { origin: campus.url },
    data: { learner: learner.id, events },
  });
}
