import { z } from 'zod';
import { namesIn } from '#features/questions/formula.ts';
import { nearestName } from '#platform/nearest-name.ts';
import { namesOf, slotsOf } from './names.ts';
import { remedyFor } from './remedy.ts';

const Id = z
  .string()
  .regex(
    /^[a-z][a-z0-9_]*$/,
    'Write a name of small letters, digits and _, for example market_shed.',
  );
const Text = z
  .string()
  .trim()
  .min(1, 'Write a text here.')
  .refine((text) => !/<\/?[a-z][^>]*>/i.test(text), 'Texts are plain: take the HTML out.')
  .refine(
    (text) => !/\*\*|__|`|\]\(|^#+ |^[-*] /m.test(text),
    'Texts are plain: take the Markdown out, such as **, ` or a list with "- ".',
  );
/** What is told where something is written in another shape than it must have. */
const shape = (example: string) => ({
  error: ({ code, input }: { code: string; input?: unknown }) =>
    code === 'invalid_type' && input !== undefined && input !== null
      ? `Write it like this: ${example}.`
      : undefined,
});
const Formula = z.union([z.number(), z.string().trim().min(1)], 'Write a number or a formula.');
const Rounds = z.int().min(1, 'Write a whole number of rounds, 1 or more.');
const FileName = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'Write lower-case words joined by hyphens, without .svg.');
const Effects = z.record(
  z.string().regex(/^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)?$/, {
    error: ({ input }) =>
      /^[a-z][\w.]*[ :]\s*[-+]?[\d.]+$/.test(String(input))
        ? 'Put ": " between the name and the number: { trust: 5 }.'
        : 'This is no variable. Put quotes around a formula that holds a comma.',
  }),
  Formula,
);
const Change = {
  /** What is added to variables in the same round. A grouped variable alone means every group. */
  effects: Effects.default({}),
  /** What is added in later rounds: `after` how many, and in how many rounds running. */
  later: z
    .array(z.strictObject({ after: Rounds, for: Rounds.default(1), effects: Effects }))
    .default([]),
};
const Said = z.strictObject(
  { when: Formula.optional(), text: Text },
  shape('{ text: Who gained? } or { when: did.roof, text: Who gained? }'),
);

const Variable = z.strictObject({
  label: Text,
  unit: z.string().default(''),
  /** Whether more of it is good, less, or neither. */
  good: z.enum(['more', 'less', 'neither']),
  min: z.number().default(0),
  max: z.number().default(100),
  start: z.union(
    [z.number(), z.record(z.string(), z.number())],
    'Write a number, or one for each group: { women: 18, men: 26 }.',
  ),
  /** Per group: its start has a number for each. */
  grouped: z.boolean().default(false),
  /** Whether players see it; what is hidden they learn from what people say. */
  shown: z.boolean().default(true),
});

const Decision = z.strictObject({
  title: Text,
  text: Text,
  /** A word for its kind, written on its card: Finance. */
  theme: Text.optional(),
  /** What it takes from variables at once; it can't be taken with less. */
  cost: z.record(z.string(), z.number().positive(), shape('{ budget: 40 }')).default({}),
  /** When it may be taken; always, if nothing is said. */
  when: Formula.optional(),
  /** Why it may not be taken when it may not. Without it the decision isn't shown at all until it may. */
  unless: Text.optional(),
  /** Of one set only one decision may ever be taken. */
  set: Id.optional(),
  /** May be taken again in another round. */
  again: z.boolean().default(false),
  /** A total to be divided; effects read `share.<decision>.<part>`. */
  allocate: z
    .strictObject({
      total: z.int().positive(),
      step: z.int().positive().default(1),
      parts: z
        .record(Id, Text, shape('{ repairs: Repairs, childcare: Child care }'))
        .refine((parts) => Object.keys(parts).length > 1, 'Write two parts or more.'),
    })
    .refine(({ total, step }) => total % step === 0, {
      path: ['total'],
      message: 'The total must be a multiple of the step: 30 with a step of 10, for example.',
    })
    .optional(),
  ...Change,
});

const Event = z.strictObject({
  title: Text,
  text: Text,
  when: Formula.optional(),
  /** 0 to 1, in each round in which `when` holds. */
  probability: Formula,
  /** May happen more than once. */
  again: z.boolean().default(false),
  ...Change,
});

