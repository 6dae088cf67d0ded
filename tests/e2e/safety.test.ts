import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { lessonsOf, urlOf } from '#features/catalog/course.ts';
import { keyOf } from '#features/questions/questions.ts';
import type { Answer } from '#features/questions/answer.ts';
import type { Question } from '#features/questions/question.ts';
import { drawCount } from '#features/quiz/draw.ts';
import { courses, takeAttempt, wrongAnswer, shownQuestion } from '../support/answering.ts';
import { expect, startCampus, test } from '../support/campus.ts';
import { newCohort, newLearner, sendEvents } from '../support/people.ts';

const course = courses.courses[0]!;
const lesson = lessonsOf(course)[0]!;
const bankId = course.modules[0]!.graded[0]!;
const { bank } = courses.graded[bankId]!;

/** Feedback of graded questions and their explanations: nothing that anybody may read before handing in. */
const secrets = Object.values(courses.graded).flatMap(({ bank: { questions } }) =>
  questions.flatMap(textsAbout),
);

/** Every text of a question that speaks about an answer, wherever it stands. */
function textsAbout(question: Question): string[] {
  const found: string[] = [];
  const visit = (value: unknown, told: boolean) => {
    if (typeof value === 'string' && told) found.push(value);
    if (value === null || typeof value !== 'object') return;
    for (const [field, one] of Object.entries(value)) {
      visit(one, told || /^(feedback|otherwise|explanation|model|formula)$/.test(field));
    }
  };
  visit(question, false);
  return found;
}

