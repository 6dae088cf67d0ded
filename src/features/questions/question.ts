import { z } from 'zod';
import { namesIn } from './formula.ts';

/** Ids are forever: learning events point at questions by id, so text may change but ids may not. */
const Id = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'use lower-case words joined by hyphens');
/** Markdown: emphasis, lists, and `[words](term:decent-work)` in prompts and feedback. */
const Text = z.string().trim().min(1, 'must not be empty');
/** Plain words, for lists and buttons, where no markup can stand. */
const Label = z.string().trim().min(1, 'must not be empty');
/** What is typed into a field, so what is compared with it. */
const Typed = z.string().trim().min(1, 'must not be empty').max(200);
/** A share of a question's marks. */
const Credit = z.number().min(0).max(1);

/** Tells of the first id that stands twice in a list. */
function repeated(
  list: readonly { id: string }[],
  issue: z.RefinementCtx,
  ...field: (string | number)[]
) {
  const seen = new Set<string>();
  for (const [at, { id }] of list.entries()) {
    if (seen.has(id)) {
      issue.addIssue({
        code: 'custom',
        message: `the id "${id}" is used twice here; give each its own`,
        path: [...field, at, 'id'],
      });
    }
    seen.add(id);
  }
}

/** Tells of rows that name something which is not in a list. */
function named(
  rows: readonly { [field: string]: unknown }[],
  at: { rows: string; field: string },
  list: readonly { id: string }[],
  what: string,
  issue: z.RefinementCtx,
) {
  for (const [index, row] of rows.entries()) {
    const id = row[at.field];
    if (!list.some((one) => one.id === id)) {
      issue.addIssue({
        code: 'custom',
        message: `there is no ${what} "${String(id)}"; name the id of one of them`,
        path: [at.rows, index, at.field],
      });
    }
  }
}

const common = {
  id: Id,
  outcome: Id,
  difficulty: z.enum(['easy', 'medium', 'hard']).default('medium'),
  prompt: Text,
  figure: Id.optional().describe("A figure of the module's folder, shown with the question."),
  hints: z.array(Text).max(3, 'give at most three hints').default([]),
  explanation: Text.optional().describe('Said after every answer, whatever it was.'),
  reread: z
    .string()
    .regex(
      /^([a-z0-9-]+\/)?[a-z0-9-]+(#[a-z0-9-]+)?$/,
      'name a lesson of the module, lesson-name#heading, or of another, module/lesson-name#heading',
    )
    .optional()
    .describe('The lesson, and the heading in it, to read again after a mistake.'),
};

const Option = z.strictObject({ id: Id, text: Label });

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
          credit: Credit.optional().describe(
            'For a choice that is right in part, where one is chosen.',
          ),
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
    for (const [at, { credit, correct }] of question.choices.entries()) {
      if (credit === undefined || (!question.multiple && !correct && credit < 1)) continue;
      issue.addIssue({
        code: 'custom',
        message:
          'credit is for choices that are right in part, below 1, in a question with one key',
        path: ['choices', at, 'credit'],
      });
    }
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
    options: z.array(Option).min(2, 'give at least two options'),
    rows: z
      .array(z.strictObject({ id: Id, text: Text, match: Id, feedback: Text }))
      .min(2, 'give at least two rows'),
  })
  .superRefine((question, issue) => {
    repeated(question.options, issue, 'options');
    repeated(question.rows, issue, 'rows');
    named(question.rows, { rows: 'rows', field: 'match' }, question.options, 'option', issue);
  });

const OrderingQuestion = z
  .strictObject({
    ...common,
    kind: z.literal('ordering'),
    items: z.array(z.strictObject({ id: Id, text: Text })).min(3, 'give at least three items'),
    feedback: z.strictObject({ right: Text, wrong: Text }),
  })
  .superRefine((question, issue) => repeated(question.items, issue, 'items'));

const SortingQuestion = z
  .strictObject({
    ...common,
    kind: z.literal('sorting'),
    categories: z.array(Option).min(2, 'give at least two categories').max(6),
    items: z
      .array(z.strictObject({ id: Id, text: Text, category: Id, feedback: Text }))
      .min(3, 'give at least three items'),
  })
  .superRefine((question, issue) => {
    repeated(question.categories, issue, 'categories');
    repeated(question.items, issue, 'items');
    named(
      question.items,
      { rows: 'items', field: 'category' },
      question.categories,
      'category',
      issue,
    );
  });