const Shape = z.strictObject({
  title: Text,
  /** Says that the place is invented, and where one stands. */
  place: Text,
  role: Text,
  briefing: Text,
  /** How long it takes to play. */
  minutes: z.int().positive(),
  /** A drawing that changes with the run: `figures/<board>.svg`. Its elements may have `data-when`, `data-says` and `data-level`. */
  board: FileName.optional(),
  rounds: z.int().min(1).max(20),
  /** What a round is called: Quarter. */
  round: Text,
  /** How many decisions a round takes at most. */
  picks: z.int().min(1).max(6),
  groups: z.record(Id, Text, shape('{ women: Women, men: Men }')).default({}),
  variables: z.record(Id, Variable),
  decisions: z.record(Id, Decision),
  /** What happens in every round by itself. */
  rules: z
    .array(z.strictObject({ when: Formula.optional(), effects: Effects, why: Text }))
    .default([]),
  events: z.record(Id, Event).default({}),
  stakeholders: z
    .record(
      Id,
      z.strictObject({ name: Text, goal: Text, mood: Formula, says: z.array(Said).min(1) }),
    )
    .default({}),
  advisers: z.record(Id, z.strictObject({ name: Text, says: z.array(Said).min(1) })).default({}),
  scenes: z
    .array(
      z.strictObject({
        round: Rounds.optional(),
        when: Formula.optional(),
        title: Text,
        text: Text,
        /** A figure of the module: `figures/<figure>.svg`. */
        figure: FileName.optional(),
      }),
    )
    .default([]),
  /** On what the result is judged, 0 to 100 each; `groups` says the same for each group. */
  axes: z.record(
    Id,
    z.strictObject({
      label: Text,
      value: Formula,
      groups: z
        .record(Id, Formula, shape('{ women: 3 * earnings.women, men: 3 * earnings.men }'))
        .optional(),
    }),
  ),
  /** The first whose `when` holds is how it ends; the last has none. */
  endings: z.record(Id, z.strictObject({ title: Text, text: Text, when: Formula.optional() })),
  /** The SVG of its board and figures; filled in when courses are read, so that a version of a scenario is whole. */
  figures: z.record(z.string(), z.string()).default({}),
  debrief: z.strictObject({
    /** Why it came about: all that hold are told. */
    because: z.array(Said).default([]),
    expert: Text,
    /** Lessons to read again. */
    lessons: z.array(z.string()).default([]),
    discussion: z.array(Said).min(3, 'Write three questions for discussion or more.'),
  }),
});
type Shaped = z.infer<typeof Shape>;

type Path = (string | number)[];
type Tell = (path: Path, message: string) => void;

/** A formula of a scenario, and the variable that it changes, if it stands in an effect. */
interface Reckoned {
  path: Path;
  formula: number | string | undefined;
  changes?: string;
}

/** Every formula of a scenario, in the order in which it is written. */
function formulasOf(scenario: Shaped): Reckoned[] {
  const effects = (path: Path, all: z.infer<typeof Effects>): Reckoned[] =>
    Object.entries(all).map(([changes, formula]) => ({
      path: [...path, changes],
      formula,
      changes,
    }));
  const change = (path: Path, one: Pick<Shaped['events'][string], 'effects' | 'later'>) => [
    ...effects([...path, 'effects'], one.effects),
    ...one.later.flatMap((each, at) => effects([...path, 'later', at, 'effects'], each.effects)),
  ];
  const said = (path: Path, all: z.infer<typeof Said>[]): Reckoned[] =>
    all.map(({ when }, at) => ({ path: [...path, at, 'when'], formula: when }));
  return [
    ...Object.entries(scenario.decisions).flatMap(([id, one]) => [
      { path: ['decisions', id, 'when'], formula: one.when },
      ...change(['decisions', id], one),
    ]),
    ...scenario.rules.flatMap((rule, at) => [
      { path: ['rules', at, 'when'], formula: rule.when },
      ...effects(['rules', at, 'effects'], rule.effects),
    ]),
    ...Object.entries(scenario.events).flatMap(([id, one]) => [
      { path: ['events', id, 'when'], formula: one.when },
      { path: ['events', id, 'probability'], formula: one.probability },
      ...change(['events', id], one),
    ]),
    ...Object.entries(scenario.stakeholders).flatMap(([id, { mood, says }]) => [
      { path: ['stakeholders', id, 'mood'], formula: mood },
      ...said(['stakeholders', id, 'says'], says),
    ]),
    ...Object.entries(scenario.advisers).flatMap(([id, { says }]) =>
      said(['advisers', id, 'says'], says),
    ),
    ...said(
      ['scenes'],
      scenario.scenes.map(({ when, text }) => ({ when, text })),
    ),
    ...Object.entries(scenario.axes).flatMap(([id, { value, groups = {} }]) => [
      { path: ['axes', id, 'value'], formula: value },
      ...Object.entries(groups).map(([group, formula]) => ({
        path: ['axes', id, 'groups', group],
        formula,
      })),
    ]),
    ...Object.entries(scenario.endings).map(([id, { when }]) => ({
      path: ['endings', id, 'when'],
      formula: when,
    })),
    ...said(['debrief', 'because'], scenario.debrief.because),
    ...said(['debrief', 'discussion'], scenario.debrief.discussion),
  ];
}

