import type { Answer, Question } from './question.ts';

/** The answer with full marks. */
export function keyOf(question: Question): Answer {
  switch (question.kind) {
    case 'choice': {
      const right = question.choices.filter((choice) => choice.correct);
      return { kind: 'choice', chosen: right.map(({ id }) => id) };
    }
    case 'true-false':
      return { kind: 'true-false', value: question.answer };
    case 'matching':
      return {
        kind: 'matching',
        pairs: Object.fromEntries(question.rows.map(({ id, match }) => [id, match])),
      };
    case 'ordering':
      return { kind: 'ordering', order: question.items.map(({ id }) => id) };
  }
}
