import type { Component } from 'svelte';
import type { Answer } from './answer.ts';
import type { FieldsProps } from './fields.ts';
import type { Grade, Remark } from './kind.ts';
import type { AskedQuestion, Settled } from './questions.ts';

/** What a browser needs of one kind of question: its fields and its rules. */
export interface Kit {
  default: Component<FieldsProps>;
  grade: (question: Settled, answer: Answer) => Grade;
  explain: (question: Settled, answer: Answer) => Remark[];
  isComplete: (asked: AskedQuestion, answer: Answer) => boolean;
  /** The answer that stands there before anything is done, for kinds that have one. */
  start?: (asked: AskedQuestion) => Answer;
  /** For judging one's own open response. */
  SelfAssessment?: Component<{
    rubric: { id: string; text: string; points: number }[];
    model: string;
    met: string[];
    onmet: (met: string[]) => void;
    words: FieldsProps['words'];
  }>;
}

type Kind = AskedQuestion['kind'];

// A kit takes questions of its own kind, which kitOf sees to.
const loaders: Record<Kind, () => Promise<unknown>> = {
  choice: () => import('./ChoiceFields.svelte'),
  'true-false': () => import('./TrueFalseFields.svelte'),
  matching: () => import('./MatchingFields.svelte'),
  ordering: () => import('./OrderingFields.svelte'),
  sorting: () => import('./SortingFields.svelte'),
  gaps: () => import('./GapsFields.svelte'),
  'short-answer': () => import('./ShortAnswerFields.svelte'),
  numeric: () => import('./NumericFields.svelte'),
  matrix: () => import('./MatrixFields.svelte'),
  budget: () => import('./BudgetFields.svelte'),
  hotspot: () => import('./HotspotFields.svelte'),
  'open-response': () => import('./OpenResponseFields.svelte'),
};

// A page says which kinds it asks, so that no other is loaded; and it has them before the first question can be
// answered, so that a network which fails later does not matter.
const wanted: string[] = import.meta.env.SSR
  ? Object.keys(loaders)
  : [...document.querySelectorAll<HTMLElement>('[data-kinds]')].flatMap(
      ({ dataset }) => dataset.kinds?.split(' ') ?? [],
    );
const kits = Object.fromEntries(
  await Promise.all(
    [...new Set(wanted)].map(async (kind) => [kind, await loaders[kind as Kind]()]),
  ),
) as Record<string, Kit>;

/** The kit of a kind that the page has announced in a `data-kinds` attribute around the island. */
export const kitOf = (kind: Kind): Kit => kits[kind]!;
