import type { Question } from './question.ts';

interface Item {
  id: string;
  text: string;
}

/** A question as a learner sees it before answering: nothing in it tells the key. */
export type AskedQuestion = { id: string; prompt: string } & (
  | { kind: 'choice'; multiple: boolean; choices: Item[] }
  | { kind: 'true-false' }
  | { kind: 'matching'; options: Item[]; rows: Item[] }
  | { kind: 'ordering'; items: Item[] }
);

/**
 * Picks what may be shown before answering; what isn't picked stays behind, whatever a question grows later.
 *
 * `shuffle` orders choices, options and items, since their order in the file may tell the key.
 */
export function ask(question: Question, shuffle: <T>(list: readonly T[]) => T[]): AskedQuestion {
  const { id, prompt } = question;
  const shown = (list: readonly Item[]) => list.map((item) => ({ id: item.id, text: item.text }));
  switch (question.kind) {
    case 'choice': {
      const choices = shuffle(shown(question.choices));
      return { id, prompt, kind: 'choice', multiple: question.multiple, choices };
    }
    case 'true-false':
      return { id, prompt, kind: 'true-false' };
    case 'matching': {
      const options = shuffle(shown(question.options));
      return { id, prompt, kind: 'matching', options, rows: shown(question.rows) };
    }
    case 'ordering':
      return { id, prompt, kind: 'ordering', items: shuffle(shown(question.items)) };
  }
}
