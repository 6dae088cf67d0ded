import fc from 'fast-check';
import type { Answer } from '#features/questions/answer.ts';
import { Question } from '#features/questions/question.ts';
import type { Settled } from '#features/questions/questions.ts';

// Ids that every object has are among them.
const id = fc.oneof(
  fc.constantFrom('constructor', 'tostring', 'length', '0'),
  fc.stringMatching(/^[a-z0-9]{1,6}(-[a-z0-9]{1,4})?$/),
);
const ids = (minLength: number, maxLength = 6) => fc.uniqueArray(id, { minLength, maxLength });
/** Texts as authors write them, with signs that mean something in Markdown, HTML, GIFT and XML. */
const text = fc.oneof(
  fc.constantFrom('Text.', 'Two *words*', 'A & B', '5 < 6', 'He said “no”.', '= ~ # { }', 'Été'),
  fc.stringMatching(/^[a-z]{1,8}( [a-z]{1,8}){0,3}$/),
);
const secret = fc.stringMatching(/^secret[a-z]{4}$/);
const word = fc.stringMatching(/^[a-z]{3,12}$/);
const common = fc.record({
  id,
  outcome: fc.constant('o'),
  difficulty: fc.constantFrom('easy', 'medium', 'hard'),
  prompt: text,
});

const made = (fields: fc.Arbitrary<object>) =>
  fc.tuple(common, fields).map(([one, other]) => Question.parse({ ...one, ...other }));
/** As many picks of some options as there are rows. */
const picks = (rows: readonly string[], options: readonly string[]) =>
  fc.tuple(...rows.map(() => fc.constantFrom(...options)));
const rowsAnd = (kind: string, rows: string, options: string, key: string) =>
  made(
    fc.tuple(ids(3), ids(2)).chain(([list, all]) =>
      fc
        .tuple(picks(list, all), fc.array(fc.tuple(text, secret), { minLength: 6, maxLength: 6 }))
        .map(([right, texts]) => ({
          kind,
          [options]: all.map((one) => ({ id: one, text: one })),
          [rows]: list.map((one, at) => ({
            id: one,
            text: texts[at]![0],
            feedback: texts[at]![1],
            [key]: right[at],
          })),
        })),
    ),
  );
const typedAnswers = fc
  .tuple(fc.uniqueArray(word, { minLength: 2, maxLength: 4 }), secret)
  .map(([[first, ...others], feedback]) => ({
    answers: [
      { accept: [first!], feedback },
      ...others.map((one) => ({ accept: [one], credit: 0.5, feedback })),
    ],
    otherwise: feedback,
  }));
const ticked = (kind: string, list: string, more: (at: number) => object) =>
  made(
    ids(2).chain((all) =>
      fc
        .tuple(fc.subarray(all, { minLength: 1 }), fc.boolean(), secret)
        .map(([right, ticks, feedback]) => ({
          kind,
          ...(kind === 'hotspot' ? { figure: 'map' } : {}),
          multiple: ticks || right.length > 1,
          [list]: all.map((one, at) => ({
            id: one,
            text: `Part ${one}`,
            correct: right.includes(one),
            feedback,
            ...more(at),
          })),
        })),
    ),
  );

const byKind = {
  choice: ticked('choice', 'choices', () => ({})),
  'true-false': made(
    fc.tuple(fc.boolean(), secret, secret).map(([answer, yes, no]) => ({
      kind: 'true-false',
      answer,
      feedback: { true: yes, false: no },
    })),
  ),
  matching: rowsAnd('matching', 'rows', 'options', 'match'),
  sorting: rowsAnd('sorting', 'items', 'categories', 'category'),
  matrix: rowsAnd('matrix', 'rows', 'columns', 'column'),
  ordering: made(
    fc.tuple(ids(3), secret).map(([all, feedback]) => ({
      kind: 'ordering',
      items: all.map((one) => ({ id: one, text: one })),
      feedback: { right: feedback, wrong: feedback },
    })),
  ),
  'short-answer': made(typedAnswers.map((typed) => ({ kind: 'short-answer', ...typed }))),
  gaps: made(
    fc.tuple(ids(2, 4), typedAnswers, secret).map(([all, typed, feedback]) => ({
      kind: 'gaps',
      text: all.map((one) => `Before {${one}} after`).join(' '),
      gaps: all.map((one, at) =>
        at % 2
          ? { id: one, ...typed }
          : {
              id: one,
              options: ['p', 'q', 'r'].map((option) => ({
                id: option,
                text: option,
                correct: option === 'q',
                feedback,
              })),
            },
      ),
    })),
  ),
  numeric: made(
    fc
      .tuple(
        fc.integer({ min: -5000, max: 5000 }),
        fc.constantFrom(0, 0.5, 10, '5%'),
        fc.integer({ min: 1, max: 100 }),
        secret,
      )
      .map(([value, tolerance, other, feedback]) => ({
        kind: 'numeric',
        answers: [
          { value: value / 4, tolerance, feedback },
          { value: value / 4 + other * 100, tolerance: 1, credit: 0.5, feedback },
        ],
        otherwise: feedback,
      })),
  ),
  calculated: made(
    secret.map((feedback) => ({
      kind: 'calculated',
      prompt: 'Of {part} and {whole}?',
      parameters: { part: { min: 1, max: 50 }, whole: { min: 60, max: 90, step: 0.5 } },
      answers: [
        { formula: 'part / whole * 100', feedback },
        { formula: 'whole / part', credit: 0, feedback },
      ],
      otherwise: feedback,
    })),
  ),
  budget: made(
    fc.tuple(ids(2, 5), secret).map(([all, feedback]) => ({
      kind: 'budget',
      lines: all.map((one) => ({
        id: one,
        text: one,
        min: Math.floor(50 / all.length),
        max: 80,
        feedback: { low: feedback, right: feedback, high: feedback },
      })),
    })),
  ),
  hotspot: ticked('hotspot', 'spots', (at) => ({ x: at * 30, y: 20 })),
  'open-response': made(
    fc.tuple(ids(1, 4), secret).map(([all, model]) => ({
      kind: 'open-response',
      model,
      rubric: all.map((one, at) => ({ id: one, text: `Criterion ${one}`, points: at + 1 })),
    })),
  ),
};
type Kind = keyof typeof byKind;

