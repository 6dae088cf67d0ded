/** `npm run bench`: what our server costs, as ratios to the least that a server could do, measured in the same run. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { Agent } from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { type Cost, type Shot, burst, fire, median, medianCost, start } from './load.ts';
import { bankId, courses, prepare } from './prepare.ts';
import { type Weight, weigh } from './weigh.ts';
import { lessonsOf, urlOf } from '#features/catalog/course.ts';

const rounds = 5;
const takerCount = 400;
const [first, second] = courses.courses.flatMap(lessonsOf);
const lessonUrl = urlOf(first!.id);

console.log(
  `Preparing ${takerCount} learners in the middle of a check, and cohorts of 50, 500 and 2,000 …`,
);
const { dataDir, takers, groups, instructor } = await prepare({
  takers: takerCount,
  cohorts: [50, 500, 2000],
});
const scratch = mkdtempSync(path.join(os.tmpdir(), 'campus-floor-'));
const campus = await start(['src/serve.ts'], {
  DATA_DIR: dataDir,
  PORT: '0',
  ORIGIN: '',
  DATABASE_URL: '',
});
const pageFloor = await start([
  'tests/bench/floor.ts',
  'page',
  `dist/client${lessonUrl}/index.html.br`,
]);
const writeFloor = await start([
  'tests/bench/floor.ts',
  'write',
  path.join(scratch, 'floor.sqlite'),
]);

let sent = 0;
/** Events of one learner's attempt: another learner each time, the questions in turn. */
function answers(count: number): Shot {
  const taker = takers[sent++ % takers.length]!;
  const events = Array.from({ length: count }, (_, at) => {
    const { object, answer } =
      taker.questions[(Math.floor(sent / takers.length) + at) % taker.questions.length]!;
    return {
      id: crypto.randomUUID(),
      verb: 'answered',
      object,
      attempt: taker.attempt,
      result: { response: answer },
      timestamp: new Date().toISOString(),
    };
  });
  return {
    path: '/api/events',
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: campus.url, cookie: taker.cookie },
    body: JSON.stringify({ learner: taker.id, events }),
  };
}
const read: Shot = { path: lessonUrl, headers: { 'accept-encoding': 'br' } };

const costs: Record<'page' | 'pageFloor' | 'answer' | 'answerFloor' | 'batch', Cost[]> = {
  page: [],
  pageFloor: [],
  answer: [],
  answerFloor: [],
  batch: [],
};
// The first round warms all of them up and does not count.
for (let round = 0; round <= rounds; round++) {
  const measured = {
    page: await burst(campus, 12_000, () => read),
    pageFloor: await burst(pageFloor, 12_000, () => read),
    answer: await burst(campus, 2000, () => answers(1)),
    answerFloor: await burst(writeFloor, 8000, () => answers(1)),
    batch: await burst(campus, 40, () => answers(100)),
  };
  if (round > 0)
    for (const [name, cost] of Object.entries(measured))
      costs[name as keyof typeof costs].push(cost);
}
const page = medianCost(costs.page);
const pageLeast = medianCost(costs.pageFloor);
const answer = medianCost(costs.answer);
const answerLeast = medianCost(costs.answerFloor);
const batch = medianCost(costs.batch);
batch.cpu /= 100;
batch.perSecond *= 100;

const agent = new Agent({ keepAlive: true });
const matrix: { size: number; firstByte: number; cpu: number }[] = [];
for (const { size, id } of groups) {
  const shot: Shot = { path: `/teach/${id}`, headers: { cookie: instructor } };
  const times: number[] = [];
  for (let at = 0; at < 20; at++) times.push(await fire(agent, campus.url, shot));
  const cost = await burst(campus, 60, () => shot);
  matrix.push({ size, firstByte: median(times.slice(5)), cpu: cost.cpu });
}
agent.destroy();

