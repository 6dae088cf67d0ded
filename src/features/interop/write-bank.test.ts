import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { GradedBank, PracticeBank, Question } from '#features/questions/question.ts';
import { bankYaml } from './write-bank.ts';

const choice = Question.parse({
  id: 'fair-price',
  kind: 'choice',
  outcome: 'explain-prices',
  prompt: 'Who sets a fair price?',
  choices: [
    { id: 'both', text: 'Buyers and sellers', correct: true, feedback: 'They agree on it.' },
    { id: 'mayor', text: 'The mayor: alone', feedback: 'No.' },
  ],
});
const matching = Question.parse({
  id: 'who-acts',
  kind: 'matching',
  outcome: 'explain-prices',
  difficulty: 'hard',
  prompt: 'Who does what?\n\n- one\n- two',
  options: [
    { id: 'council', text: 'Council' },
    { id: 'firm', text: 'Firm' },
  ],
  rows: [
    { id: 'roads', text: 'Roads', match: 'council', feedback: 'Yes.' },
    { id: 'goods', text: 'Goods', match: 'firm', feedback: 'Yes.' },
  ],
  hints: ['Think of duties.'],
});

test('a bank reads as an author writes it, without what goes without saying', () => {
  const text = bankYaml({ title: 'Prices', questions: [choice, matching], figures: {} });
  expect(text).toBe(`# Prices

questions:
  - id: fair-price
    kind: choice
    outcome: explain-prices
    prompt: Who sets a fair price?
    choices:
      - id: both
        text: Buyers and sellers
        correct: true
        feedback: They agree on it.
      - id: mayor
        text: 'The mayor: alone'
        feedback: No.

  - id: who-acts
    kind: matching
    outcome: explain-prices
    difficulty: hard
    prompt: |-
      Who does what?

      - one
      - two
    options:
      - { id: council, text: Council }
      - { id: firm, text: Firm }
    rows:
      - id: roads
        text: Roads
        match: council
        feedback: Yes.
      - id: goods
        text: Goods
        match: firm
        feedback: Yes.
    hints:
      - Think of duties.
`);
  expect(PracticeBank.parse(parse(text)).questions).toEqual([choice, matching]);
});

test('a graded bank has a title and settings to begin with', () => {
  const text = bankYaml({ title: 'Prices', questions: [choice, matching], figures: {} }, 'graded');
  expect(GradedBank.parse(parse(text))).toMatchObject({
    title: 'Prices',
    draw: 2,
    questions: [choice, matching],
  });
});

test('whatever words a question has, the file holds them', () => {
  const words = fc.string({ minLength: 1, unit: 'grapheme' }).filter((one) => one.trim() !== '');
  fc.assert(
    fc.property(words, words, (prompt, feedback) => {
      const question = Question.parse({ ...choice, prompt, explanation: feedback });
      const text = bankYaml({ title: prompt, questions: [question], figures: {} });
      expect(PracticeBank.parse(parse(text)).questions).toEqual([question]);
    }),
  );
});

test('our own banks come out as they went in', () => {
  for (const file of [
    '01-relevance/duties.practice.yaml',
    '02-what-is-led/features.practice.yaml',
  ]) {
    const bank = PracticeBank.parse(parse(readFileSync(`courses/sensitizing/en/${file}`, 'utf8')));
    const text = bankYaml({ title: '', questions: bank.questions, figures: {} });
    expect(PracticeBank.parse(parse(text)).questions).toEqual(bank.questions);
  }
});