/** One group of accepted words with what they are worth. A `*` stands for any words. */
const TypedAnswer = z.strictObject({
  accept: z.array(Typed).min(1, 'give at least one accepted answer'),
  credit: Credit.default(1),
  feedback: Text,
});
const typed = {
  answers: z.array(TypedAnswer).min(1),
  otherwise: Text.describe('Said when nothing fits.'),
  spelling: z
    .enum(['forgiving', 'exact'])
    .default('forgiving')
    .describe('Forgiving takes close misspellings and says so.'),
};
function hasKey(
  answers: readonly { credit: number }[],
  issue: z.RefinementCtx,
  ...at: (string | number)[]
) {
  if (answers.some(({ credit }) => credit === 1)) return;
  issue.addIssue({
    code: 'custom',
    message: 'no answer is worth full marks: leave "credit" out of the right one',
    path: [...at, 'answers'],
  });
}

const TypedGap = z.strictObject({ id: Id, ...typed });
const ListGap = z.strictObject({
  id: Id,
  options: z
    .array(
      z.strictObject({ id: Id, text: Label, correct: z.boolean().default(false), feedback: Text }),
    )
    .min(2, 'give at least two options'),
});

const GapsQuestion = z
  .strictObject({
    ...common,
    kind: z.literal('gaps'),
    text: Text.describe('The text, with {gap-id} where a gap is.'),
    gaps: z.array(z.union([TypedGap, ListGap])).min(1, 'give at least one gap'),
  })
  .superRefine((question, issue) => {
    repeated(question.gaps, issue, 'gaps');
    const places = gapsIn(question.text);
    for (const [at, gap] of question.gaps.entries()) {
      if (places.filter((id) => id === gap.id).length !== 1) {
        issue.addIssue({
          code: 'custom',
          message: `write {${gap.id}} once in the text, where the gap is`,
          path: ['gaps', at, 'id'],
        });
      }
      if ('answers' in gap) hasKey(gap.answers, issue, 'gaps', at);
      else {
        repeated(gap.options, issue, 'gaps', at, 'options');
        if (gap.options.filter(({ correct }) => correct).length !== 1) {
          issue.addIssue({
            code: 'custom',
            message: 'mark exactly one option with "correct: true"',
            path: ['gaps', at, 'options'],
          });
        }
      }
    }
    for (const id of places) {
      if (!question.gaps.some((gap) => gap.id === id)) {
        issue.addIssue({
          code: 'custom',
          message: `the text has {${id}}, but there is no gap "${id}"`,
          path: ['text'],
        });
      }
    }
  });

const ShortAnswerQuestion = z
  .strictObject({ ...common, kind: z.literal('short-answer'), ...typed })
  .superRefine((question, issue) => hasKey(question.answers, issue));

const Tolerance = z.union([
  z.number().min(0),
  z.string().regex(/^\d+(\.\d+)?%$/, 'write a number, or a share such as 2%'),
]);
const unit = {
  unit: Label.optional().describe('Shown after the field; learners may type it too.'),
};

const NumericQuestion = z
  .strictObject({
    ...common,
    kind: z.literal('numeric'),
    ...unit,
    units: z
      .record(Label, z.number().positive())
      .default({})
      .describe('Other units that learners may type, with how many of ours one of them is.'),
    answers: z
      .array(
        z.strictObject({
          value: z.number(),
          tolerance: Tolerance.default(0).describe('Absolute, or a share such as 2%.'),
          credit: Credit.default(1),
          feedback: Text,
        }),
      )
      .min(1),
    decimals: z.int().min(0).max(9).default(9).describe('Of the right answer when it is shown.'),
    otherwise: Text,
  })
  .superRefine((question, issue) => hasKey(question.answers, issue));

const CalculatedQuestion = z
  .strictObject({
    ...common,
    kind: z.literal('calculated'),
    ...unit,
    parameters: z.record(
      z.string().regex(/^[a-z][a-z0-9_]*$/i, 'begin with a letter; letters, digits and _ only'),
      z.strictObject({ min: z.number(), max: z.number(), step: z.number().positive().default(1) }),
    ),
    answers: z
      .array(
        z.strictObject({
          formula: Label.describe('Over the parameters, such as (local / total) / (all / nation).'),
          tolerance: Tolerance.default('1%'),
          credit: Credit.default(1),
          feedback: Text,
        }),
      )
      .min(1),
    decimals: z.int().min(0).max(6).default(2).describe('Of the right answer when it is shown.'),
    otherwise: Text,
  })
  .superRefine((question, issue) => {
    hasKey(question.answers, issue);
    const names = Object.keys(question.parameters);
    for (const [name, { min, max }] of Object.entries(question.parameters)) {
      if (min > max) {
        issue.addIssue({
          code: 'custom',
          message: 'min is larger than max',
          path: ['parameters', name],
        });
      }
    }
    for (const [at, { formula }] of question.answers.entries()) {
      const path = ['answers', at, 'formula'];
      try {
        const unknown = namesIn(formula).find((name) => !names.includes(name));
        if (unknown === undefined) continue;
        const message = `"${unknown}" is no parameter; there are: ${names.join(', ')}`;
        issue.addIssue({ code: 'custom', message, path });
      } catch (error) {
        issue.addIssue({ code: 'custom', message: (error as Error).message, path });
      }
    }
    for (const name of placesIn(question.prompt)) {
      if (!names.includes(name)) {
        issue.addIssue({
          code: 'custom',
          message: `the prompt has {${name}}, which is no parameter`,
          path: ['prompt'],
        });
      }
    }
  });

