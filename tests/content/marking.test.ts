import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Answer } from '#features/questions/answer.ts';
import { compile } from '#features/questions/formula.ts';
import { parseNumber } from '#features/questions/numeric.ts';
import type { Question } from '#features/questions/question.ts';
import {
  type Settled,
  answerInWords,
  ask,
  explain,
  grade,
  keyOf,
  settled,
  withKey,
} from '#features/questions/questions.ts';
import { shuffler } from '#features/questions/shuffle.ts';
import { read } from '#features/questions/typed-answer.ts';
import { allKinds, arbitraryAnswer, arbitraryOf, arbitraryQuestion } from '../support/questions.ts';

const seed = fc.integer();
const settledOf = (of: fc.Arbitrary<Question>) =>
  fc.tuple(of, seed).map(([question, from]) => settled(question, from));
const withAnswer = (of: fc.Arbitrary<Settled>) =>
  of.chain((question) => fc.tuple(fc.constant(question), arbitraryAnswer(question)));
const scoreOf = (question: Settled, answer: Answer) => {
  const mark = grade(question, answer);
  return mark.status === 'graded' ? mark.score : undefined;
};

describe.for(allKinds)('a question of the kind %s', (kind) => {
  const questions = settledOf(arbitraryOf(kind));

  test('gives full marks and good remarks for its key', () => {
    fc.assert(
      fc.property(questions, (question) => {
        const key = keyOf(question);
        expect(Answer.parse(key)).toEqual(key);
        expect(grade(question, key)).toEqual({ status: 'graded', score: 1 });
        expect(explain(question, key).every(({ right }) => right)).toBe(true);
      }),
    );
  });

  test('never marks below 0 or above 1, and speaks only of what was given', () => {
    fc.assert(
      fc.property(withAnswer(questions), ([question, answer]) => {
        const mark = grade(question, answer);
        if (mark.status === 'graded') {
          expect(mark.score).toBeGreaterThanOrEqual(0);
          expect(mark.score).toBeLessThanOrEqual(1);
        }
        const given = JSON.stringify(answer);
        for (const { about } of explain(question, answer)) {
          // Of a budget and a rubric every line is judged, since each was decided on.
          if (about && question.kind !== 'budget' && question.kind !== 'open-response') {
            expect(given).toContain(JSON.stringify(about).slice(1, -1));
          }
        }
      }),
    );
  });

  test('takes any JSON as an answer without breaking, and marks none of another kind', () => {
    fc.assert(
      fc.property(questions, fc.jsonValue(), (question, value) => {
        const odd = [value, { kind: question.kind }, { ...Object(value), kind: question.kind }];
        for (const one of odd) {
          const answer = Answer.safeParse(one);
          if (!answer.success) continue;
          const mark = grade(question, answer.data);
          expect(['graded', 'pending', 'unanswerable']).toContain(mark.status);
          explain(question, answer.data);
        }
      }),
    );
  });

  test('does not mind the order in which free parts are given', () => {
    fc.assert(
      fc.property(withAnswer(questions), ([question, answer]) => {
        const turned = (value: unknown): unknown =>
          Array.isArray(value)
            ? answer.kind === 'ordering'
              ? value
              : value.toReversed()
            : value !== null && typeof value === 'object'
              ? Object.fromEntries(
                  Object.entries(value)
                    .map(([name, one]) => [name, turned(one)] as const)
                    .reverse(),
                )
              : value;
        expect(grade(question, turned(answer) as Answer)).toEqual(grade(question, answer));
      }),
    );
  });

  test('shows nothing of key or feedback when it is asked, and reads out any answer', () => {
    fc.assert(
      fc.property(withAnswer(questions), seed, ([question, answer], from) => {
        const asked = ask(question, shuffler(from));
        expect(JSON.stringify(asked)).not.toMatch(/secret|"correct"|"feedback"|"answers"|"accept"/);
        const lines = answerInWords(asked, answer, { true: 'True', false: 'False' });
        expect(lines.every((line) => typeof line.text === 'string')).toBe(true);
      }),
    );
  });

  test('with another key, that answer has full marks', () => {
    fc.assert(
      fc.property(withAnswer(questions), ([question, answer]) => {
        const other = withKey(question, answer);
        if (!other || scoreOf(question, answer) === undefined) return;
        // An empty or half answer is no key.
        const whole =
          ('chosen' in answer && answer.chosen.length > 0 && isOne(question, answer)) ||
          (answer.kind === 'short-answer' && /[a-z]/i.test(answer.text)) ||
          answer.kind === 'numeric' ||
          answer.kind === 'ordering' ||
          answer.kind === 'true-false';
        if (whole) expect(scoreOf(other, answer)).toBe(1);
        expect(scoreOf(other, keyOf(other))).toBe(1);
      }),
    );
  });
});

