import type { AnswerOf } from './answer.ts';
import { type Grade, type Line, type Remark, graded } from './kind.ts';
import type { QuestionOf } from './question.ts';

type Question = QuestionOf<'numeric'>;
type Answer = AnswerOf<'numeric'>;
export interface Asked {
  kind: 'numeric';
  unit?: string;
  /** Which of its sets of numbers a calculated practice question has. */
  variant?: number;
}

export const ask = ({ unit }: Question): Asked => ({ kind: 'numeric', ...(unit ? { unit } : {}) });

/**
 * A number as people write it: `1,250.5`, `1.250,5`, `1 250`, `3,5`, `−2`. With one separator only, three digits behind a
 * comma are thousands, and anything behind a point is a fraction. Undefined when it is no number.
 */
export function parseNumber(text: string): number | undefined {
  const plain = text.replace(/[\u2212\u2013]/g, '-').replace(/[\s\u00a0\u202f'’_]/g, '');
  if (!/^[+-]?[\d.,]*\d[.,]?$/.test(plain)) return undefined;
  const comma = plain.lastIndexOf(',');
  const point = plain.lastIndexOf('.');
  const several = (sign: string) => plain.split(sign).length > 2;
  let decimal = '';
  if (comma >= 0 && point >= 0) decimal = comma > point ? ',' : '.';
  else if (point >= 0) decimal = several('.') ? '' : '.';
  else if (comma >= 0) decimal = several(',') || /^[+-]?\d{1,3},\d{3}$/.test(plain) ? '' : ',';
  if (decimal && several(decimal)) return undefined;
  const [whole = '', fraction = ''] = decimal ? plain.split(decimal) : [plain];
  // What groups thousands stands before each three digits, or it is a slip.
  if (/[.,]/.test(whole) && !/^[+-]?\d{1,3}([.,]\d{3})+$/.test(whole)) return undefined;
  if (/[.,]/.test(fraction)) return undefined;
  const value = Number(`${whole.replace(/[.,]/g, '')}.${fraction || '0'}`);
  return Number.isFinite(value) ? value : undefined;
}

/** What was typed as a number of the question's own unit. */
export function readNumber(
  { unit, units }: Pick<Question, 'unit' | 'units'>,
  text: string,
): number | undefined {
  const typed = text.trim();
  const known: [string, number][] = [
    ...(unit ? [[unit, 1] as [string, number]] : []),
    ...Object.entries(units),
  ];
  // The longest first: "kg" before "g".
  for (const [name, factor] of known.sort(([one], [other]) => other.length - one.length)) {
    for (const [at, rest] of [
      [typed.toLowerCase().endsWith(name.toLowerCase()), typed.slice(0, -name.length)],
      [typed.toLowerCase().startsWith(name.toLowerCase()), typed.slice(name.length)],
    ] as const) {
      const value = at ? parseNumber(rest.trim()) : undefined;
      if (value !== undefined) return value * factor;
    }
  }
  return parseNumber(typed);
}

/** The distance within which a value is right; a hair more, since 0.1 + 0.2 is not 0.3 in binary. */
export function reach({
  value,
  tolerance,
}: Pick<Question['answers'][number], 'value' | 'tolerance'>): number {
  const wide =
    typeof tolerance === 'number' ? tolerance : (Math.abs(value) * parseFloat(tolerance)) / 100;
  return wide + Math.abs(value) * 1e-9;
}

const take = (question: Question, value: number) =>
  question.answers.find((one) => Math.abs(value - one.value) <= reach(one));

/** What the first answer within its tolerance is worth. */
export function grade(question: Question, { text }: Answer): Grade {
  const value = readNumber(question, text);
  if (value === undefined) return { status: 'unanswerable', reason: 'no-number' };
  return graded(take(question, value)?.credit ?? 0);
}

export function explain(question: Question, { text }: Answer): Remark[] {
  const value = readNumber(question, text);
  if (value === undefined) return [];
  const found = take(question, value);
  const remark = { right: found?.credit === 1, text: found?.feedback ?? question.otherwise };
  return [String(value) === text.trim() ? remark : { ...remark, readAs: String(value) }];
}

export function key({ answers, decimals }: Question): Answer {
  const answer = answers.find(({ credit }) => credit === 1)!;
  const short = Number(answer.value.toFixed(decimals));
  // Shown short where that is still right.
  const value = Math.abs(short - answer.value) <= reach(answer) ? short : answer.value;
  return { kind: 'numeric', text: String(value) };
}

/** The question with another key, as close as the one before had to be. */
export function withKey(question: Question, { text }: Answer): Question {
  const value = readNumber(question, text);
  const before = question.answers.find(({ credit }) => credit === 1)!;
  if (value === undefined) return question;
  return {
    ...question,
    answers: [
      { ...before, value, feedback: question.otherwise },
      ...question.answers.filter(({ credit }) => credit < 1),
    ],
  };
}

export const isComplete = (_: Asked, { text }: Answer): boolean => /\d/.test(text);

export const inWords = ({ unit }: Asked, { text }: Answer): Line[] => [
  { text: unit && /\d\s*$/.test(text) ? `${text} ${unit}` : text },
];
