import { expect, test } from 'vitest';
import { seedOf, shuffler } from '#features/questions/shuffle.ts';
import { draw } from './draw.ts';
import { GradedBank } from '#features/questions/question.ts';

const bank = GradedBank.parse({
  title: 'Check',
  draw: 3,
  pass: 0.75,
  attempts: 2,
  questions: ['p', 'q', 'r', 's', 't'].map((id) => ({
    id,
    kind: 'ordering',
    outcome: 'o',
    prompt: id,
    items: ['a', 'b', 'c'].map((item) => ({ id: item, text: item })),
    feedback: { right: 'Yes.', wrong: 'No.' },
  })),
});

test('the same seed draws the same attempt, on any device and any day', () => {
  expect(draw(bank, 42)).toEqual(draw(bank, 42));
  // Written down: an attempt of last year must look the same next year.
  expect(draw(bank, 42).map(({ question }) => question.id)).toMatchInlineSnapshot(`
    [
      "s",
      "t",
      "r",
    ]
  `);
});

test('an attempt has as many different questions as the bank says', () => {
  for (let seed = 0; seed < 50; seed++) {
    expect(new Set(draw(bank, seed).map(({ question }) => question.id)).size).toBe(3);
  }
});

test('every question, and every order of items, comes up', () => {
  const questions = new Set<string>();
  const orders = new Set<string>();
  for (let seed = 0; seed < 300; seed++) {
    for (const { asked: question } of draw(bank, seed)) {
      questions.add(question.id);
      if (question.kind === 'ordering') orders.add(question.items.map(({ id }) => id).join(''));
    }
  }
  expect(questions.size).toBe(5);
  expect(orders.size).toBe(6);
});

test('shuffling loses nothing', () => {
  const list = [1, 2, 3, 4, 5, 6, 7];
  expect(shuffler(seedOf('a text'))(list).sort()).toEqual(list);
});
