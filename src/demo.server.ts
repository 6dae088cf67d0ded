import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import type { Campus } from './app.server.ts';
import { createPinLearner } from '#features/accounts/account.server.ts';
import { insertAccount } from '#features/accounts/account.store.ts';
import { nameKey } from '#platform/name-key.ts';
import { hashSecret } from '#features/accounts/secret.server.ts';
import type { Lesson } from '#features/catalog/course.ts';
import { showCode } from '#features/cohorts/code.ts';
import { createCohort, join } from '#features/cohorts/cohort.server.ts';
import { type Pick, begin, canAdd, isOver, play, worldOf } from '#features/simulation/engine.ts';
import { readDrawn, showAttempt } from '#features/quiz/attempt.server.ts';
import type { Answer } from '#features/questions/answer.ts';
import { type Settled, keyOf, practiceSeed, settled } from '#features/questions/questions.ts';

const password = 'demo in the valley';
const pin = '270451';
const hour = 3_600_000;
const day = 24 * hour;

// prettier-ignore
/** Names from the places our learners come from; all invented people. */
const names = [
  'Abena Owusu', 'Adjoa Mensah', 'Amina Diallo', 'Ana Lucía Quispe', 'Bikash Tamang', 'Chipo Moyo', 'Dilani Perera',
  'Emmanuel Kwarteng', 'Fatou Ndiaye', 'Gloria Ixchel Tzoc', 'Hari Prasad Rai', 'Ibrahim Sesay', 'Joyce Banda',
  'Juan Pablo Rojas', 'Kamala Shrestha', 'Lerato Dlamini', 'Maria da Conceição Machava', 'Mohamed Bah', 'Nimal Silva',
  'Nguyễn Thị Hoa', 'Odette Mukamana', 'Putri Wulandari', 'Rosa Huamán', 'Samuel Tetteh', 'Sita Gurung',
  'Tomás Choque', 'Wanjiru Kamau', 'Yaw Boateng', 'Zanele Khumalo', 'Zawadi Mollel',
];

/** How a learner goes about it. `reach`: the share of the course they get through; `skill`: how often they are right. */
interface Manner {
  reach: number;
  skill: number;
  /** Days since they were last here. */
  quiet: number;
  tries: number;
}

