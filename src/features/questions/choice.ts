import type { AnswerOf } from './answer.ts';
import {
  type Grade,
  type Item,
  type Line,
  type Remark,
  type Shuffle,
  gradeTicks,
  graded,
  isKey,
  isSubset,
  shown,
  textOf,
  unknownId,
} from './kind.ts';
import type { QuestionOf } from './question.ts';

type Question = QuestionOf<'choice'>;
type Answer = AnswerOf<'choice'>;
export interface Asked {
  kind: 'choice';
  multiple: boolean;
  choices: Item[];
}

export function ask({ multiple, choices }: Question, shuffle: Shuffle): Asked {
  return { kind: 'choice', multiple, choices: shuffle(shown(choices)) };
}

/** One right: its credit. Several right: right ticks minus wrong ticks. */
export function grade({ multiple, choices }: Question, { chosen }: Answer): Grade {
  if (multiple) return gradeTicks(choices, chosen);
  if (!isSubset(chosen, choices)) return unknownId;
  const [only, ...others] = new Set(chosen);
  const choice = choices.find(({ id }) => id === only);
  if (!choice || others.length > 0) return graded(0);
  return graded(choice.correct ? 1 : (choice.credit ?? 0));
}

export function explain({ choices }: Question, { chosen }: Answer): Remark[] {
  return choices
    .filter(({ id }) => chosen.includes(id))
    .map(({ id, correct, feedback }) => ({ about: id, right: correct, text: feedback }));
}

export function key({ choices }: Question): Answer {
  return { kind: 'choice', chosen: choices.filter(({ correct }) => correct).map(({ id }) => id) };
}

/** The question with another key; as it is where the answer can be none. */
export function withKey(question: Question, { chosen }: Answer): Question {
  if (!isKey(question.choices, chosen, question.multiple)) return question;
  const choices = question.choices.map(({ credit: _, ...choice }) => ({
    ...choice,
    correct: chosen.includes(choice.id),
  }));
  return { ...question, choices };
}

export const isComplete = (_: Asked, { chosen }: Answer): boolean => chosen.length > 0;

export const inWords = ({ choices }: Asked, { chosen }: Answer): Line[] =>
  chosen.map((id) => ({ about: id, text: textOf(choices, id) }));
