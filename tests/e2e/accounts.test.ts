import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '../support/campus.ts';
import { newCohort, newLearner } from '../support/people.ts';

test('without JavaScript one signs up, signs out and signs in again', async ({
  browser,
  campus,
}) => {
  const { page, email, password } = await newLearner(browser, campus, { javaScriptEnabled: false });
  await page.goto('/account');
  await page.getByRole('button', { name: 'Sign out', exact: true }).click();
  await expect(page.getByRole('link', { name: 'Read the first lesson' })).toBeVisible();
  await page.goto('/sign-in');
  await page.getByLabel('E-mail address').fill(email);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('heading', { name: /Hello/ })).toBeVisible();
});

test('a form with mistakes says what to do and keeps what was typed', async ({ page }) => {
  await page.goto('/sign-up');
  await page.locator('form').evaluate((form: HTMLFormElement) => (form.noValidate = true));
  await page.getByLabel('Your name').fill('Amina');
  await page.getByLabel('E-mail address').fill('amina');
  await page.getByLabel('Password').fill('short');
  await page.getByRole('button', { name: 'Sign up' }).click();
  await expect(page.getByText('Write an e-mail address such as amina@example.org.')).toBeVisible();
  await expect(page.getByText('Use at least 10 signs.', { exact: false })).toBeVisible();
  await expect(page.getByLabel('Your name')).toHaveValue('Amina');
  await expect(page.getByLabel('Password')).toHaveValue('');
});

test('a forgotten password is set anew through the letter, once, and other devices are signed out', async ({
  browser,
  campus,
  page,
}) => {
  const { email, context } = await newLearner(browser, campus);
  await page.goto('/reset');
  await page.getByLabel('E-mail address').fill(email);
  await page.getByRole('button', { name: 'Send me a link' }).click();
  await expect(
    page.getByText('If there is an account with this address', { exact: false }),
  ).toBeVisible();
  await expect(page.getByText('This campus has no mail server', { exact: false })).toBeVisible();

  const outbox = path.join(campus.dataDir, 'outbox');
  const letter = () =>
    readdirSync(outbox)
      .map((name) => readFileSync(path.join(outbox, name), 'utf8'))
      .find((text) => text.includes(`To: ${email}`) && text.includes('/reset/'));
  await expect.poll(letter).toBeTruthy();
  const link = /http\S+\/reset\/\S+/.exec(letter()!)![0];
  await page.goto(link);
  await page.getByLabel('New password').fill('five tall palm trees');
  await page.getByRole('button', { name: 'Set the password' }).click();
  await expect(page.getByText('Your password is changed.', { exact: false })).toBeVisible();

  expect((await context.request.get('/home', { maxRedirects: 0 })).status(), 'the old device').toBe(
    303,
  );
  await page.goto(link);
  await expect(page.getByText('This link is used up or too old.', { exact: false })).toBeVisible();
});

test('an address that is known and one that is not are answered alike', async ({
  browser,
  campus,
  page,
}) => {
  const { email } = await newLearner(browser, campus);
  const answers = [];
  for (const address of [email, `nobody-${Date.now()}@example.org`]) {
    await page.goto('/sign-in');
    await page.getByLabel('E-mail address').fill(address);
    await page.getByLabel('Password').fill('a wrong password');
    await page.getByRole('button', { name: 'Sign in' }).click();
    answers.push((await page.locator('main').innerText()).replaceAll(address, ''));
  }
  expect(answers[0]).toBe(answers[1]);
});

test('guessing is stopped, and the right person gets in again', async ({
  browser,
  campus,
  page,
}) => {
  const { email } = await newLearner(browser, campus);
  for (let tries = 0; tries < 11; tries++) {
    await page.goto('/sign-in');
    await page.getByLabel('E-mail address').fill(email);
    await page.getByLabel('Password').fill(`guess ${tries}`);
    await page.getByRole('button', { name: 'Sign in' }).click();
  }
  await expect(
    page.getByText(/Too many tries. Please wait \d+ minutes? and try again./),
  ).toBeVisible();
});

test('an instructor gives a learner a new PIN, with which they sign in', async ({
  browser,
  campus,
}) => {
  const { page, code, url } = await newCohort(browser, campus, 'PIN group');
  const phone = await browser.newContext({ baseURL: campus.url });
  const learner = await phone.newPage();
  await learner.goto(`/join/${code.replace('-', '')}`);
  await learner.getByLabel('Your name').fill('José Pérez');
  await learner.getByLabel('Six-digit PIN').fill('123456');
  await learner.getByRole('button', { name: 'Join' }).click();
  await expect(learner.getByText('This PIN is too easy to guess.', { exact: false })).toBeVisible();
  await learner.getByLabel('Six-digit PIN').fill('904417');
  await learner.getByRole('button', { name: 'Join' }).click();
  await expect(learner.getByRole('heading', { name: 'Hello, José Pérez' })).toBeVisible();

  await page.goto(url);
  await page.getByRole('link', { name: 'José Pérez' }).click();
  await page.getByLabel('New six-digit PIN').fill('771930');
  await page.getByRole('button', { name: 'Set the PIN' }).click();
  await expect(page.getByText('The new PIN is set.')).toBeVisible();

  await learner.goto('/home');
  await expect(learner).toHaveURL(/sign-in/);
  await learner.getByRole('link', { name: 'With a group code and PIN' }).click();
  await learner.getByLabel('Group code').fill(code);
  await learner.getByLabel('Your name').fill('jose perez');
  await learner.getByLabel('Six-digit PIN').fill('771930');
  await learner.getByRole('button', { name: 'Sign in' }).click();
  await expect(learner.getByRole('heading', { name: 'Hello, José Pérez' })).toBeVisible();
});

test('a learner takes all their data along and deletes their account', async ({
  browser,
  campus,
}) => {
  const { page, context, email } = await newLearner(browser, campus);
  await page.goto('/account');
  const data = await context.request.get('/account/data.json');
  expect(await data.json()).toMatchObject({ account: { email } });
  await page.getByLabel('Yes, delete my account').check();
  await page.getByRole('button', { name: 'Delete my account' }).click();
  await page.waitForURL('**/?erased');
  expect((await context.request.get('/home', { maxRedirects: 0 })).status()).toBe(303);
});
