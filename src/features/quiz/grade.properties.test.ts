import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ask } from './ask.ts';
import { seedOf, shuffler } from './draw.ts';
import { explain } from './explain.ts';
import { grade } from './grade.ts';
import { keyOf } from './key.ts';
import { Answer, Question } from './question.ts';

// Any question an author may write, ids that every object has among them.
const id = fc.oneof(
  fc.constantFrom('constructor', 'tostring', 'length', '0'),
  fc.stringMatching(/^[a-z0-9]{1,6}(-[a-z0-9]{1,4})?$/),
);
const ids = (minLength: number) => fc.uniqueArray(id, { minLength, maxLength: 7 });
const texts = { text: 'Text.', feedback: 'Secret words.' };
const common = { id: 'q', outcome: 'o', prompt: 'What?' };

const choices = ids(2)
  .chain((all) => fc.tuple(fc.constant(all), fc.subarray(all, { minLength: 1 }), fc.boolean()))
  .map(([all, right, ticks]) =>
    Question.parse({
      ...common,
      kind: 'choice',
      multiple: ticks || right.length > 1,
      choices: all.map((one) => ({ ...texts, id: one, correct: right.includes(one) })),
    }),
  );
const truths = fc.boolean().map((answer) =>
  Question.parse({
    ...common,
    kind: 'true-false',
    answer,
    feedback: { true: texts.feedback, false: texts.feedback },
  }),
);
const matchings = fc
  .tuple(ids(2), ids(2))
  .chain(([rows, options]) =>
    fc.tuple(
      fc.constant(rows),
      fc.constant(options),
      fc.array(fc.constantFrom(...options), {
        minLength: rows.length,
        maxLength: rows.length,
      }),
    ),
  )
  .map(([rows, options, matches]) =>
    Question.parse({
      ...common,
      kind: 'matching',
      options: options.map((one) => ({ id: one, text: texts.text })),
      rows: rows.map((one, at) => ({ ...texts, id: one, match: matches[at] })),
    }),
  );
const orderings = ids(3).map((items) =>
  Question.parse({
    ...common,
    kind: 'ordering',
    items: items.map((one) => ({ id: one, text: texts.text })),
    feedback: { right: texts.feedback, wrong: texts.feedback },
  }),
);
const questions = fc.oneof(choices, truths, matchings, orderings);

test('the key of any question has exactly full marks, and every remark on it is good', () => {
  fc.assert(
    fc.property(questions, (question) => {
      const key = keyOf(question);
      expect(grade(question, key)).toEqual({ status: 'graded', score: 1 });
      expect(explain(question, key).every(({ right }) => right)).toBe(true);
    }),
  );
});

test('only an answer that says the same as the key has full marks', () => {
  const same = (one: Answer, other: Answer) => {
    const plain = (answer: Answer) =>
      answer.kind === 'choice' ? { ...answer, chosen: [...new Set(answer.chosen)].sort() } : answer;
    expect(plain(one)).toEqual(plain(other));
  };
  fc.assert(
    fc.property(
      questions.chain((question) => fc.tuple(fc.constant(question), answersTo(question))),
      ([question, answer]) => {
        const mark = grade(question, answer);
        if (mark.status === 'graded' && mark.score === 1) same(answer, keyOf(question));
      },
    ),
  );
});

/** Answers that use the question's own ids, right and wrong ones. */
function answersTo(question: Question): fc.Arbitrary<Answer> {
  switch (question.kind) {
    case 'choice':
      return fc
        .array(fc.constantFrom(...question.choices.map((one) => one.id)))
        .map((chosen) => ({ kind: 'choice', chosen }));
    case 'true-false':
      return fc.boolean().map((value) => ({ kind: 'true-false', value }));
    case 'matching':
      return fc
        .array(
          fc.tuple(
            fc.constantFrom(...question.rows.map((one) => one.id)),
            fc.constantFrom(...question.options.map((one) => one.id)),
          ),
        )
        .map((pairs) => ({ kind: 'matching', pairs: Object.fromEntries(pairs) }));
    case 'ordering':
      return fc
        .shuffledSubarray(
          question.items.map((one) => one.id),
          { minLength: question.items.length },
        )
        .map((order) => ({ kind: 'ordering', order }));
  }
}

