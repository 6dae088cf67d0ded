import { partsOf } from '#features/questions/parts.ts';
import { type Settled, keyOf } from '#features/questions/questions.ts';

/** What a question offers and what of it is right; undefined where answers are typed. */
export function fixedParts(question: Settled): { key: string[]; all: string[] } | undefined {
  const each = (rows: readonly { id: string }[], options: readonly { id: string }[]) =>
    rows.flatMap((row) => options.map((option) => `${row.id}=${option.id}`));
  const all = ((): string[] | undefined => {
    switch (question.kind) {
      case 'choice':
        return question.choices.map(({ id }) => id);
      case 'hotspot':
        return question.spots.map(({ id }) => id);
      case 'true-false':
        return ['true', 'false'];
      case 'matching':
        return each(question.rows, question.options);
      case 'sorting':
        return each(question.items, question.categories);
      case 'matrix':
        return each(question.rows, question.columns);
      default:
        return undefined;
    }
  })();
  return all && { key: partsOf(keyOf(question)), all };
}

/** A part as a person reads it. */
export function partInWords(
  question: Settled,
  part: string,
  truth: { true: string; false: string },
): string {
  const at = part.indexOf('=');
  const [row, option] = [part.slice(0, at), part.slice(at + 1)];
  const find = (list: readonly { id: string; text: string }[], id: string) =>
    list.find((one) => one.id === id)?.text ?? id;
  switch (question.kind) {
    case 'choice':
      return find(question.choices, part);
    case 'hotspot':
      return find(question.spots, part);
    case 'true-false':
      return part === 'true' ? truth.true : truth.false;
    case 'matching':
      return `${find(question.rows, row)}: ${find(question.options, option)}`;
    case 'sorting':
      return `${find(question.items, row)}: ${find(question.categories, option)}`;
    case 'matrix':
      return `${find(question.rows, row)}: ${find(question.columns, option)}`;
    case 'budget':
      return `${find(question.lines, row)}: ${option}%`;
    case 'gaps': {
      const nth = question.gaps.findIndex(({ id }) => id === row);
      const gap = question.gaps[nth];
      return `${nth + 1}. ${gap && 'options' in gap ? find(gap.options, option) : option}`;
    }
    case 'ordering':
      return part
        .split(' > ')
        .map((id) => find(question.items, id))
        .join(' → ');
    default:
      return part;
  }
}
