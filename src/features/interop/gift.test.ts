import { expect, test } from 'vitest';
import { Question } from '#features/questions/question.ts';
import { exportGift, importGift } from './gift.server.ts';

const options = { outcome: 'general', noFeedback: { right: 'Yes.', wrong: 'No.' } };

function read(text: string) {
  const result = importGift(text, options);
  if (!result.ok) throw new Error(JSON.stringify(result.faults));
  return result.imported;
}
function only(text: string): Question {
  const { exchange, losses } = read(text);
  if (exchange.questions.length !== 1) throw new Error(JSON.stringify(losses));
  return exchange.questions[0]!;
}
const lossesOf = (text: string) => read(text).losses.map(({ what }) => what);

test('a choice has its title, weights, feedback and what is said in general', () => {
  expect(
    only(`::Fair prices::[markdown]Who sets a *fair* price?{
  =Buyers and sellers # They agree on it.
  ~%50%Sellers alone # Half of it.
  ~The mayor
  #### Prices carry news.
}`),
  ).toMatchObject({
    id: 'fair-prices',
    kind: 'choice',
    outcome: 'general',
    multiple: false,
    prompt: 'Who sets a *fair* price?',
    explanation: 'Prices carry news.',
    choices: [
      {
        id: 'buyers-and-sellers',
        text: 'Buyers and sellers',
        correct: true,
        feedback: 'They agree on it.',
      },
      { id: 'sellers-alone', correct: false, credit: 0.5, feedback: 'Half of it.' },
      { id: 'the-mayor', correct: false, feedback: 'No.' },
    ],
  });
});

test('without a key sign several may be chosen; other weights than ours are told', () => {
  const even = `Which are local?{ ~%50%Soil ~%50%Skill ~%-50%World price }`;
  expect(only(even)).toMatchObject({
    kind: 'choice',
    multiple: true,
    choices: [{ correct: true }, { correct: true }, { correct: false }],
  });
  expect(lossesOf(even)).toEqual([expect.stringContaining('no feedback of its own')]);
  const harsh = `Which are local?{ ~%50%Soil#a ~%50%Skill#b ~%-100%World price#c }`;
  expect(lossesOf(harsh)).toEqual([expect.stringContaining('weights of their own')]);
});

test.for([
  ['{T}', true, 'Yes.', 'No.'],
  ['{FALSE#It does.#Right, it does not.}', false, 'It does.', 'Right, it does not.'],
  ['{TRUE#You missed it.#Well seen.####In short.}', true, 'Well seen.', 'You missed it.'],
  ['{T##Well seen.}', true, 'Well seen.', 'No.'],
] as const)('true or false: %s', ([answer, key, ifTrue, ifFalse]) => {
  expect(only(`LED needs a territory.${answer}`)).toMatchObject({
    kind: 'true-false',
    answer: key,
    feedback: { true: ifTrue, false: ifFalse },
  });
});

test('a short answer: words, weights, and what is said to all others', () => {
  const text = `::Who::Who owns the process?{
  =local actors#Yes, they do.
  =the local actors#Yes, they do.
  =%50%the council#In part.
  =%0%*#Think of those who live there.
}`;
  expect(only(text)).toMatchObject({
    kind: 'short-answer',
    spelling: 'exact',
    answers: [
      { accept: ['local actors', 'the local actors'], credit: 1, feedback: 'Yes, they do.' },
      { accept: ['the council'], credit: 0.5, feedback: 'In part.' },
    ],
    otherwise: 'Think of those who live there.',
  });
  expect(lossesOf(text)).toEqual([]);
  expect(only('Who owns it?{actors}')).toMatchObject({ answers: [{ accept: ['actors'] }] });
});

test.for([
  ['{#5}', [{ value: 5, tolerance: 0, credit: 1 }]],
  ['{#3.14:0.01}', [{ value: 3.14, tolerance: 0.01 }]],
  ['{#3.1..3.3}', [{ value: 3.2, tolerance: expect.closeTo(0.1, 9) as number }]],
  ['{# = -2 : 0.5 #Good. }', [{ value: -2, tolerance: 0.5, feedback: 'Good.' }]],
  ['{#1.5E3:1e-2}', [{ value: 1500, tolerance: 0.01 }]],
  [
    '{#\n=1822:0#Exact.\n=%50%1822:2#Near.\n~#Look it up.\n}',
    [
      { value: 1822, tolerance: 0, credit: 1, feedback: 'Exact.' },
      { value: 1822, tolerance: 2, credit: 0.5, feedback: 'Near.' },
    ],
  ],
] as const)('a number: %s', ([answer, answers]) => {
  expect(only(`How many?${answer}`)).toMatchObject({ kind: 'numeric', answers });
});

test('what is said to any other number is kept', () => {
  expect(only('How many?{#3:2~#Far off.}')).toMatchObject({ otherwise: 'Far off.' });
});