const isOne = (question: Settled, answer: Answer) =>
  !('chosen' in answer) ||
  !('multiple' in question) ||
  question.multiple ||
  new Set(answer.chosen).size === 1;

test('each further right row brings more', () => {
  for (const kind of ['matching', 'sorting', 'matrix'] as const) {
    fc.assert(
      fc.property(settledOf(arbitraryOf(kind)), (question) => {
        const key = keyOf(question);
        const field = { matching: 'pairs', sorting: 'places', matrix: 'cells' }[kind];
        const rows = Object.entries((key as unknown as Record<string, object>)[field]!);
        let before = -1;
        for (let n = 0; n <= rows.length; n++) {
          const some = { kind, [field]: Object.fromEntries(rows.slice(0, n)) } as never;
          const score = scoreOf(question, some)!;
          expect(score).toBeGreaterThan(before);
          before = score;
        }
      }),
    );
  }
});

test('ticking everything never has full marks where something of it is wrong', () => {
  for (const kind of ['choice', 'hotspot'] as const) {
    fc.assert(
      fc.property(settledOf(arbitraryOf(kind)), (question) => {
        const parts = question.kind === 'choice' ? question.choices : [];
        const all = question.kind === 'hotspot' ? question.spots : parts;
        const chosen = all.map((one) => one.id);
        const noneWrong = all.every(({ correct }) => correct);
        expect(scoreOf(question, { kind, chosen }) === 1).toBe(noneWrong);
      }),
    );
  }
});

test('the numbers of a calculated question are the same for a seed, and within what its author allowed', () => {
  fc.assert(
    fc.property(arbitraryOf('calculated'), seed, (question, from) => {
      const one = settled(question, from);
      expect(settled(question, from)).toEqual(one);
      const [part, whole] = one.prompt.match(/[\d.]+/g)!.map(Number);
      expect(part).toBeGreaterThanOrEqual(1);
      expect(part).toBeLessThanOrEqual(50);
      expect((whole! * 2) % 1).toBe(0);
      expect(Number((keyOf(one) as { text: string }).text)).toBeCloseTo((part! / whole!) * 100, 1);
    }),
  );
});

test('any question that is asked can be asked', () => {
  fc.assert(
    fc.property(settledOf(arbitraryQuestion), seed, (question, from) => {
      expect(ask(question, shuffler(from))).toMatchObject({ id: question.id });
    }),
  );
});

test.for([
  ['1250', 1250],
  ['1,250', 1250],
  ['1.250', 1.25],
  ['1,250.5', 1250.5],
  ['1.250,5', 1250.5],
  ['1 250,5', 1250.5],
  ['1\u202f250', 1250],
  ['3,5', 3.5],
  ['0,25', 0.25],
  ['1,250,000', 1250000],
  ['1.250.000', 1250000],
  ['−2', -2],
  ['+7.', 7],
  ['.5', 0.5],
  ['1,2,3', undefined],
  ['12,34.5', undefined],
  ['one', undefined],
  ['', undefined],
  ['1e5', undefined],
  ['--1', undefined],
] as const)('“%s” is read as the number %s', ([text, value]) => {
  expect(parseNumber(text)).toBe(value);
});