/** Fills an empty campus with a demonstration cohort, by real events through the write door; what to tell the person. */
export async function startDemo(campus: Campus): Promise<string[]> {
  const { write, door, read, courses } = campus;
  const course = courses.courses[0]!;
  const random = xoroshiro128plus(2026);
  const chance = () => uniformInt(random, 0, 9999) / 10_000;
  const now = Date.now();

  const people = { instructor: 'instructor@example.org', learner: 'learner@example.org' };
  const password_hash = await hashSecret(password);
  const account = async (name: string, email: string, role: 'administrator' | 'learner') => {
    const id = crypto.randomUUID();
    const created_at = new Date(now - 30 * day).toISOString();
    const common = { id, name, email, role, created_at, pin_hash: null, password_hash };
    await insertAccount(write, { ...common, email_confirmed_at: created_at });
    return id;
  };
  const instructorId = await account('Efua Sarpong', people.instructor, 'administrator');
  const isoDay = (time: number) => new Date(time).toISOString().slice(0, 10);
  const cohort = await createCohort(write, {
    name: 'Three Rivers district, autumn group',
    course: course.id,
    starts_on: isoDay(now - 21 * day),
    ends_on: isoDay(now + 14 * day),
    instructorId,
    now: new Date(now - 22 * day),
  });

  const learners: string[] = [await account('Kwame Asante', people.learner, 'learner')];
  await join(write, {
    cohortId: cohort.id,
    accountId: learners[0]!,
    nameKey: nameKey('Kwame Asante'),
    now: new Date(now - 21 * day),
  });
  for (const name of names.slice(1)) {
    const joined = new Date(now - 21 * day + Math.floor(chance() * 4 * day));
    const id = await createPinLearner(write, { name, pin, now: joined });
    await join(write, { cohortId: cohort.id, accountId: id, nameKey: nameKey(name), now: joined });
    learners.push(id);
  }

  /** One learner's way through the course, at believable times. */
  async function learn(actorId: string, manner: Manner) {
    const steps = course.modules.flatMap((module) => [
      ...module.lessons.map((lesson) => ({ module, lesson })),
      ...module.graded.map((bankId) => ({ module, bankId })),
    ]);
    const reached = Math.round(steps.length * manner.reach);
    const end = now - manner.quiet * day - Math.floor(chance() * 10 * hour);
    const start = Math.min(end - hour, now - 20 * day + Math.floor(chance() * 3 * day));
    for (const [at, step] of steps.slice(0, reached).entries()) {
      let clock = start + ((end - start) * (at + 1)) / Math.max(1, reached);
      const tick = () => new Date((clock += 40_000 + chance() * 90_000));
      const send = (event: object) => {
        const time = tick();
        return door.accept(
          actorId,
          [{ id: crypto.randomUUID(), timestamp: time.toISOString(), ...event }],
          time,
        );
      };
      if ('lesson' in step) await study(step.lesson, manner, send);
      else await takeCheck(step.bankId, manner, send);
    }

    async function study(
      lesson: Lesson,
      { skill }: Manner,
      send: (event: object) => Promise<unknown>,
    ) {
      await send({ verb: 'experienced', object: lesson.id });
      for (const id of lesson.questions) {
        const cut = id.lastIndexOf('/');
        const question = courses.practice[id.slice(0, cut)]!.questions.find(
          (one) => one.id === id.slice(cut + 1),
        )!;
        const asked = settled(question, practiceSeed(question.id, 0));
        const response = answer(asked, skill);
        await send({ verb: 'answered', object: id, result: { response } });
        // Most try again after a mistake.
        if (chance() < 0.7)
          await send({ verb: 'answered', object: id, result: { response: keyOf(asked) } });
      }
      for (const id of lesson.simulations) await decide(id, send);
      // Some read on without marking the lesson done.
      if (chance() < 0.95)
        await send({ verb: 'completed', object: lesson.id, result: { by: 'questions' } });
    }

    /** Plays a simulation, by preferences of one's own. */
    async function decide(id: string, send: (event: object) => Promise<unknown>) {
      const { hash, scenario } = courses.scenarios[id]!;
      const world = worldOf(scenario);
      const attempt = crypto.randomUUID();
      const seed = uniformInt(random, 0, 0x7fff_ffff);
      const liked = new Map([...world.decisions.keys()].map((one) => [one, chance()]));
      const ranked = [...liked].sort(([, one], [, other]) => other - one).map(([one]) => one);
      let state = begin(world, seed);
      const rounds: Pick[][] = [];
      while (!isOver(world, state)) {
        const picks: Pick[] = [];
        for (const decision of ranked) {
          const { allocation } = world.decisions.get(decision)!;
          const part = [...(allocation?.parts.keys() ?? [])][0];
          const one = allocation
            ? { decision, shares: { [part!]: allocation.total } }
            : { decision };
          if (canAdd(world, state, picks, one)) picks.push(one);
        }
        rounds.push(picks);
        state = play(world, state, picks);
        const result = { version: hash, seed, rounds: [...rounds] };
        await send({ verb: 'decided', object: id, attempt, result });
        // Some are in the middle of it.
        if (chance() < 0.03) return;
      }
    }

    async function takeCheck(
      bankId: string,
      { skill, tries }: Manner,
      send: (event: object) => Promise<unknown>,
    ) {
      const { bank } = courses.graded[bankId]!;
      for (let tried = 0; tried < Math.min(tries, bank.attempts); tried++) {
        const attempt = crypto.randomUUID();
        await send({ id: attempt, verb: 'initialized', object: bankId });
        for (const { question } of await readDrawn(read, attempt)) {
          // One learns from an attempt.
          const now = Math.min(0.98, skill + 0.12 * tried);
          const response = answer(question, now);
          // Who knows more is surer, and some are surer than they should be.
          const felt = now + chance() * 0.5 - 0.2;
          const certainty = felt > 0.85 ? 3 : felt > 0.6 ? 2 : 1;
          await send({
            verb: 'answered',
            object: `${bankId}/${question.id}`,
            attempt,
            result: bank.certainty === 'off' ? { response } : { response, certainty },
          });
        }
        // Somebody is in the middle of it.
        if (manner.quiet === 0 && chance() < 0.3) return;
        await send({ verb: 'completed', object: bankId, attempt });
        const result = await showAttempt(read, { id: attempt, actorId });
        if (result?.attempt.passed) return;
      }
    }
  }

  /** The key with probability `skill`, else a guess. */
  function answer(question: Settled, skill: number): Answer {
    const key = keyOf(question);
    if (chance() < skill) return key;
    const pick = <T>(list: readonly T[]) => list[uniformInt(random, 0, list.length - 1)]!;
    switch (key.kind) {
      case 'choice':
        return question.kind === 'choice'
          ? { kind: 'choice', chosen: [pick(question.choices).id] }
          : key;
      case 'true-false':
        return { kind: 'true-false', value: !key.value };
      case 'matching': {
        const pairs = { ...key.pairs };
        pairs[pick(Object.keys(pairs))] = pick(Object.values(key.pairs));
        return { kind: 'matching', pairs };
      }
      case 'ordering': {
        const [first, ...others] = key.order;
        return { kind: 'ordering', order: [...others, first!] };
      }
      case 'sorting': {
        const places = { ...key.places };
        places[pick(Object.keys(places))] = pick(Object.values(key.places));
        return { kind: 'sorting', places };
      }
      case 'matrix': {
        const cells = { ...key.cells };
        cells[pick(Object.keys(cells))] = pick(Object.values(key.cells));
        return { kind: 'matrix', cells };
      }
      case 'gaps': {
        const [first, ...others] = Object.entries(key.filled);
        const wrong =
          question.kind === 'gaps'
            ? question.gaps.flatMap((gap) => ('options' in gap ? gap.options : []))
            : [];
        const option = wrong.find(({ correct }) => !correct)?.id ?? 'growth';
        return { kind: 'gaps', filled: Object.fromEntries([[first![0], option], ...others]) };
      }
      case 'short-answer':
        return { kind: 'short-answer', text: 'growth' };
      case 'numeric':
        return { kind: 'numeric', text: String(Number(key.text) * 2) };
      case 'budget': {
        const [one, other, ...rest] = Object.entries(key.shares);
        const shares = [[one![0], one![1] + other![1]], [other![0], 0], ...rest] as const;
        return { kind: 'budget', shares: Object.fromEntries(shares) };
      }
      case 'hotspot':
        return question.kind === 'hotspot'
          ? { kind: 'hotspot', chosen: [pick(question.spots).id] }
          : key;
      case 'open-response':
        return {
          ...key,
          text: 'More jobs for our people, with the council.',
          met: key.met?.slice(0, 1) ?? [],
        };
    }
  }

  for (const [at, actorId] of learners.entries())
    await learn(actorId, manners[at % manners.length]!);

  return [
    '',
    'This is a demonstration: everything is thrown away when you stop it.',
    `  Instructor   ${people.instructor}   ${password}`,
    `  Learner      ${people.learner}   ${password}`,
    `  The others   code ${showCode(cohort.code)}, a name such as ${names[1]}, PIN ${pin}`,
    '',
  ];
}

/** Ten ways of learning, dealt out in turn; the first is the learner whose password is printed. */
const manners: Manner[] = [
  { reach: 0.45, skill: 0.85, quiet: 0, tries: 1 },
  { reach: 1, skill: 0.95, quiet: 1, tries: 2 },
  { reach: 0.5, skill: 0.75, quiet: 2, tries: 2 },
  { reach: 0.3, skill: 0.6, quiet: 9, tries: 1 },
  { reach: 0, skill: 0, quiet: 0, tries: 0 },
  { reach: 1, skill: 0.8, quiet: 3, tries: 3 },
  { reach: 0.55, skill: 0.45, quiet: 1, tries: 3 },
  { reach: 0.1, skill: 0.7, quiet: 14, tries: 1 },
  { reach: 0.8, skill: 0.9, quiet: 0, tries: 2 },
  { reach: 0.6, skill: 0.65, quiet: 5, tries: 2 },
];