test('matching, with one answer too many', () => {
  expect(
    only(`Who does what?{
  =[html]Builds <b>roads</b> -> Council
  =Sells bread -> Baker
  =Bakes -> Baker
  = -> Union \\: all
}`),
  ).toMatchObject({
    kind: 'matching',
    options: [
      { id: 'council', text: 'Council' },
      { id: 'baker', text: 'Baker' },
      { id: 'union-all', text: 'Union : all' },
    ],
    rows: [
      { text: 'Builds **roads**', match: 'council' },
      { text: 'Sells bread', match: 'baker' },
      { text: 'Bakes', match: 'baker' },
    ],
  });
});

test('a missing word leaves a blank in the question', () => {
  expect(only('LED builds on {=local ~foreign} strengths.')).toMatchObject({
    kind: 'choice',
    prompt: expect.stringMatching(/^LED builds on \S+ strengths\.$/) as string,
  });
  expect(only('Two and two make {=four =4}.')).toMatchObject({
    kind: 'short-answer',
    prompt: expect.stringMatching(/^Two and two make \S+\.$/) as string,
  });
});

test('an essay gets what ours need, and that is told', () => {
  const text = '::Your town::What would you change? {####Think of jobs.}';
  expect(only(text)).toMatchObject({
    kind: 'open-response',
    rubric: [{ id: 'criterion', points: 1 }],
    explanation: 'Think of jobs.',
  });
  expect(lossesOf(text)).toEqual([
    expect.stringContaining('no model answer'),
    expect.stringContaining('no rubric'),
  ]);
});

test('ordering questions as Moodle 4.4 writes them', () => {
  const text = `::Steps::[markdown]Put in order.{>0 ALL VERTICAL RELATIVE_NEXT_EXCLUDE_LAST SHOW none
Meet \\: talk
Plan
Act
}`;
  expect(only(text)).toMatchObject({
    kind: 'ordering',
    items: [{ id: 'meet-talk', text: 'Meet : talk' }, { text: 'Plan' }, { text: 'Act' }],
  });
  const other = text.replace('ALL VERTICAL RELATIVE_NEXT_EXCLUDE_LAST', 'RANDOM VERTICAL ABSOLUTE');
  expect(lossesOf(other)).toEqual([
    expect.stringContaining('some of its items'),
    expect.stringContaining('another way'),
    expect.stringContaining('no feedback'),
  ]);
});

test('formats: HTML, plain words and Markdown all become Markdown', () => {
  const question = only(
    '[html]<p>One &amp; <em>two</em></p>\\n<ul><li>a</li></ul>{=[plain]2 * 3 * 4#[markdown]*so* ~CO<sub>2</sub>#x}',
  );
  expect(question).toMatchObject({
    prompt: 'One & *two*\n\n- a',
    choices: [
      { text: expect.stringContaining('2 \\* 3') as string, feedback: '*so*' },
      { text: 'CO₂' },
    ],
  });
});

test('escaped signs are signs, and signs that can mean nothing need no escape', () => {
  expect(only('Which is 5\\: \\{x\\}?{ = \\= 2 + 3 #\\~ \\# ~ \\\\ }')).toMatchObject({
    prompt: 'Which is 5: {x}?',
    // As Markdown, where some of them have a meaning again.
    choices: [{ text: '\\= 2 + 3', feedback: '\\~ #' }, { text: '\\\\' }],
  });
  expect(
    only(
      'At 10:30, is 2+2=4 & C# better? See http://example.org {=a: b -> c#See: #1. ~{no'.concat(
        '}',
      ),
    ),
  ).toMatchObject({
    prompt: 'At 10:30, is 2+2=4 & C# better? See http://example.org',
    choices: [{ text: 'a: b -> c', feedback: 'See: #1.' }, { text: '{no' }],
  });
});

test('comments are skipped, ids and tags in them are read', () => {
  const text = `// A comment
// [id:my-question] [tag:outcome:define-led] [tag:difficulty:hard] [tag:spring \\] 26]
::Any name::Yes?{
  // in between
  =Yes#a
  ~No#b
}`;
  expect(only(text)).toMatchObject({
    id: 'my-question',
    outcome: 'define-led',
    difficulty: 'hard',
  });
  expect(lossesOf(text)).toEqual(['The tag "spring ] 26" has no place here.']);
});

test('the first category with a question is the title; others are told', () => {
  const { exchange, losses } = read(`$CATEGORY: $course$/top

$CATEGORY: $course$/top/Work // pay
One?{=a#a ~b#b}

$CATEGORY: $course$/top/Land

Two?{=a#a ~b#b}

Three?{=a#a ~b#b}
`);
  expect(exchange.title).toBe('Work / pay');
  expect(exchange.questions).toHaveLength(3);
  expect(losses).toEqual([
    { question: 'Land', line: 6, what: expect.stringContaining('category of its own') as string },
  ]);
});

