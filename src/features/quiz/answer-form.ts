import { Answer } from '#features/questions/answer.ts';
import type { Question } from '#features/questions/question.ts';

/** Kinds whose answers a plain form can take. */
export const hasForm = ({ kind }: Question): boolean =>
  /^(choice|hotspot|true-false|matching|sorting|matrix|short-answer|numeric)$/.test(kind);

/**
 * The answer that was filled into the plain fields of `AnswerForm.astro`; undefined when nothing was.
 *
 * Fields are called `answer` (one value), `answer-<id>` (one a row, or a tick).
 */
export function answerFromForm(
  question: Question,
  values: Readonly<Record<string, string>>,
): Answer | undefined {
  const rows = (list: readonly { id: string }[]) =>
    Object.fromEntries(
      list.flatMap(({ id }) => (values[`answer-${id}`] ? [[id, values[`answer-${id}`]]] : [])),
    );
  const ticks = (list: readonly { id: string }[], multiple: boolean) =>
    list
      .filter(({ id }) => (multiple ? values[`answer-${id}`] : values.answer === id))
      .map(({ id }) => id);
  const { kind } = question;
  const said = ((): unknown => {
    switch (question.kind) {
      case 'choice':
        return { kind, chosen: ticks(question.choices, question.multiple) };
      case 'hotspot':
        return { kind, chosen: ticks(question.spots, question.multiple) };
      case 'true-false':
        return { kind, value: values.answer === 'true' };
      case 'matching':
        return { kind, pairs: rows(question.rows) };
      case 'sorting':
        return { kind, places: rows(question.items) };
      case 'matrix':
        return { kind, cells: rows(question.rows) };
      case 'short-answer':
      case 'numeric':
        return { kind, text: values.answer ?? '' };
      default:
        return undefined;
    }
  })();
  const answer = Answer.safeParse(said).data;
  if (!answer) return undefined;
  const empty =
    ('chosen' in answer && answer.chosen.length === 0) ||
    ('text' in answer && answer.text.trim() === '') ||
    (answer.kind === 'true-false' && !/^(true|false)$/.test(values.answer ?? ''));
  return empty ? undefined : answer;
}
