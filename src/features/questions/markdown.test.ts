import { expect, test } from 'vitest';
import { rendered, termsIn, toHtml, unmarked } from './markdown.server.ts';
import { Question } from './question.ts';

const terms = { 'decent-work': { term: 'decent work', definition: 'Work that is <fair> & safe.' } };

test('one paragraph comes without its tags, several keep theirs', () => {
  expect(toHtml('Some **bold** words.')).toBe('Some <strong>bold</strong> words.');
  expect(toHtml('One.\n\nTwo.')).toBe('<p>One.</p>\n<p>Two.</p>');
  expect(toHtml('- a\n- b')).toContain('<li>a</li>');
});

test.for([
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  'before <b onclick="x()">bold</b>',
  '[go](javascript:alert(1))',
  '[go](JaVaScRiPt:alert(1))',
  '[go](data:text/html,x)',
  '[go](//evil.example/x)',
])('%s brings no markup and no script of its own', (text) => {
  expect(toHtml(text)).not.toMatch(/<script|<img|onclick|onerror|javascript:|data:|evil\.example/i);
});

test('a term opens its entry, under a name that no other has', () => {
  const html = toHtml('What is [decent work](term:decent-work)?', terms);
  expect(html).toMatch(
    /<button type="button" class="term" popovertarget="(term-\d+-1)">decent work/,
  );
  expect(html).toContain('Work that is &#x3C;fair> &#x26; safe.');
  const [, card] = /popovertarget="([^"]+)"/.exec(html)!;
  expect(html).toContain(`id="${card!}"`);
  expect(toHtml('And [decent work](term:decent-work)?', terms)).not.toContain(card);
  expect(toHtml('[nothing](term:unknown)', terms)).toBe('<em>nothing</em>');
});

const question = Question.parse({
  id: 'q',
  kind: 'gaps',
  outcome: 'o',
  prompt: 'Fill in *this* and [that](term:decent-work).',
  text: 'A **bold** {one} stands\nhere.\n\nA {two} there.',
  hints: ['A *hint*.'],
  gaps: [
    { id: 'one', answers: [{ accept: ['*star*'], feedback: '*Yes.*' }], otherwise: '*No.*' },
    {
      id: 'two',
      options: [
        { id: 'a', text: '*plain*', correct: true, feedback: '*Yes.*' },
        { id: 'b', text: 'b', feedback: '*No.*' },
      ],
    },
  ],
});

test('every text of a question is made HTML, and no id, label or accepted word is touched', () => {
  const html = rendered(question, terms);
  if (html.kind !== 'gaps') throw new Error('not gaps');
  expect(html.prompt).toContain('<em>this</em>');
  expect(html.hints).toEqual(['A <em>hint</em>.']);
  expect(html.text).toBe('A <strong>bold</strong> {one} stands\nhere.\n\nA {two} there.');
  expect(html.gaps[0]).toMatchObject({
    answers: [{ accept: ['*star*'], feedback: '<em>Yes.</em>' }],
    otherwise: '<em>No.</em>',
  });
  expect(html.gaps[1]).toMatchObject({ options: [{ text: '*plain*' }, { text: 'b' }] });
});

test('in plain words the marks are gone', () => {
  const plain = unmarked(question);
  expect(plain.prompt).toBe('Fill in this and that.');
  expect(plain.hints).toEqual(['A hint.']);
});

test('the terms of a question are found wherever its texts stand', () => {
  expect(termsIn(question)).toEqual(['decent-work']);
});