test('what we can not hold is left out and told by line', () => {
  const { exchange, losses } = read(`
Only a text to read.

::Two keys::Which?{=a#x =%100%b#y ~c#z}

::No key::Which?{~%50%a#x ~%-50%b#y =%50%c#z}

::Fine::Which?{=a#x ~b#y}`);
  expect(exchange.questions.map(({ id }) => id)).toEqual(['fine']);
  expect(losses).toEqual([
    {
      question: 'only-a-text-to-read',
      line: 2,
      what: expect.stringMatching(/^Left out: .*text/) as string,
    },
    { question: 'Two keys', line: 4, what: expect.stringMatching(/^Left out: several/) as string },
    { question: 'No key', line: 6, what: expect.stringMatching(/^Left out: no answer/) as string },
  ]);
});

test('ids are lasting words, each once', () => {
  const { exchange } = read('::Q::x?{T}\n\n::Q::x?{T}\n\n::كم؟::x?{T}\n\nCafé Léo, where?{T}');
  expect(exchange.questions.map(({ id }) => id)).toEqual([
    'q',
    'q-2',
    'question',
    'cafe-leo-where',
  ]);
});

test.for([
  ['an answer that does not end', 'Fine?{T}\n\n// x\nWhich?\n{\n=a\n~b\n', 5, /no } ends them/],
  ['a brace too many', 'Fine?{T}\n\nWhich }?', 3, /no \{ before it/],
  ['a wrong weight', 'Which?{\n=a\n// x\n~%abc%b\n}', 4, /"~%abc%b"/],
  ['a number that is none', 'Fine?{T}\n\nHow many?{\n#five\n}', 4, /Numbers are written as/],
  ['an empty answer', 'Which?{\n=\n~b}', 2, /Answers begin with/],
  ['nothing at all', '\n// only a comment\n', 1, /no question in this file/],
] as const)('%s is a fault by line, and nothing is imported', ([, text, line, message]) => {
  expect(importGift(text, options)).toEqual({
    ok: false,
    faults: [{ line, message: expect.stringMatching(message) as string }],
  });
});

test('all faults are told at once', () => {
  const result = importGift('One {\n\nTwo?{T}\n\nThree }', options);
  expect(!result.ok && result.faults.map(({ line }) => line)).toEqual([1, 5]);
});

test('what GIFT can not hold is told on the way out', () => {
  const hotspot = Question.parse({
    id: 'where',
    outcome: 'general',
    kind: 'hotspot',
    prompt: 'Where?',
    figure: 'map',
    spots: [
      { id: 'a', text: 'A', x: 1, y: 1, correct: true, feedback: 'Yes.' },
      { id: 'b', text: 'B', x: 2, y: 2, feedback: 'No.' },
    ],
  });
  const truth = Question.parse({
    id: 'truth',
    outcome: 'general',
    kind: 'true-false',
    prompt: 'A [cluster](term:cluster) is a place.',
    figure: 'map',
    hints: ['Think.'],
    reread: 'clusters#what',
    answer: true,
    feedback: { true: 'Yes.', false: 'No.' },
  });
  const { losses, file } = exportGift({
    title: 'A title',
    questions: [hotspot, truth],
    figures: {},
  });
  expect(losses).toEqual([
    { question: 'where', what: expect.stringMatching(/^Left out: .*hotspot/) as string },
    { question: 'truth', what: expect.stringContaining('glossary') as string },
    { question: 'truth', what: expect.stringContaining('read again') as string },
    { question: 'truth', what: expect.stringContaining('hints') as string },
    { question: 'truth', what: expect.stringContaining('"map"') as string },
  ]);
  expect(file).toMatchObject({ name: 'a-title.gift', type: 'text/plain' });
  expect(new TextDecoder().decode(file.body)).toBe(`$CATEGORY: A title

// [id:truth] [tag:outcome:general] [tag:difficulty:medium]
// led-campus: {"reread":"clusters#what","hints":["Think."]}
::truth::[markdown]A cluster is a place.{TRUE#No.#Yes.}
`);
});

test('links that run code, images and HTML do not come in', () => {
  const { exchange, losses } = read(
    '[markdown][here](javascript\\:alert) ![map](x.png) <b>now</b>?{=[html]<a href\\="javascript\\:x">go</a><script>x</script>#a ~b#b}',
  );
  const [question] = exchange.questions;
  expect(JSON.stringify(question)).not.toMatch(/javascript|script|x\.png|<b>/);
  const told = losses.map(({ what }) => what).join(' ');
  for (const what of ['HTML within', 'image "map"', 'javascript:alert', 'javascript:x']) {
    expect(told).toContain(what);
  }
});