const cohort = groups[0]!.id;
const taker = takers[0]!;
const weights: Record<string, Weight> = {
  'first page': await weigh(campus.url, '/'),
  'course overview': await weigh(campus.url, urlOf(courses.courses[0]!.id)),
  'lesson with questions': await weigh(campus.url, lessonUrl),
  'sign in': await weigh(campus.url, '/sign-in'),
  'my learning': await weigh(campus.url, '/home', taker.cookie),
  'module check': await weigh(campus.url, `/check/${bankId}`, taker.cookie),
  'open attempt': await weigh(campus.url, `/attempt/${taker.attempt}`, taker.cookie),
  'cohort of 50': await weigh(campus.url, `/teach/${cohort}`, instructor),
};
// Style sheet and scripts are kept by the browser: a second lesson costs its page.
const nextLesson = (await weigh(campus.url, urlOf(second!.id))).html;
for (const target of [campus, pageFloor, writeFloor]) target.stop();
rmSync(dataDir, { recursive: true, force: true });
rmSync(scratch, { recursive: true, force: true });

const lesson = weights['lesson with questions']!;
const growth = matrix[2]!.firstByte / matrix[0]!.firstByte;
const results = [
  {
    what: '(a) a lesson page, CPU to bare node:http',
    value: page.cpu / pageLeast.cpu,
    target: 1.5,
    unit: '×',
  },
  {
    what: '(b) one graded answer, CPU to bare node:http and one insert',
    value: answer.cpu / answerLeast.cpu,
    target: 8,
    unit: '×',
  },
  {
    what: '(c) an answer in a batch of 100, to the same',
    value: batch.cpu / answerLeast.cpu,
    target: 4,
    unit: '×',
  },
  {
    what: '(d) cohort table’s first byte, 2,000 members to 50',
    value: growth,
    target: 40,
    unit: '×',
  },
  { what: 'lesson with questions, first visit', value: lesson.all / 1000, target: 60, unit: ' KB' },
  { what: 'of that, JavaScript', value: lesson.script / 1000, target: 32, unit: ' KB' },
  { what: 'next lesson', value: nextLesson / 1000, target: 15, unit: ' KB' },
].map((row) => ({ ...row, met: row.value <= row.target }));

const number = (value: number) =>
  value.toLocaleString('en', { maximumFractionDigits: value < 100 ? 1 : 0 });
const micro = (cost: Cost) => `${number(cost.cpu)} µs, ${number(cost.perSecond)}/s`;
const table = [
  '| What | Measured | Target | |',
  '|---|---|---|---|',
  ...results.map(
    ({ what, value, target, unit, met }) =>
      `| ${what} | ${number(value)}${unit} | ≤ ${target}${unit} | ${met ? 'met' : 'missed'} |`,
  ),
  '',
  `Server CPU and requests per second, medians of ${rounds} interleaved rounds on ${os.cpus().length} cores that the load shares: lesson ${micro(page)}; bare ${micro(pageLeast)}; graded answer ${micro(answer)}; in a batch ${micro(batch)}; bare with one insert ${micro(answerLeast)}. Cohort table: ${matrix.map(({ size, firstByte, cpu }) => `${number(size)} members ${number(firstByte)} ms to the first byte, ${number(cpu / 1000)} ms CPU`).join('; ')}.`,
  '',
  '| First visit, brotli bytes | HTML | CSS | JavaScript | Fonts | All |',
  '|---|---|---|---|---|---|',
  ...Object.entries(weights).map(
    ([name, { html, css, script, font, all }]) =>
      `| ${name} | ${[html, css, script, font, all].map(number).join(' | ')} |`,
  ),
].join('\n');
console.log(`\n${table}`);

mkdirSync('bench', { recursive: true });
const latest = {
  date: new Date().toISOString(),
  node: process.version,
  cores: os.cpus().length,
  takers: takerCount,
  rounds,
  results,
  page,
  pageFloor: pageLeast,
  answer,
  answerFloor: answerLeast,
  batch,
  matrix,
  weights,
  nextLesson,
};
writeFileSync('bench/latest.json', `${JSON.stringify(latest, null, 2)}\n`);
const readme = readFileSync('README.md', 'utf8');
writeFileSync(
  'README.md',
  readme.replace(/(<!-- bench:start -->)[\s\S]*(<!-- bench:end -->)/, `$1\n\n${table}\n\n$2`),
);
// So that the table stands as the project's check of its format wants it.
spawnSync(
  process.execPath,
  ['node_modules/prettier/bin/prettier.cjs', '--write', '--log-level', 'warn', 'README.md'],
  { stdio: 'inherit' },
);
