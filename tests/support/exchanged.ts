import fc from 'fast-check';
import type { Answer } from '#features/questions/answer.ts';
import { Question } from '#features/questions/question.ts';
import type { Settled, grade } from '#features/questions/questions.ts';

// Words with every sign that means something in GIFT, XML, HTML, Markdown or a cloze text.
const word = fc
  .stringMatching(/^[A-Za-z0-9éß=~#:{}%\\<>&*_"'/[\]-]{1,10}$/)
  // Neither a gap, nor HTML, nor what Markdown doesn't show at all.
  .filter((text) => !/\{[a-z0-9-]+\}|<[a-z/!?]|&[a-z#]|\*|\]:/i.test(text));
const text = fc.array(word, { minLength: 1, maxLength: 4 }).map((words) => words.join(' '));
const prose = fc.oneof(
  text,
  fc.tuple(text, text).map((all) => all.join('\n\n')),
  fc.tuple(word, word).map(([one, other]) => `- **${one}**\n- ${other}`),
);
const id = fc.stringMatching(/^[a-z][a-z0-9]{0,5}(-[a-z0-9]{1,4})?$/);
const ids = (minLength: number, maxLength = 6) => fc.uniqueArray(id, { minLength, maxLength });
const common = {
  id,
  outcome: id,
  difficulty: fc.constantFrom('easy', 'medium', 'hard'),
  prompt: prose,
  hints: fc.array(text, { maxLength: 3 }),
  explanation: fc.option(prose, { nil: undefined }),
};
const credits = fc.constantFrom(0, 0.1, 0.25, 1 / 3, 0.5, 0.8);
const record = <T>(shape: { [K in keyof T]: fc.Arbitrary<T[K]> }) => fc.record(shape);
/** Keeps what is a question, as an author's file would be kept. */
const questionOf = (arbitrary: fc.Arbitrary<unknown>): fc.Arbitrary<Question> =>
  arbitrary
    .map((value) => Question.safeParse(JSON.parse(JSON.stringify(value))))
    .filter(({ success }) => success)
    .map(({ data }) => data!);

const choices = questionOf(
  fc.tuple(ids(2), fc.boolean()).chain(([all, multiple]) =>
    record({
      ...common,
      kind: fc.constant('choice'),
      multiple: fc.constant(multiple),
      choices: fc
        .tuple(fc.nat(all.length - 1), fc.array(fc.boolean(), { minLength: 6, maxLength: 6 }))
        .chain(([key, more]) =>
          fc.tuple(
            ...all.map((one, at) => {
              const correct = at === key || (multiple && more[at]);
              return record({
                id: fc.constant(one),
                text: prose,
                correct: fc.constant(correct),
                credit: multiple || correct ? fc.constant(undefined) : credits,
                feedback: prose,
              });
            }),
          ),
        ),
    }),
  ),
);
const truths = questionOf(
  record({
    ...common,
    kind: fc.constant('true-false'),
    answer: fc.boolean(),
    feedback: record({ true: prose, false: prose }),
  }),
);
const options = (list: readonly string[]) =>
  fc
    .uniqueArray(text, { minLength: list.length, maxLength: list.length })
    .map((texts) => list.map((one, at) => ({ id: one, text: texts[at]! })));
const rowsFor = (list: readonly string[], keys: readonly string[], field: string) =>
  fc.tuple(
    ...list.map((one) =>
      record({
        id: fc.constant(one),
        text: prose,
        [field]: fc.constantFrom(...keys),
        feedback: text,
      }),
    ),
  );
const rowKind = (kind: string, lists: string, rows: string, key: string) =>
  questionOf(
    fc.tuple(ids(3), ids(2)).chain(([list, keys]) =>
      record({
        ...common,
        kind: fc.constant(kind),
        [lists]: options(keys),
        [rows]: rowsFor(list, keys, key),
      }),
    ),
  );
const orderings = questionOf(
  ids(3).chain((all) =>
    record({
      ...common,
      kind: fc.constant('ordering'),
      items: fc.tuple(...all.map((one) => record({ id: fc.constant(one), text }))),
      feedback: record({ right: prose, wrong: prose }),
    }),
  ),
);
const accept = fc.oneof(
  text,
  fc.constantFrom('Guatemala', 'local economy', 'GmbH', '12 %', 'local * development', '*ing'),
);
const typedFields = {
  answers: fc
    .array(
      record({
        accept: fc.array(accept, { minLength: 1, maxLength: 3 }),
        credit: fc.oneof(credits, fc.constant(1)),
        feedback: prose,
      }),
      { minLength: 1, maxLength: 4 },
    )
    .map(([first, ...others]) => [{ ...first!, credit: 1 }, ...others]),
  otherwise: prose,
  spelling: fc.constantFrom('forgiving', 'exact'),
};
const shortAnswers = questionOf(
  record({ ...common, kind: fc.constant('short-answer'), ...typedFields }),
);
const gapTexts = questionOf(
  ids(1, 3).chain((all) =>
    record({
      ...common,
      kind: fc.constant('gaps'),
      text: fc
        .array(text, { minLength: all.length + 1, maxLength: all.length + 1 })
        .map((texts) => texts.map((one, at) => (all[at] ? `${one} {${all[at]}}` : one)).join(' ')),
      gaps: fc.tuple(
        ...all.map((one) =>
          fc.oneof(
            record({ id: fc.constant(one), ...typedFields }),
            ids(2).chain((list) =>
              record({
                id: fc.constant(one),
                options: fc
                  .tuple(options(list), fc.nat(list.length - 1), prose)
                  .map(([labels, key, feedback]) =>
                    labels.map((label, at) => ({ ...label, correct: at === key, feedback })),
                  ),
              }),
            ),
          ),
        ),
      ),
    }),
  ),
);
const double = (min: number, max: number) =>
  fc.double({ min, max, noNaN: true }).filter((one) => one === 0 || Math.abs(one) > 1e-30);
const value = fc.oneof(
  fc.integer({ min: -2000, max: 2000 }),
  double(-1e9, 1e9),
  fc.constantFrom(0, 1e-7, 2.5, 1e21),
);
const tolerance = fc.oneof(fc.constantFrom(0, 0.5, '2%', '12.5%'), double(0, 100));
const numerics = questionOf(
  record({
    ...common,
    kind: fc.constant('numeric'),
    unit: fc.constantFrom(undefined, 'km', 'US$'),
    units: fc.constantFrom({}, { m: 0.001 }, { m: 0.001, mile: 1.609344 }),
    answers: fc
      .array(record({ value, tolerance, credit: credits, feedback: prose }), {
        minLength: 1,
        maxLength: 4,
      })
      .map(([first, ...others]) => [{ ...first!, credit: 1 }, ...others]),
    otherwise: prose,
  }),
);
const calculations = questionOf(
  record({
    ...common,
    kind: fc.constant('calculated'),
    unit: fc.constantFrom(undefined, 'jobs'),
    parameters: record({
      local: fc.constant({ min: 10, max: 90, step: 1 }),
      total: fc.constantFrom({ min: 100, max: 400, step: 25 }, { min: 1, max: 2, step: 0.1 }),
    }),
    answers: fc
      .array(
        record({
          formula: fc.constantFrom(
            'local / total',
            '(local + 1) ^ 2 / (total - local / 3)',
            '-local ^ 2 ^ 2 + round(total, 1) ^ -1',
            'max(local, total, 3) - abs(-total) * sqrt(local)',
            'local - (total - 1) - 2',
          ),
          tolerance,
          credit: credits,
          feedback: text,
        }),
        { minLength: 1, maxLength: 3 },
      )
      .map(([first, ...others]) => [{ ...first!, credit: 1 }, ...others]),
    decimals: fc.nat(6),
    otherwise: prose,
  }),
);
const essays = questionOf(
  ids(1).chain((all) =>
    record({
      ...common,
      kind: fc.constant('open-response'),
      words: fc.constantFrom({ min: 1, max: 150 }, { min: 30, max: 60 }),
      rubric: fc.tuple(
        ...all.map((one) =>
          record({ id: fc.constant(one), text, points: fc.integer({ min: 1, max: 3 }) }),
        ),
      ),
      model: prose,
    }),
  ),
);
/** Questions of each kind that goes out, all of them in order. */
export const questionsByKind: Record<string, fc.Arbitrary<Question>> = {
  choice: choices,
  'true-false': truths,
  matching: rowKind('matching', 'options', 'rows', 'match'),
  sorting: rowKind('sorting', 'categories', 'items', 'category'),
  matrix: rowKind('matrix', 'columns', 'rows', 'column'),
  ordering: orderings,
  'short-answer': shortAnswers,
  gaps: gapTexts,
  numeric: numerics,
  calculated: calculations,
  'open-response': essays,
};

const chosenFrom = (list: readonly { id: string }[]) =>
  fc.constantFrom(...list.map((one) => one.id));
const pairsFrom = (rows: readonly { id: string }[], keys: readonly { id: string }[]) =>
  fc
    .array(fc.tuple(chosenFrom(rows), chosenFrom(keys)))
    .map((pairs) => Object.fromEntries(pairs) as Record<string, string>);
/** What was accepted, nearly that, or anything. */
const typing = (accepted: readonly string[]) =>
  fc.oneof(
    fc.constantFrom('', ...accepted),
    fc
      .tuple(fc.constantFrom(...accepted), fc.nat(12), fc.constantFrom('', 'x', 'é', ' ', '*'))
      .map(([one, at, sign]) => one.slice(0, at) + sign + one.slice(at + 1)),
    text,
  );

/** Answers to a question, right and wrong ones, that its own ids and words are made of. */
export function answersTo(question: Settled): fc.Arbitrary<Answer> {
  switch (question.kind) {
    case 'choice':
    case 'hotspot': {
      const list = question.kind === 'choice' ? question.choices : question.spots;
      return fc.array(chosenFrom(list)).map((chosen) => ({ kind: 'choice', chosen }));
    }
    case 'true-false':
      return fc.boolean().map((given) => ({ kind: 'true-false', value: given }));
    case 'matching':
      return pairsFrom(question.rows, question.options).map((pairs) => ({
        kind: 'matching',
        pairs,
      }));
    case 'sorting':
      return pairsFrom(question.items, question.categories).map((places) => ({
        kind: 'sorting',
        places,
      }));
    case 'matrix':
      return pairsFrom(question.rows, question.columns).map((cells) => ({ kind: 'matrix', cells }));
    case 'ordering':
      return fc
        .shuffledSubarray(
          question.items.map((one) => one.id),
          { minLength: question.items.length },
        )
        .map((order) => ({ kind: 'ordering', order }));
    case 'short-answer':
      return typing(question.answers.flatMap((one) => one.accept)).map((given) => ({
        kind: 'short-answer',
        text: given,
      }));
    case 'gaps':
      return fc
        .tuple(
          ...question.gaps.map((gap) =>
            ('answers' in gap
              ? typing(gap.answers.flatMap((one) => one.accept))
              : chosenFrom(gap.options)
            ).map((given) => [gap.id, given] as const),
          ),
        )
        .map((filled) => ({ kind: 'gaps', filled: Object.fromEntries(filled) }));
    case 'numeric': {
      const near = [0, ...question.answers.map((one) => one.value)];
      const units = ['', ' km', 'm', ' mile', ' US$', ' jobs'];
      return fc
        .tuple(
          fc.oneof(
            fc.constantFrom(...near),
            value,
            fc.tuple(fc.constantFrom(...near), double(-3, 3)).map(([one, off]) => one + off),
          ),
          fc.constantFrom(...units),
        )
        .map(([given, unit]) => ({ kind: 'numeric', text: `${given}${unit}` }));
    }
    case 'open-response':
      return fc
        .option(fc.subarray(question.rubric.map((one) => one.id)), { nil: undefined })
        .map((met) => ({ kind: 'open-response', text: 'Words.', ...(met ? { met } : {}) }));
    case 'budget':
      throw new Error('No such question goes out.');
  }
}

// A third is no finite percentage.
export const rounded = (mark: ReturnType<typeof grade>) =>
  mark.status === 'graded' ? { ...mark, score: Math.round(mark.score * 1e9) / 1e9 } : mark;

/** A gap text with one gap comes back from GIFT as a question of another kind: the same answer to it. */
export function mapped(answer: Answer, from: Settled, to: Settled): Answer {
  if (from.kind !== 'gaps' || answer.kind !== 'gaps' || to.kind === 'gaps') return answer;
  const [gap] = from.gaps;
  const given = answer.filled[gap!.id]!;
  if (to.kind === 'short-answer') return { kind: 'short-answer', text: given };
  if (to.kind !== 'choice' || !gap || 'answers' in gap) throw new Error('It is no longer a gap.');
  const at = gap.options.findIndex((one) => one.id === given);
  return { kind: 'choice', chosen: [to.choices[at]!.id] };
}