function checkFormulas(scenario: Shaped, tell: Tell) {
  const { groups, variables } = scenario;
  const names = new Set(namesOf(scenario));
  const grouped = (id: string) => Object.hasOwn(variables, id) && variables[id]!.grouped;
  /** Of variables whose groups and start don't fit nobody knows yet what they are called. */
  const unclear = (name: string) => {
    const id = name.split('.')[0]!;
    return Object.hasOwn(variables, id) && !hasFittingStart(variables[id]!, groups);
  };
  const slots = new Set(Object.entries(variables).flatMap(([id, one]) => slotsOf(id, one, groups)));
  for (const { path, formula, changes } of formulasOf(scenario)) {
    const perGroup = changes !== undefined && grouped(changes);
    if (changes !== undefined && !perGroup && !unclear(changes) && !slots.has(changes)) {
      const near = nearestName(changes, [...Object.keys(variables), ...slots]);
      tell(
        path,
        `There is no variable "${changes}" to change. ${near ? `Did you mean "${near}"?` : 'Add it under "variables", or change one of those.'}`,
      );
    }
    if (typeof formula !== 'string') continue;
    try {
      for (const name of namesIn(formula)) {
        if (names.has(name) || (perGroup && grouped(name)) || unclear(name)) continue;
        tell(path, remedyFor(name, names));
      }
    } catch (error) {
      tell(path, (error as Error).message);
    }
  }

  for (const [id, { cost }] of Object.entries(scenario.decisions)) {
    for (const resource of Object.keys(cost)) {
      if (!Object.hasOwn(variables, resource) || grouped(resource)) {
        const purses = Object.keys(variables).filter((one) => !grouped(one));
        tell(
          ['decisions', id, 'cost', resource],
          `There is no variable "${resource}" without groups to pay from. There are: ${purses.join(', ')}.`,
        );
      }
    }
  }
  for (const [id, { probability }] of Object.entries(scenario.events)) {
    if (typeof probability === 'number' && (probability < 0 || probability > 1)) {
      tell(
        ['events', id, 'probability'],
        'A probability is a number from 0 to 1, for example 0.3 for three times in ten.',
      );
    }
  }
  for (const [id, { groups: perGroup }] of Object.entries(scenario.axes)) {
    if (perGroup && Object.keys(perGroup).sort().join() !== Object.keys(groups).sort().join()) {
      tell(['axes', id, 'groups'], `Write one for each group: ${Object.keys(groups).join(', ')}.`);
    }
  }
}

/** Whether a variable's start is one number, or one for each group where it has groups. */
const hasFittingStart = (
  { start, grouped }: z.infer<typeof Variable>,
  groups: Record<string, string>,
) =>
  typeof start === 'number' ||
  (grouped && Object.keys(start).sort().join() === Object.keys(groups).sort().join());

function checkVariables({ variables, groups }: Shaped, tell: Tell) {
  for (const [id, variable] of Object.entries(variables)) {
    const { start, grouped, min, max } = variable;
    const path = ['variables', id, 'start'];
    if (min >= max) tell(['variables', id, 'max'], `"max" must be more than "min" (${min}).`);
    if (id === 'round')
      tell(['variables', id], 'Choose another name: "round" is the number of the round.');
    const starts = typeof start === 'number' ? [start] : Object.values(start);
    for (const one of starts) {
      if (min < max && (one < min || one > max)) {
        tell(path, `${one} is outside of ${min} to ${max}: change it, or "min" or "max".`);
      }
    }
    if (hasFittingStart(variable, groups)) continue;
    const known = Object.keys(groups);
    const strange = Object.keys(start).find((one) => !known.includes(one));
    if (!grouped) tell(path, 'Write one number, or "grouped: true".');
    else if (known.length === 0) tell(path, 'Name the groups first, under "groups".');
    else {
      const what = strange === undefined ? '' : `There is no group "${strange}". `;
      tell(path, `${what}Write a number for each group: ${known.join(', ')}.`);
    }
  }
}

function checkEnds({ endings, axes }: Shaped, tell: Tell) {
  const all = Object.entries(endings);
  if (Object.keys(axes).length === 0)
    tell(['axes'], 'Write one axis or more to judge the result by.');
  if (all.length === 0) return tell(['endings'], 'Write one ending or more.');
  all.forEach(([id, { when }], at) => {
    const last = at === all.length - 1;
    if (last && when !== undefined) {
      tell(
        ['endings', id, 'when'],
        'The last ending has no "when": it is how everything else ends.',
      );
    }
    if (!last && when === undefined) {
      tell(
        ['endings', id],
        'Only the last ending stands without "when"; those after it could never come.',
      );
    }
  });
}