const MatrixQuestion = z
  .strictObject({
    ...common,
    kind: z.literal('matrix'),
    columns: z.array(Option).min(2, 'give at least two columns').max(6),
    rows: z
      .array(z.strictObject({ id: Id, text: Text, column: Id, feedback: Text }))
      .min(2, 'give at least two rows'),
  })
  .superRefine((question, issue) => {
    repeated(question.columns, issue, 'columns');
    repeated(question.rows, issue, 'rows');
    named(question.rows, { rows: 'rows', field: 'column' }, question.columns, 'column', issue);
  });

const BudgetQuestion = z
  .strictObject({
    ...common,
    kind: z.literal('budget'),
    step: z.int().positive().default(5).describe('How much one press of a button moves.'),
    lines: z
      .array(
        z.strictObject({
          id: Id,
          text: Text,
          min: z.int().min(0).max(100),
          max: z.int().min(0).max(100),
          feedback: z.strictObject({ low: Text.optional(), right: Text, high: Text.optional() }),
        }),
      )
      .min(2, 'give at least two lines'),
  })
  .superRefine((question, issue) => {
    repeated(question.lines, issue, 'lines');
    for (const [at, { min, max, feedback }] of question.lines.entries()) {
      const path = ['lines', at];
      if (min > max) issue.addIssue({ code: 'custom', message: 'min is larger than max', path });
      if (min > 0 && !feedback.low) {
        issue.addIssue({
          code: 'custom',
          message: 'say why less is too little: "low"',
          path: [...path, 'feedback'],
        });
      }
      if (max < 100 && !feedback.high) {
        issue.addIssue({
          code: 'custom',
          message: 'say why more is too much: "high"',
          path: [...path, 'feedback'],
        });
      }
    }
    const sum = (of: 'min' | 'max') => question.lines.reduce((all, line) => all + line[of], 0);
    if (sum('min') > 100 || sum('max') < 100) {
      issue.addIssue({
        code: 'custom',
        message: `no shares that add up to 100 fit: the least add up to ${sum('min')}, the most to ${sum('max')}`,
        path: ['lines'],
      });
    }
  });

const place = { x: z.number(), y: z.number() };
const HotspotQuestion = z
  .strictObject({
    ...common,
    kind: z.literal('hotspot'),
    figure: Id.describe('The figure to find something on.'),
    multiple: z.boolean().default(false),
    spots: z
      .array(
        z.strictObject({
          id: Id,
          text: Label.describe('What is there, for the list beside the figure.'),
          ...place,
          radius: z.number().positive().default(24).describe("In units of the figure's viewBox."),
          correct: z.boolean().default(false),
          feedback: Text,
        }),
      )
      .min(2, 'give at least two spots'),
  })
  .superRefine((question, issue) => {
    repeated(question.spots, issue, 'spots');
    const right = question.spots.filter(({ correct }) => correct).length;
    if (right === 0 || (right > 1 && !question.multiple)) {
      issue.addIssue({
        code: 'custom',
        message:
          right === 0
            ? 'no spot is the key: mark at least one with "correct: true"'
            : 'several spots are right: add "multiple: true" or keep one',
        path: ['spots'],
      });
    }
  });

const OpenResponseQuestion = z
  .strictObject({
    ...common,
    kind: z.literal('open-response'),
    words: z
      .strictObject({ min: z.int().positive().default(1), max: z.int().positive().max(600) })
      .default({ min: 1, max: 150 }),
    rubric: z
      .array(z.strictObject({ id: Id, text: Text, points: z.int().positive().default(1) }))
      .min(1, 'give at least one criterion'),
    model: Text.describe('A good answer, to compare with.'),
  })
  .superRefine((question, issue) => repeated(question.rubric, issue, 'rubric'));

/** Every kind of question that an author can write. */
export const Question = z.discriminatedUnion('kind', [
  ChoiceQuestion,
  TrueFalseQuestion,
  MatchingQuestion,
  OrderingQuestion,
  SortingQuestion,
  GapsQuestion,
  ShortAnswerQuestion,
  NumericQuestion,
  CalculatedQuestion,
  MatrixQuestion,
  BudgetQuestion,
  HotspotQuestion,
  OpenResponseQuestion,
]);
export type Question = z.infer<typeof Question>;
type QuestionKind = Question['kind'];
/** A question of one kind. */
export type QuestionOf<K extends QuestionKind> = Extract<Question, { kind: K }>;

