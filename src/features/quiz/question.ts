import { z } from 'zod';

/** Ids are forever: learning events point at questions by id, so text may change but ids may not. */
const Id = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'use lower-case words joined by hyphens');
const Text = z.string().trim().min(1, 'must not be empty');

/** Tells of the first id that stands twice in a list. */
function repeated(list: readonly { id: string }[], issue: z.RefinementCtx, field: string) {
  const seen = new Set<string>();
  for (const [at, { id }] of list.entries()) {
    if (seen.has(id)) {
      issue.addIssue({
        code: 'custom',
        message: `the id "${id}" is used twice here; give each its own`,
        path: [field, at, 'id'],
      });
    }
    seen.add(id);
  }
}

const common = { id: Id, outcome: Id, prompt: Text };

const ChoiceQuestion = z
  .strictObject({
    ...common,
    kind: z.literal('choice'),
    multiple: z.boolean().default(false).describe('Several may be right; learners tick boxes.'),
    choices: z
      .array(
        z.strictObject({
          id: Id,
          text: Text,
          correct: z.boolean().default(false),
          feedback: Text.describe('Shown after answering: why this is right or wrong.'),
        }),
      )
      .min(2, 'give at least two choices'),
  })
  .superRefine((question, issue) => {
    repeated(question.choices, issue, 'choices');
    const right = question.choices.filter((choice) => choice.correct).length;
    const message =
      right === 0
        ? 'no choice is the key: mark at least one with "correct: true"'
        : right > 1 && !question.multiple
          ? 'several choices are right: add "multiple: true" or keep one'
          : undefined;
    if (message) issue.addIssue({ code: 'custom', message, path: ['choices'] });
  });

const TrueFalseQuestion = z.strictObject({
  ...common,
  kind: z.literal('true-false'),
  answer: z.boolean(),
  feedback: z.strictObject({ true: Text, false: Text }),
});

const MatchingQuestion = z
  .strictObject({
    ...common,
    kind: z.literal('matching'),
    options: z.array(z.strictObject({ id: Id, text: Text })).min(2, 'give at least two options'),
    rows: z
      .array(z.strictObject({ id: Id, text: Text, match: Id, feedback: Text }))
      .min(2, 'give at least two rows'),
  })
  .superRefine((question, issue) => {
    repeated(question.options, issue, 'options');
    repeated(question.rows, issue, 'rows');
    for (const [at, row] of question.rows.entries()) {
      if (!question.options.some(({ id }) => id === row.match)) {
        issue.addIssue({
          code: 'custom',
          message: `there is no option "${row.match}"; name the id of one of the options`,
          path: ['rows', at, 'match'],
        });
      }
    }
  });

const OrderingQuestion = z
  .strictObject({
    ...common,
    kind: z.literal('ordering'),
    items: z.array(z.strictObject({ id: Id, text: Text })).min(3, 'give at least three items'),
    feedback: z.strictObject({ right: Text, wrong: Text }),
  })
  .superRefine((question, issue) => repeated(question.items, issue, 'items'));

export const Question = z.discriminatedUnion('kind', [
  ChoiceQuestion,
  TrueFalseQuestion,
  MatchingQuestion,
  OrderingQuestion,
]);
export type Question = z.infer<typeof Question>;

const questions = z.array(Question).min(1, 'give at least one question');

/** Questions that teach: their key and feedback travel to the browser. */
export const PracticeBank = z
  .strictObject({ questions })
  .superRefine((bank, issue) => repeated(bank.questions, issue, 'questions'));
export type PracticeBank = z.infer<typeof PracticeBank>;

/** Questions that decide a pass: their key never leaves the server. */
export const GradedBank = z
  .strictObject({
    title: Text,
    draw: z.int().positive().describe('How many questions an attempt draws.'),
    pass: z.number().gt(0).max(1).describe('The share of the marks needed to pass.'),
    attempts: z.int().positive().describe('Attempts allowed.'),
    questions,
  })
  .superRefine((bank, issue) => {
    repeated(bank.questions, issue, 'questions');
    if (bank.draw > bank.questions.length) {
      issue.addIssue({
        code: 'custom',
        message: `draws ${bank.draw} questions but has only ${bank.questions.length}`,
        path: ['draw'],
      });
    }
  });
export type GradedBank = z.infer<typeof GradedBank>;

const given = z.string().max(100);
/** What a learner gives as an answer: ids only, so that rewording a question leaves it readable. */
export const Answer = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('choice'), chosen: z.array(given).max(50) }),
  z.strictObject({ kind: z.literal('true-false'), value: z.boolean() }),
  z.strictObject({ kind: z.literal('matching'), pairs: z.record(given, given) }),
  z.strictObject({ kind: z.literal('ordering'), order: z.array(given).max(50) }),
]);
export type Answer = z.infer<typeof Answer>;