/** What an author surely did not mean, though it could be played. */
function checkSense(scenario: Shaped, tell: Tell) {
  const { decisions, events, rounds, scenes, stakeholders, variables } = scenario;
  const sets = Object.values(decisions).flatMap(({ set }) => set ?? []);
  const isLonely = (set: string) => sets.filter((one) => one === set).length === 1;
  const spoken = JSON.stringify(scenario);
  for (const [id, { cost, effects, later, set, unless, when }] of Object.entries(decisions)) {
    const path = ['decisions', id];
    if (unless !== undefined && when === undefined) {
      tell([...path, 'unless'], 'Nothing ever stops this: add "when", or take "unless" out.');
    }
    if (set !== undefined && isLonely(set)) {
      const others = [...new Set(sets)].filter((one) => one !== set);
      const near = nearestName(set, others);
      const remedy = near ? `Did you mean "${near}"?` : 'Give it to one more, or take it out.';
      if (!near || !isLonely(near))
        tell([...path, 'set'], `No other decision is of the set "${set}". ${remedy}`);
      // Two lonely ones that differ by a slip are one slip: which of them is right is not known.
      else if (sets.indexOf(near) < sets.indexOf(set))
        tell(
          [...path, 'set'],
          `Only this decision is of the set "${set}", and only one of "${near}". Write the same in both.`,
        );
    }
    for (const [resource, price] of Object.entries(cost)) {
      const most = variables[resource]?.max ?? Infinity;
      if (price > most)
        tell(
          [...path, 'cost', resource],
          `Nobody can pay ${price}: "${resource}" is ${most} at most.`,
        );
    }
    const changes = Object.keys(effects).length + later.length;
    if (changes === 0 && !new RegExp(`\\b(did|share)\\.${id}\\b`).test(spoken)) {
      tell(path, `Nothing comes of it: add "effects" or "later", or read did.${id} somewhere.`);
    }
  }
  const delayed = [
    ...Object.entries(decisions).map(([id, { later }]) => ({ path: ['decisions', id], later })),
    ...Object.entries(events).map(([id, { later }]) => ({ path: ['events', id], later })),
  ];
  for (const { path, later } of delayed) {
    later.forEach(({ after }, at) => {
      if (after >= rounds)
        tell(
          [...path, 'later', at, 'after'],
          `This never comes: with ${rounds} rounds, write ${rounds - 1} at most.`,
        );
    });
  }
  scenes.forEach(({ round, when }, at) => {
    if (round === undefined && when === undefined)
      tell(['scenes', at], 'Say when it is told: add "round" or "when".');
    if (round !== undefined && round > rounds)
      tell(['scenes', at, 'round'], `There are ${rounds} rounds; write one of them.`);
  });
  for (const [id, { says }] of Object.entries(stakeholders)) {
    if (says.at(-1)!.when !== undefined)
      tell(
        ['stakeholders', id, 'says', says.length - 1, 'when'],
        'The last line has no "when": it is said where nothing else is.',
      );
  }
}

/** Tells variables of which nothing comes: nothing reads them, and nobody sees them or nothing changes them. */
function checkUse(scenario: Shaped, tell: Tell) {
  const { board, decisions, variables } = scenario;
  const idOf = (name: string) => name.split('.')[0]!;
  const costs = Object.values(decisions).flatMap(({ cost }) => Object.keys(cost));
  const changed = new Set(costs);
  const read = new Set(costs);
  for (const { formula, changes } of formulasOf(scenario)) {
    if (changes !== undefined) changed.add(idOf(changes));
    if (typeof formula !== 'string') continue;
    try {
      // What a variable reads of itself to change is not read by anything else.
      for (const id of namesIn(formula).map(idOf))
        if (changes === undefined || id !== idOf(changes)) read.add(id);
    } catch {
      // It can't be told what is read while a formula can't be read.
      return;
    }
  }
  for (const [id, { shown }] of Object.entries(variables)) {
    if (read.has(id)) continue;
    if (shown && !changed.has(id))
      tell(
        ['variables', id],
        `Nothing changes "${id}", and nothing reads it: give it an effect, or take it out.`,
      );
    // A board may show what nothing else does.
    if (!shown && board === undefined)
      tell(
        ['variables', id],
        `Nobody sees "${id}", and nothing reads it: show it, or read it in a formula.`,
      );
  }
}

/** A simulation as its author writes it: `<name>.scenario.yaml`. See docs/writing-a-scenario.md. */
export const Scenario = Shape.superRefine((scenario, context) => {
  const tell: Tell = (path, message) => context.addIssue({ code: 'custom', path, message });
  checkVariables(scenario, tell);
  checkEnds(scenario, tell);
  checkFormulas(scenario, tell);
  checkSense(scenario, tell);
  checkUse(scenario, tell);
});
export type Scenario = z.infer<typeof Scenario>;