/** Any question that an author may write. */
export const arbitraryQuestion = fc.oneof(...Object.values(byKind));
/** Any question of one kind. */
export const arbitraryOf = (kind: Kind): fc.Arbitrary<Question> => byKind[kind];
export const allKinds = Object.keys(byKind) as Kind[];

/** Answers that use the question’s own ids and words, right and wrong, whole and half. */
export function arbitraryAnswer(question: Settled): fc.Arbitrary<Answer> {
  const pairsOf = (rows: readonly { id: string }[], options: readonly { id: string }[]) =>
    fc
      .tuple(
        fc.subarray(rows.map((one) => one.id)),
        fc.array(fc.constantFrom(...options.map((one) => one.id)), {
          minLength: rows.length,
          maxLength: rows.length,
        }),
      )
      .map(([some, given]) => Object.fromEntries(some.map((row, at) => [row, given[at]!])));
  const typed = (answers: readonly { accept: string[] }[]) =>
    fc.oneof(
      fc.constantFrom(...answers.flatMap(({ accept }) => accept)),
      fc.constantFrom(...answers.flatMap(({ accept }) => accept)).map((one) => `${one}x`),
      fc.string({ maxLength: 30 }),
    );
  switch (question.kind) {
    case 'choice':
    case 'hotspot': {
      const list = question.kind === 'choice' ? question.choices : question.spots;
      return fc
        .array(fc.constantFrom(...list.map((one) => one.id)), { maxLength: 8 })
        .map((chosen) => ({ kind: question.kind, chosen }));
    }
    case 'true-false':
      return fc.boolean().map((value) => ({ kind: 'true-false', value }));
    case 'matching':
      return pairsOf(question.rows, question.options).map((pairs) => ({ kind: 'matching', pairs }));
    case 'sorting':
      return pairsOf(question.items, question.categories).map((places) => ({
        kind: 'sorting',
        places,
      }));
    case 'matrix':
      return pairsOf(question.rows, question.columns).map((cells) => ({ kind: 'matrix', cells }));
    case 'ordering':
      return fc
        .shuffledSubarray(
          question.items.map((one) => one.id),
          { minLength: question.items.length },
        )
        .map((order) => ({ kind: 'ordering', order }));
    case 'short-answer':
      return typed(question.answers).map((one) => ({ kind: 'short-answer', text: one }));
    case 'gaps':
      return fc
        .tuple(
          ...question.gaps.map((gap) =>
            'options' in gap
              ? fc.constantFrom('', ...gap.options.map((one) => one.id))
              : typed(gap.answers),
          ),
        )
        .map((given) => ({
          kind: 'gaps',
          filled: Object.fromEntries(question.gaps.map((gap, at) => [gap.id, given[at]!])),
        }));
    case 'numeric':
      return fc
        .oneof(
          fc.constantFrom(...question.answers.map(({ value }) => value)),
          fc.integer({ min: -10_000, max: 10_000 }).map((one) => one / 8),
        )
        .map((value) => ({ kind: 'numeric', text: String(value) }));
    case 'budget':
      return fc.tuple(...question.lines.map(() => fc.integer({ min: 0, max: 20 }))).map((parts) => {
        const sum = parts.reduce((a, b) => a + b, 0);
        const shares = parts.map((one) => (sum === 0 ? 0 : Math.floor((one / sum) * 100)));
        shares[0]! += sum === 0 ? 0 : 100 - shares.reduce((a, b) => a + b, 0);
        return {
          kind: 'budget',
          shares: Object.fromEntries(question.lines.map((line, at) => [line.id, shares[at]!])),
        };
      });
    case 'open-response':
      return fc
        .tuple(fc.string(), fc.subarray(question.rubric.map((one) => one.id)))
        .map(([said, met]) => ({ kind: 'open-response', text: said, met }));
  }
}