const questions = z.array(Question).min(1, 'give at least one question');
const figures = z
  .record(Id, z.string())
  .default({})
  .describe('Filled in by the reader, not by authors: the SVG of each figure that is named.');

/** Questions that teach: their key and feedback travel to the browser. */
export const PracticeBank = z
  .strictObject({
    certainty: z.boolean().default(false).describe('Ask how sure the learner is.'),
    tries: z.int().positive().default(3).describe('Tries before the right answer may be shown.'),
    penalty: z
      .number()
      .min(0)
      .max(1)
      .default(0.25)
      .describe('The share of the marks that each further try and each hint costs.'),
    questions,
    figures,
  })
  .superRefine((bank, issue) => repeated(bank.questions, issue, 'questions'));
export type PracticeBank = z.infer<typeof PracticeBank>;

const DrawRule = z.strictObject({
  count: z.int().positive(),
  outcome: Id.optional(),
  difficulty: z.enum(['easy', 'medium', 'hard']).optional(),
});
export type DrawRule = z.infer<typeof DrawRule>;

const Window = z.enum(['handed-in', 'done', 'closed', 'never']);

/** Questions that decide a pass: their key never leaves the server. */
export const GradedBank = z
  .strictObject({
    title: Text,
    draw: z
      .union([z.int().positive(), z.array(DrawRule).min(1)])
      .describe(
        'How many questions an attempt draws; or a list of counts by outcome and difficulty.',
      ),
    pass: z.number().gt(0).max(1).describe('The share of the marks needed to pass.'),
    attempts: z.int().positive().describe('Attempts allowed.'),
    waitMinutes: z.int().min(0).default(0).describe('Between handing in and the next attempt.'),
    counts: z.enum(['best', 'last', 'average']).default('best').describe('Which attempt counts.'),
    navigation: z.enum(['free', 'sequential']).default('free'),
    feedback: z
      .enum(['deferred', 'immediate'])
      .default('deferred')
      .describe('After handing in; or after each answer, which is final then.'),
    certainty: z
      .enum(['off', 'informs', 'counts'])
      .default('off')
      .describe('Ask how sure the learner is: to inform them, or for marks by certainty.'),
    timeLimit: z.number().positive().optional().describe('Minutes.'),
    graceSeconds: z.int().min(0).max(3600).default(60),
    review: z
      .strictObject({
        marks: Window.default('handed-in'),
        feedback: Window.default('handed-in'),
        key: Window.default('done'),
      })
      .default({ marks: 'handed-in', feedback: 'handed-in', key: 'done' })
      .describe(
        'When results are shown: once handed in; once done (passed, or no attempt left); once the course is closed; never.',
      ),
    questions,
    figures,
  })
  .superRefine((bank, issue) => {
    repeated(bank.questions, issue, 'questions');
    if (typeof bank.draw === 'number') {
      if (bank.draw > bank.questions.length) {
        issue.addIssue({
          code: 'custom',
          message: `draws ${bank.draw} questions but has only ${bank.questions.length}`,
          path: ['draw'],
        });
      }
      return;
    }
    // Taken from a pool in order, so a question that one rule took is gone for the next.
    for (const [at, rule] of bank.draw.entries()) {
      const fits = bank.questions.filter((question) => fitsRule(question, rule)).length;
      const before = bank.draw
        .slice(0, at)
        .filter((other) => overlaps(other, rule))
        .reduce((all, { count }) => all + count, 0);
      if (fits - before < rule.count) {
        issue.addIssue({
          code: 'custom',
          message: `draws ${rule.count} but only ${Math.max(0, fits - before)} are sure to be left for this rule`,
          path: ['draw', at],
        });
      }
    }
  });
export type GradedBank = z.infer<typeof GradedBank>;

/** Whether a draw rule may take a question. */
export function fitsRule(
  question: { outcome: string; difficulty: string },
  { outcome, difficulty }: DrawRule,
): boolean {
  return (
    (outcome === undefined || outcome === question.outcome) &&
    (difficulty === undefined || difficulty === question.difficulty)
  );
}

function overlaps(one: DrawRule, other: DrawRule): boolean {
  const differ = (a: string | undefined, b: string | undefined) =>
    a !== undefined && b !== undefined && a !== b;
  return !differ(one.outcome, other.outcome) && !differ(one.difficulty, other.difficulty);
}

/** The names that stand in braces in a text: gaps, or parameters. */
function placesIn(text: string): string[] {
  return [...text.matchAll(/\{([a-z][a-z0-9_]*)\}/gi)].map(([, name]) => name!);
}
/** The ids of the gaps of a text, in order. */
export function gapsIn(text: string): string[] {
  return [...text.matchAll(/\{([a-z0-9]+(?:-[a-z0-9]+)*)\}/g)].map(([, id]) => id!);
}