test('a number as any of our languages writes it is read as that number', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: -2_000_000, max: 2_000_000 }),
      fc.constantFrom('en', 'fr', 'es', 'de', 'pt', 'id', 'en-IN'),
      (hundredths, language) => {
        const value = hundredths / 100;
        const text = value.toLocaleString(language, { minimumFractionDigits: 2 });
        // Indian groups of two are not thousands elsewhere; a plain number is read in any case.
        if (language === 'en-IN' && Math.abs(value) >= 100_000) return;
        expect(parseNumber(text)).toBe(value);
      },
    ),
  );
});

const words = {
  answers: [
    { accept: ['unfunded mandate', 'Mandat non financé'], credit: 1, feedback: 'Yes.' },
    { accept: ['local * development'], credit: 0.5, feedback: 'Nearly.' },
    { accept: ['cat'], credit: 0, feedback: 'No cat.' },
    { accept: ['rule 42'], credit: 1, feedback: 'Right rule.' },
  ],
  otherwise: 'No.',
  spelling: 'forgiving' as const,
};
test.for([
  ['unfunded mandate', 1, undefined],
  ['  Unfunded-MANDATE. ', 1, undefined],
  ['mandat non finance', 1, undefined],
  ['unfunded mandat', 1, 'unfunded mandate'],
  ['unfundet mandat', 1, 'unfunded mandate'],
  ['unfun mandate', 0, undefined],
  ['local economic development', 0.5, undefined],
  ['Local development', 0.5, undefined],
  ['cat', 0, undefined],
  ['rule 42', 1, undefined],
  ['rule 43', 0, undefined],
] as const)('“%s” is worth %d, read as %s', ([text, score, readAs]) => {
  const reading = read(text, words);
  expect([reading.score, reading.readAs]).toEqual([score, readAs]);
});

test('where spelling must be exact, a slip is a slip', () => {
  expect(read('unfunded mandat', { ...words, spelling: 'exact' }).score).toBe(0);
});

test('marks of scripts in which they are letters are not taken off', () => {
  const nepali = { ...words, answers: [{ accept: ['काम'], credit: 1, feedback: 'Yes.' }] };
  expect(read('काम', nepali).score).toBe(1);
  expect(read('कम', nepali).score).toBe(0);
});

test('a pattern with many stars is read at once, however long the text', () => {
  const stars = { ...words, answers: [{ accept: ['a*'.repeat(40)], credit: 1, feedback: 'Yes.' }] };
  expect(read(`${'a'.repeat(400)}b`, stars).score).toBe(1);
  expect(read('b'.repeat(400), stars).score).toBe(0);
});

test.for([
  ['1 + 2 * 3', 7],
  ['(1 + 2) * 3', 9],
  ['2 ^ 3 ^ 2', 512],
  ['0 - (2 ^ 2)', -4],
  ['2 ^ -1', 0.5],
  ['8 - 3 - 2', 3],
  ['round(2.345, 2)', 2.35],
  ['min(3, 1, 2) + max(x, 10)', 11],
  ['sqrt(abs(-16))', 4],
  ['(local / total) / (all / nation)', 2],
  ['1 / 0', Infinity],
  ['missing', NaN],
] as const)('the formula %s comes to %d', ([formula, value]) => {
  const given = { x: 4, local: 20, total: 100, all: 1000, nation: 10_000 };
  expect(compile(formula)(given)).toBe(value);
});

test.for([
  'constructor.constructor("return 1")()',
  'x[y]',
  'x["y"]',
  'alert(1)',
  '"text"',
  'x = 1',
  '[1, 2]',
  '1; 2',
  'a b',
  '`a`',
  'x ? 1 : 2',
  'this',
  'toString(1)',
  '__proto__(1)',
  '',
  '1 +',
  '-2 ^ 2',
])('the formula %s is refused with a sentence', (formula) => {
  expect(() => compile(formula)).toThrow(/^".*" (holds|is no formula)/s);
});
