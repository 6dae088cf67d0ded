import { expect, test } from 'vitest';
import { marketDay } from '../../../tests/support/scenarios.ts';
import { type Played, contrast, heatOf, questionsFor, resultsOf } from './class.ts';
import { isOver, replay, worldOf } from './engine.ts';

const world = worldOf(marketDay);
const production = { scenario: marketDay, world };
const played = (...rounds: string[][]): Played => {
  const picks = rounds.map((one) => one.map((decision) => ({ decision })));
  const states = replay(world, 1, picks);
  return { rounds: picks, states, production, over: isOver(world, states.at(-1)!) };
};
const open = played(['open_books'], ['roof'], ['savings']);
const walled = played(['wall'], [], []);
const begun = played(['open_books', 'wall']);

test('each decision is counted in the round in which it was taken', () => {
  const rows = heatOf([open, walled, begun], 3);
  expect(rows.map(({ decision, counts }) => [decision, counts])).toEqual([
    ['open_books', [2, 0, 0]],
    ['wall', [2, 0, 0]],
    ['roof', [0, 1, 0]],
    ['savings', [0, 0, 1]],
  ]);
});

test('a run that was not played to the end has no result', () => {
  expect(resultsOf([open, begun, walled]).map(({ at }) => at)).toEqual([0, 2]);
});

test('the runs set side by side are those that ended differently', () => {
  const again = played(['open_books'], ['roof'], []);
  const pair = contrast(resultsOf([open, again, walled]))!;
  expect(pair.map(({ at }) => at)).toContain(2);
  expect(contrast(resultsOf([open]))).toBeUndefined();
});

test('a question about what only some did comes before those that always fit', () => {
  const questions = questionsFor(production, [open, walled]);
  expect(questions).toHaveLength(3);
  expect(questions[0]).toEqual({ text: 'Whom did the wall keep out?', runs: 1 });
  // Where nobody built it, nobody is asked about it.
  expect(questionsFor(production, [open]).map(({ text }) => text)).not.toContain(
    'Whom did the wall keep out?',
  );
});