/** Words as they are read, whether they were written as HTML or JSON. */
const plain = (words: string) =>
  words
    .replace(/&#39;|&#x27;|’/g, "'")
    .replace(/&quot;|\\"/g, '"')
    .replace(/&amp;/g, '&');
const plainSecrets = secrets.map(plain);
/** The secrets that a text tells. */
function secretsIn(text: string): string[] {
  const words = plain(text);
  return plainSecrets.filter((secret) => words.includes(secret));
}

test('nothing that the build gives to browsers holds a graded key or its feedback', () => {
  expect(secrets.length).toBeGreaterThan(20);
  const folder = path.resolve('dist/client');
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter(
    (entry) => entry.isFile() && !/\.(br|gz|woff2|png)$/.test(entry.name),
  );
  expect(files.length).toBeGreaterThan(10);
  expect(files.filter(({ name }) => name.endsWith('.map'))).toEqual([]);
  for (const entry of files) {
    const text = readFileSync(path.join(entry.parentPath, entry.name), 'utf8');
    expect(secretsIn(text), entry.name).toEqual([]);
    expect(text.includes('better-sqlite3'), entry.name).toBe(false);
  }
});

test('no answer of the server tells a graded key before handing in', async ({
  browser,
  campus,
}) => {
  const { page, context } = await newLearner(browser, campus);
  const said: string[] = [];
  page.on('response', (response) => {
    void response.text().then(
      (text) => said.push(text),
      () => undefined,
    );
  });
  await page.goto(`/check/${bankId}`);
  await page.getByRole('button', { name: 'Begin' }).click();
  await page.getByText('Question 1 of').waitFor();
  const attempt = page.url().split('/').at(-1)!;
  const question = await shownQuestion(page.locator('.quiz'), bank.questions);
  const event = {
    id: crypto.randomUUID(),
    verb: 'answered',
    object: `${bankId}/${question.id}`,
    attempt,
    timestamp: new Date().toISOString(),
  };
  const forms = [
    { ...event, result: { response: { kind: 'choice', chosen: ['nonsense'] } } },
    { ...event, result: { response: { kind: 'true-false', value: true } } },
    {
      ...event,
      id: crypto.randomUUID(),
      verb: 'completed',
      object: bankId,
      attempt: crypto.randomUUID(),
    },
  ];
  for (const form of forms)
    said.push(await (await sendEvents(context.request, campus, [form])).text());
  for (const url of [
    '/account/data.json',
    `/api/record?course=${course.id}&lesson=${lesson.id}`,
    '/courses.json',
    '/server/courses.json',
    `/${bankId}.graded.yaml`,
    '/..%2fserver/courses.json',
  ]) {
    said.push(await (await context.request.get(url)).text());
  }
  await page.reload();
  const text = said.join('\n');
  expect(text).toContain(question.id);
  expect(secretsIn(text)).toEqual([]);
  expect(text).not.toMatch(/"correct"|&quot;correct&quot;/);
  // A mark would tell it as well.
  expect(text).not.toMatch(/"score"\s*:\s*[\d.]+/);

  // After handing in, feedback is there: the search above would have found it.
  await page.getByRole('button', { name: /^Question 1:/ }).click();
  await takeAttempt(page, bankId, { right: drawCount(bank) });
  await page.locator('.result-score').waitFor();
  const result = await page.locator('main').innerHTML();
  expect(secretsIn(result)).not.toEqual([]);
});

test('while an attempt is open, its learner reads the same whether an answer is right or wrong', async ({
  browser,
  campus,
}) => {
  const { page, context } = await newLearner(browser, campus);
  await page.goto(`/check/${bankId}`);
  await page.getByRole('button', { name: 'Begin' }).click();
  await page.getByText('Question 1 of').waitFor();
  const attempt = page.url().split('/').at(-1)!;
  const question = await shownQuestion(page.locator('.quiz'), bank.questions);
  const timestamp = new Date().toISOString();

  const readAfter = async (response: Answer) => {
    const event = { id: crypto.randomUUID(), verb: 'answered', attempt, timestamp };
    const object = `${bankId}/${question.id}`;
    const sent = await sendEvents(context.request, campus, [
      { ...event, object, result: { response } },
    ]);
    const outcomes = (await sent.text()).replaceAll(event.id, '');
    const places = [
      `/api/record?course=${course.id}&lesson=${lesson.id}`,
      '/home',
      `/check/${bankId}`,
    ];
    const texts = await Promise.all(
      places.map(async (place) => (await context.request.get(place)).text()),
    );
    return [outcomes, ...texts];
  };
  const wrong = await readAfter(wrongAnswer(question));
  expect(wrong[0]).toContain('stored');
  expect(await readAfter(keyOf(question))).toEqual(wrong);
  const data = (await (await context.request.get('/account/data.json')).json()) as {
    events: { verb: string; score?: number }[];
  };
  const answers = data.events.filter(({ verb }) => verb === 'answered');
  expect(answers).toHaveLength(2);
  expect(answers.every(({ score }) => score === undefined)).toBe(true);
});

test('every page has a strict policy, with and without a trailing slash, and works under it', async ({
  browser,
  campus,
}) => {
  const { page: teacher, url } = await newCohort(browser, campus);
  const pages = [
    '/',
    '/courses',
    urlOf(course.id),
    urlOf(lesson.id),
    `/check/${bankId}`,
    '/sign-in',
    '/sign-up',
    '/join',
    '/reset',
    '/home',
    '/account',
    '/teach',
    new URL(url).pathname,
    '/people',
    '/no-such-page',
  ];
  const complaints: string[] = [];
  teacher.on('console', (message) => {
    if (/content security policy/i.test(message.text())) complaints.push(message.text());
  });
  for (const place of pages.flatMap((one) => (one === '/' ? [one] : [one, `${one}/`]))) {
    const response = (await teacher.goto(place))!;
    const policy = response.headers()['content-security-policy'] ?? '';
    expect(policy, place).toContain("default-src 'self'");
    expect(policy, place).not.toContain('unsafe-inline');
    expect(response.headers()['x-content-type-options'], place).toBe('nosniff');
    expect(response.headers()['x-frame-options'], place).toBe('DENY');
  }
  expect(complaints).toEqual([]);
});

test('what comes from another site, is too large or is no JSON changes nothing and is told why', async ({
  browser,
  campus,
}) => {
  const { context } = await newLearner(browser, campus);
  const { request } = context;
  const post = (headers: Record<string, string>, data: string | Buffer) =>
    request.post('/api/events', { headers, data });
  const json = { 'content-type': 'application/json' };

  expect((await post({ ...json, origin: 'https://evil.example' }, '{}')).status()).toBe(403);
  expect((await post(json, '{}')).status(), 'without an origin').toBe(403);
  const form = await request.post('/account?do=sign-out', {
    headers: { origin: 'https://evil.example' },
    form: {},
  });
  expect(form.status()).toBe(403);
  expect((await request.get('/home')).ok(), 'still signed in').toBe(true);

  expect((await post({ origin: campus.url, 'content-type': 'text/plain' }, '{}')).status()).toBe(
    415,
  );
  expect((await post({ ...json, origin: campus.url }, 'x'.repeat(300_000))).status()).toBe(413);
  const bad = await post({ ...json, origin: campus.url }, '{"events":[{"id":"x"}]}');
  expect(bad.status()).toBe(422);
  expect(bad.headers()['content-type']).toBe('application/problem+json');
  expect(await bad.json()).toMatchObject({ status: 422, type: '/problems/invalid-events' });
  const other = await post(
    { ...json, origin: campus.url },
    JSON.stringify({ learner: 'somebody-else', events: [{ id: crypto.randomUUID() }] }),
  );
  expect(other.status(), 'somebody else is signed in by now').toBe(409);
});

test('a visitor is sent to sign in, and a learner finds nothing of the instructors', async ({
  browser,
  campus,
  request,
}) => {
  for (const place of ['/home', '/teach', '/account', '/account/data.json']) {
    const response = await request.get(place, { maxRedirects: 0 });
    expect(response.status(), place).toBe(303);
    expect(response.headers().location, place).toBe('/sign-in');
  }
  const { context } = await newLearner(browser, campus);
  for (const place of [
    '/teach',
    '/people',
    `/teach/${crypto.randomUUID()}`,
    `/attempt/${crypto.randomUUID()}`,
  ]) {
    expect((await context.request.get(place)).status(), place).toBe(404);
  }
  expect((await request.get('/healthz')).ok()).toBe(true);
});

test('the cookie of a session is out of reach of scripts and of other sites', async ({
  browser,
  campus,
}) => {
  const { context } = await newLearner(browser, campus);
  const cookie = (await context.cookies()).find(({ name }) => name === 'campus')!;
  expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Lax', path: '/' });
});

test('it refuses to open to a network without knowing its own address', async () => {
  await expect(startCampus({ env: { HOST: '0.0.0.0', NODE_ENV: 'production' } })).rejects.toThrow(
    /ORIGIN/,
  );
});