test('ticking every box never has full marks where one of them is wrong', () => {
  fc.assert(
    fc.property(choices, (question) => {
      if (question.kind !== 'choice') return;
      const chosen = question.choices.map((one) => one.id);
      const mark = grade(question, { kind: 'choice', chosen });
      const noneWrong = question.choices.every(({ correct }) => correct);
      expect(mark.status === 'graded' && mark.score === 1).toBe(noneWrong);
    }),
  );
});

test('ticking one box more than the key, a wrong one, always costs something', () => {
  fc.assert(
    fc.property(choices, (question) => {
      if (question.kind !== 'choice') return;
      const wrong = question.choices.find(({ correct }) => !correct);
      const key = keyOf(question);
      if (!wrong || key.kind !== 'choice') return;
      const mark = grade(question, { kind: 'choice', chosen: [...key.chosen, wrong.id] });
      expect(mark.status === 'graded' && mark.score < 1).toBe(true);
    }),
  );
});

test('neither the order of ticks, nor one tick sent twice, nor the order of pairs changes a mark', () => {
  fc.assert(
    fc.property(
      questions.chain((question) => fc.tuple(fc.constant(question), answersTo(question))),
      ([question, answer]) => {
        const turned: Answer | undefined =
          answer.kind === 'choice'
            ? { kind: 'choice', chosen: [...answer.chosen, ...answer.chosen].reverse() }
            : answer.kind === 'matching'
              ? {
                  kind: 'matching',
                  pairs: Object.fromEntries(Object.entries(answer.pairs).reverse()),
                }
              : undefined;
        if (turned) expect(grade(question, turned)).toEqual(grade(question, answer));
      },
    ),
  );
});

test('whatever JSON is sent as an answer, it is marked between 0 and 1 or called unanswerable', () => {
  const sent = fc.oneof(
    fc.jsonValue(),
    fc.record({
      kind: fc.constantFrom('choice', 'true-false', 'matching', 'ordering'),
      chosen: fc.jsonValue(),
    }),
    fc.record({ kind: fc.constant('matching'), pairs: fc.dictionary(fc.string(), fc.string()) }),
    fc.record({ kind: fc.constant('choice'), chosen: fc.array(fc.string()) }),
    fc.record({ kind: fc.constant('ordering'), order: fc.array(fc.string()) }),
  );
  fc.assert(
    fc.property(questions, sent, (question, value) => {
      const answer = Answer.safeParse(JSON.parse(JSON.stringify(value)));
      if (!answer.success) return;
      const mark = grade(question, answer.data);
      if (mark.status === 'graded') {
        expect(mark.score).toBeGreaterThanOrEqual(0);
        expect(mark.score).toBeLessThanOrEqual(1);
      } else {
        expect(['wrong-kind', 'unknown-id', 'incomplete']).toContain(mark.reason);
      }
      expect(() => explain(question, answer.data)).not.toThrow();
    }),
  );
});

test('no question, as it is asked, carries its key or a word of feedback', () => {
  fc.assert(
    fc.property(questions, fc.integer(), (question, seed) => {
      const asked = JSON.stringify(ask(question, shuffler(seed)));
      expect(asked).not.toMatch(/"correct"|"feedback"|"match"|"answer"|Secret words/);
    }),
  );
});

test('the order in which choices are shown does not follow the key', () => {
  const question = Question.parse({
    ...common,
    kind: 'choice',
    choices: ['first', 'second', 'third'].map((one, at) => ({
      ...texts,
      id: one,
      correct: at === 0,
    })),
  });
  const first = new Set(
    Array.from({ length: 50 }, (_, at) => {
      const asked = ask(question, shuffler(seedOf(`course/module/bank/q${at}`)));
      return asked.kind === 'choice' ? asked.choices[0]!.id : '';
    }),
  );
  expect(first).toEqual(new Set(['first', 'second', 'third']));
});
