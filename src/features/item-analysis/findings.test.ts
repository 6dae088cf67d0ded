import { expect, test } from 'vitest';
import { findingsOf, isReversed } from './findings.ts';
import { type Taken, statisticsOf } from './statistics.ts';

/** So many learners; question `q` as told, and a second question that ranks them. */
const group = (
  count: number,
  q: (at: number) => { mark: number; part: string; sure?: 1 | 2 | 3 },
): Taken[] =>
  Array.from({ length: count }, (_, at) => {
    const { mark, part, sure } = q(at);
    return {
      learner: `l${String(at).padStart(3, '0')}`,
      marks: { q: mark, rank: 1 - at / count },
      given: { q: [part] },
      certainty: sure ? { q: sure } : {},
    };
  });
const parts = (id: string) => (id === 'q' ? { key: ['a'], all: ['a', 'b', 'c'] } : undefined);
const find = (attempts: Taken[]) => findingsOf(statisticsOf(attempts, ['q', 'rank']), parts);

test('of fewer than five attempts nothing is said but that they are too few', () => {
  expect(find(group(4, () => ({ mark: 0, part: 'c' })))).toEqual([{ kind: 'too-few', n: 4 }]);
});

test('from a few attempts, what is said is called first signs', () => {
  expect(find(group(9, (at) => ({ mark: at % 2, part: at % 2 ? 'a' : 'b' })))[0]).toEqual({
    kind: 'first-signs',
    n: 9,
  });
});

test('a wrong choice that most of the best learners make is named first', () => {
  const attempts = group(27, (at) => (at < 7 ? { mark: 0, part: 'c' } : { mark: 1, part: 'a' }));
  expect(find(attempts).slice(0, 2)).toMatchObject([
    { kind: 'misleads-best', question: 'q', part: 'c', chose: 7, of: 9 },
    { kind: 'wrong-way-round', question: 'q' },
  ]);
});

test('the right choice of the best learners is no fault', () => {
  const attempts = group(27, (at) => (at < 15 ? { mark: 1, part: 'a' } : { mark: 0, part: 'b' }));
  expect(find(attempts).map(({ kind }) => kind)).toEqual(['never-chosen', 'reliable']);
});

test('many who were sure and wrong are a belief to talk about', () => {
  const attempts = group(20, (at) =>
    at % 2 ? { mark: 1, part: 'a', sure: 1 } : { mark: 0, part: 'b', sure: 3 },
  );
  expect(find(attempts)).toContainEqual({
    kind: 'sure-and-wrong',
    question: 'q',
    sure: 10,
    of: 10,
  });
});

test('too hard, too easy, and what nobody chooses are told', () => {
  const hard = group(20, (at) => (at === 0 ? { mark: 1, part: 'a' } : { mark: 0, part: 'b' }));
  expect(find(hard)).toContainEqual({ kind: 'too-hard', question: 'q', facility: 0.05 });
  const easy = group(30, () => ({ mark: 1, part: 'a' }));
  expect(find(easy)).toContainEqual({ kind: 'too-easy', question: 'q', facility: 1 });
  expect(find(easy)).toContainEqual({
    kind: 'never-chosen',
    question: 'q',
    parts: ['b', 'c'],
  });
});

test('how dependable the whole is comes last', () => {
  const agreeing = group(40, (at) =>
    at < 20 ? { mark: 1, part: 'a' } : { mark: 0, part: at % 2 ? 'b' : 'c' },
  );
  expect(find(agreeing).at(-1)).toMatchObject({ kind: 'reliable' });
  const noise = group(40, (at) =>
    at % 2 ? { mark: 1, part: 'a' } : { mark: 0, part: at % 4 ? 'b' : 'c' },
  );
  expect(find(noise).at(-1)).toMatchObject({ kind: 'unreliable' });
});

test('a wrong choice that more of the best make than the right one is named', () => {
  const parted = group(27, (at) => {
    if (at < 4) return { mark: 0, part: 'c' };
    return at < 7 ? { mark: 0, part: 'b' } : { mark: 1, part: 'a' };
  });
  expect(find(parted)).toContainEqual({
    kind: 'misleads-best',
    question: 'q',
    part: 'c',
    chose: 4,
    of: 9,
  });
});

test('a slight turn that chance may have made is not called the wrong way round', () => {
  const item = {
    question: 'q',
    facility: 0.5,
    deviation: 0.5,
    third: 7,
    given: [],
    calibration: [],
  };
  expect(isReversed({ ...item, count: 20, discrimination: -0.3 })).toBe(false);
  expect(isReversed({ ...item, count: 200, discrimination: -0.3 })).toBe(true);
  expect(isReversed({ ...item, count: 200, discrimination: -0.06 })).toBe(false);
});

test('half a mark each, given by all who were sure, is counted by heads', () => {
  const attempts = group(10, () => ({ mark: 0.4, part: 'b', sure: 3 }));
  expect(find(attempts)).toContainEqual({
    kind: 'sure-and-wrong',
    question: 'q',
    sure: 10,
    of: 10,
  });
});

test('pairs of rows that nobody made are no finding', () => {
  const attempts = group(20, (at) => ({ mark: at % 2, part: at % 2 ? 'r=a' : 'r=b' }));
  const rows = () => ({ key: ['r=a'], all: ['r=a', 'r=b', 'r=c'] });
  const kinds = findingsOf(statisticsOf(attempts, ['q']), rows).map(({ kind }) => kind);
  expect(kinds).not.toContain('never-chosen');
});
