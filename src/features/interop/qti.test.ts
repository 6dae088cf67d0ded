import fc from 'fast-check';
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { grade, settled } from '#features/questions/questions.ts';
import { answersTo, mapped, questionsByKind, rounded } from '../../../tests/support/exchanged.ts';
import { arbitraryAnswer, arbitraryOf } from '../../../tests/support/questions.ts';
import { importQti } from './qti-import.server.ts';
import { exportQti } from './qti.server.ts';
import { readXml } from '#platform/xml.ts';

const options = { outcome: 'lost' };
const map = '<svg viewBox="0 0 360 240"><title>Map</title><desc>A map.</desc></svg>';
const figures = { map };
const imported = (file: Uint8Array) => {
  const result = importQti(file, options);
  if (!result.ok) throw new Error(JSON.stringify(result.faults));
  return result.imported;
};
/** The same package as another program would have written it: without what only we read. */
const foreign = (file: Uint8Array) =>
  zipSync(
    Object.fromEntries(
      Object.entries(unzipSync(file)).map(([name, body]) => [
        name,
        strToU8(strFromU8(body).replace(/<!-- led-campus:.*?-->\n/s, '')),
      ]),
    ),
  );
const samples = {
  ...questionsByKind,
  hotspot: arbitraryOf('hotspot'),
  budget: arbitraryOf('budget'),
};

describe.for(Object.entries(samples))('a %s question', ([kind, questions]) => {
  test('that went to QTI and back is the same, in a package of well-formed XML', () => {
    fc.assert(
      fc.property(questions, (question) => {
        const out = exportQti({ title: 'Jobs / places', questions: [question], figures });
        const files = unzipSync(out.file.body);
        for (const [name, body] of Object.entries(files)) {
          if (name.endsWith('.xml'))
            expect(readXml(strFromU8(body)), name).not.toBeInstanceOf(Array);
        }
        const left = out.losses.some(({ what }) => what.startsWith('Left out'));
        if (left) {
          expect(Object.keys(files).filter((name) => name.startsWith('items/'))).toEqual([]);
          expect(importQti(out.file.body, options).ok).toBe(false);
          return;
        }
        const { exchange, losses } = imported(out.file.body);
        expect(losses).toEqual([]);
        expect(exchange.title).toBe('Jobs / places');
        expect(exchange.questions).toEqual([question]);
      }),
      { numRuns: 40 },
    );
  });

  // What QTI itself can say: rows and ticks, typed words as they are accepted, numbers.
  const holds = ['choice', 'true-false', 'matching', 'sorting', 'matrix', 'ordering', 'hotspot'];
  if (!holds.includes(kind)) return;
  test('read from its QTI alone marks every answer as before', { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(questions, fc.integer(), (question, seed) => {
        const out = exportQti({ title: 'T', questions: [question], figures });
        const { exchange } = imported(foreign(out.file.body));
        const [again] = exchange.questions;
        const [before, after] = [settled(question, 1), settled(again!, 1)];
        const answers = kind === 'hotspot' ? arbitraryAnswer(before) : answersTo(before);
        for (const answer of fc.sample(answers, { seed, numRuns: 20 })) {
          const same = renamed(answer, after.kind);
          expect(rounded(grade(after, same))).toEqual(rounded(grade(before, answer)));
        }
      }),
      { numRuns: 40 },
    );
  });
});

/** Rows of any kind come back as matching, true and false as a choice: the same answer in that kind. */
function renamed(answer: ReturnType<typeof mapped>, kind: string): ReturnType<typeof mapped> {
  if (kind === 'matching' && answer.kind === 'sorting') {
    return { kind: 'matching', pairs: answer.places };
  }
  if (kind === 'matching' && answer.kind === 'matrix') {
    return { kind: 'matching', pairs: answer.cells };
  }
  if (kind === 'choice' && answer.kind === 'true-false') {
    return { kind: 'choice', chosen: [String(answer.value)] };
  }
  return answer;
}

test.for([
  ['a code block with a sign for its language', '~~~ <- "'],
  ['a link with a sign in its title', '[here](/there "a < b")'],
])('%s goes into well-formed XML', ([, prompt]) => {
  const [question] = fc.sample(questionsByKind['true-false']!, { seed: 1, numRuns: 1 });
  const out = exportQti({ title: 'T', questions: [{ ...question!, prompt: prompt! }], figures });
  const body = unzipSync(out.file.body)[`items/${question!.id}.xml`]!;
  expect(readXml(strFromU8(body))).not.toBeInstanceOf(Array);
});

test('an item that somebody has changed since is read as it is now', () => {
  const [question] = fc.sample(questionsByKind['true-false']!, { seed: 1, numRuns: 1 });
  const out = exportQti({ title: 'T', questions: [question!], figures });
  const files = unzipSync(out.file.body);
  const name = `items/${question!.id}.xml`;
  files[name] = strToU8(
    strFromU8(files[name]!).replace(
      /<qti-prompt>.*<\/qti-prompt>/s,
      '<qti-prompt>New words</qti-prompt>',
    ),
  );
  const { exchange } = imported(zipSync(files));
  expect(exchange.questions[0]).toMatchObject({ kind: 'choice', prompt: 'New words' });
});

const item = (declarations: string, body: string, more = '') => `<?xml version="1.0"?>
<qti-assessment-item xmlns="http://www.imsglobal.org/xsd/imsqtiasi_v3p0" identifier="sample-one" title="Sample one">
${declarations}
<qti-item-body>${body}</qti-item-body>${more}
</qti-assessment-item>`;
const declaration = (type: string, values: string[], mapping = '', id = 'RESPONSE') =>
  `<qti-response-declaration identifier="${id}" ${type}><qti-correct-response>${values
    .map((value) => `<qti-value>${value}</qti-value>`)
    .join('')}</qti-correct-response>${mapping}</qti-response-declaration>`;
const template = (name: string) =>
  `<qti-response-processing template="https://purl.imsglobal.org/spec/qti/v3p0/rptemplates/${name}.xml"/>`;
const single = 'cardinality="single" base-type="identifier"';
const multiple = 'cardinality="multiple" base-type="identifier"';
const pairs = 'cardinality="multiple" base-type="directedPair"';
const text = 'cardinality="single" base-type="string"';
const one = (xml: string) => {
  const { exchange, losses } = imported(strToU8(xml));
  return { question: exchange.questions[0], losses: losses.map(({ what }) => what) };
};

test('a choice of one, with words before it and feedback of its own', () => {
  const { question, losses } = one(
    item(
      declaration(single, ['B']),
      `<p>Read <b>this</b>.</p><qti-choice-interaction response-identifier="RESPONSE" shuffle="true" max-choices="1">
        <qti-prompt>Which?</qti-prompt>
        <qti-simple-choice identifier="A">First<qti-feedback-inline outcome-identifier="F" show-hide="show" identifier="A">Not A.</qti-feedback-inline></qti-simple-choice>
        <qti-simple-choice identifier="B">Second</qti-simple-choice></qti-choice-interaction>`,
      `${template('match_correct')}<qti-modal-feedback outcome-identifier="F" show-hide="show" identifier="B"><qti-content-body><p>Yes, B.</p></qti-content-body></qti-modal-feedback>`,
    ),
  );
  expect(question).toMatchObject({
    kind: 'choice',
    id: 'sample-one',
    outcome: 'lost',
    multiple: false,
    prompt: 'Read **this**.\n\nWhich?',
    choices: [
      { text: 'First', correct: false, feedback: 'Not A.' },
      { text: 'Second', correct: true, feedback: 'Yes, B.' },
    ],
  });
  expect(losses).toEqual([]);
});

test('several right, marked all or nothing there: the difference is told', () => {
  const { question, losses } = one(
    item(
      declaration(multiple, ['H', 'O']),
      `<qti-choice-interaction response-identifier="RESPONSE" shuffle="true" max-choices="0"><qti-prompt>Which?</qti-prompt>
        ${['H', 'He', 'O'].map((id) => `<qti-simple-choice identifier="${id}">${id}</qti-simple-choice>`).join('')}
      </qti-choice-interaction>`,
      template('match_correct'),
    ),
  );
  expect(question).toMatchObject({ kind: 'choice', multiple: true });
  expect(losses).toContain(
    'It is marked all or nothing there; here right ticks minus wrong ticks.',
  );
});

test('an order, pairs, gaps from a list, a slider and marked words', () => {
  const choices = ['a', 'b', 'c']
    .map((id) => `<qti-simple-choice identifier="${id}">Item ${id}</qti-simple-choice>`)
    .join('');
  expect(
    one(
      item(
        declaration('cardinality="ordered" base-type="identifier"', ['b', 'c', 'a']),
        `<qti-order-interaction response-identifier="RESPONSE"><qti-prompt>Order</qti-prompt>${choices}</qti-order-interaction>`,
      ),
    ).question,
  ).toMatchObject({ kind: 'ordering', items: [{ id: 'b' }, { id: 'c' }, { id: 'a' }] });

  const part = (id: string) =>
    `<qti-simple-associable-choice identifier="${id}" match-max="4">The ${id}</qti-simple-associable-choice>`;
  expect(
    one(
      item(
        declaration(pairs, ['X one', 'Y two']),
        `<qti-match-interaction response-identifier="RESPONSE"><qti-prompt>Match</qti-prompt>
          <qti-simple-match-set>${part('X')}${part('Y')}</qti-simple-match-set>
          <qti-simple-match-set>${part('one')}${part('two')}${part('three')}</qti-simple-match-set></qti-match-interaction>`,
        template('map_response'),
      ),
    ).question,
  ).toMatchObject({
    kind: 'matching',
    options: [{ text: 'The one' }, { text: 'The two' }, { text: 'The three' }],
    rows: [
      { text: 'The X', match: 'one' },
      { text: 'The Y', match: 'two' },
    ],
  });

  expect(
    one(
      item(
        declaration(pairs, ['w G1', 's G2']),
        `<qti-gap-match-interaction response-identifier="RESPONSE"><qti-prompt>Fill in.</qti-prompt>
          <qti-gap-text identifier="w" match-max="1">winter</qti-gap-text><qti-gap-text identifier="s" match-max="1">summer</qti-gap-text>
          <p>Now is the <qti-gap identifier="G1"/> of our <b>discontent</b> made <qti-gap identifier="G2"/>.</p></qti-gap-match-interaction>`,
      ),
    ).question,
  ).toMatchObject({
    kind: 'gaps',
    prompt: 'Fill in.',
    text: 'Now is the {g1} of our **discontent** made {g2}.',
    gaps: [{ id: 'g1' }, { id: 'g2' }],
  });

  expect(
    one(
      item(
        declaration('cardinality="single" base-type="integer"', ['16']),
        `<qti-slider-interaction response-identifier="RESPONSE" lower-bound="0" upper-bound="100"><qti-prompt>How many?</qti-prompt></qti-slider-interaction>`,
        template('match_correct'),
      ),
    ).question,
  ).toMatchObject({ kind: 'numeric', answers: [{ value: 16 }] });

  expect(
    one(
      item(
        declaration(single, ['W2']),
        `<qti-hottext-interaction response-identifier="RESPONSE" max-choices="1"><qti-prompt>Which word?</qti-prompt>
          <p>The <qti-hottext identifier="W1">cat</qti-hottext> <qti-hottext identifier="W2">sat</qti-hottext>.</p></qti-hottext-interaction>`,
        template('match_correct'),
      ),
    ).question,
  ).toMatchObject({ kind: 'choice', choices: [{ text: 'cat' }, { text: 'sat', correct: true }] });
});

test('fields within a text are gaps, each with its own key', () => {
  const { question } = one(
    item(
      declaration(
        text,
        ['York'],
        '<qti-mapping default-value="0"><qti-map-entry map-key="York" mapped-value="1"/><qti-map-entry map-key="york" mapped-value="0.5"/></qti-mapping>',
        'R1',
      ) + declaration(single, ['L'], '', 'R2'),
      `<p>Richard of <qti-text-entry-interaction response-identifier="R1"/> fought <qti-inline-choice-interaction response-identifier="R2">
        <qti-inline-choice identifier="L">Lancaster</qti-inline-choice><qti-inline-choice identifier="K">Kent</qti-inline-choice></qti-inline-choice-interaction> well.</p>`,
      '<qti-response-processing><qti-set-outcome-value identifier="SCORE"><qti-sum><qti-map-response identifier="R1"/><qti-map-response identifier="R2"/></qti-sum></qti-set-outcome-value></qti-response-processing>',
    ),
  );
  expect(question).toMatchObject({
    kind: 'gaps',
    text: 'Richard of {r1} fought {r2} well.',
    gaps: [
      {
        id: 'r1',
        answers: [
          { accept: ['York'], credit: 1 },
          { accept: ['york'], credit: 0.5 },
        ],
      },
      { id: 'r2', options: [{ text: 'Lancaster', correct: true }, { text: 'Kent' }] },
    ],
  });
});

test('a word, a number within reach, and a long text', () => {
  const field = '<p>What? <qti-text-entry-interaction response-identifier="RESPONSE"/></p>';
  expect(
    one(item(declaration(text, ['York']), field, template('match_correct'))).question,
  ).toMatchObject({ kind: 'short-answer', answers: [{ accept: ['York'] }], spelling: 'exact' });
  const near = `<qti-response-processing><qti-response-condition><qti-response-if><qti-equal tolerance-mode="absolute" tolerance="0.5 0.5"><qti-variable identifier="RESPONSE"/><qti-correct identifier="RESPONSE"/></qti-equal><qti-set-outcome-value identifier="SCORE"><qti-base-value base-type="float">1</qti-base-value></qti-set-outcome-value></qti-response-if></qti-response-condition></qti-response-processing>`;
  expect(
    one(item(declaration('cardinality="single" base-type="float"', ['5.3']), field, near)).question,
  ).toMatchObject({ kind: 'numeric', answers: [{ value: 5.3, tolerance: 0.5 }] });
  expect(
    one(
      item(
        `<qti-response-declaration identifier="RESPONSE" ${text}/>`,
        '<qti-extended-text-interaction response-identifier="RESPONSE"><qti-prompt>Write.</qti-prompt></qti-extended-text-interaction>',
      ),
    ),
  ).toMatchObject({
    question: { kind: 'open-response', prompt: 'Write.' },
    losses: expect.arrayContaining([expect.stringContaining('rubric')]) as unknown,
  });
});

test('elements with a prefix are read alike', () => {
  const plain = item(
    declaration(single, ['B']),
    '<qti-choice-interaction response-identifier="RESPONSE" max-choices="1"><qti-prompt>Which?</qti-prompt><qti-simple-choice identifier="A">A</qti-simple-choice><qti-simple-choice identifier="B">B</qti-simple-choice></qti-choice-interaction>',
  );
  const prefixed = plain
    .replace('xmlns=', 'xmlns:q=')
    .replace(/<(\/?)qti-/g, '<$1q:qti-')
    .replace(/<(\/?)p>/g, '<$1q:p>');
  expect(one(prefixed).question).toEqual(one(plain).question);
});

test.for([
  [
    'a drawing',
    '<qti-drawing-interaction response-identifier="RESPONSE"/>',
    /qti-drawing-interaction/,
  ],
  ['nothing', '<p>Only words.</p>', /asks nothing/],
  [
    'a choice without a key',
    '<qti-choice-interaction response-identifier="RESPONSE" max-choices="1"><qti-simple-choice identifier="A">A</qti-simple-choice><qti-simple-choice identifier="B">B</qti-simple-choice></qti-choice-interaction>',
    /no answer is declared to be right/,
  ],
  [
    'two choices at once',
    '<qti-choice-interaction response-identifier="RESPONSE"/><qti-choice-interaction response-identifier="RESPONSE"/>',
    /several things at once/,
  ],
] as const)('an item with %s is left out, and it is said why', ([, body, reason]) => {
  const { question, losses } = one(
    item(`<qti-response-declaration identifier="RESPONSE" ${single}/>`, body),
  );
  expect(question).toBeUndefined();
  expect(losses.join()).toMatch(reason);
});

test('what can’t be read is a fault with its line, and nothing is imported', () => {
  const broken = importQti(strToU8('<qti-assessment-item>\n<p>\n</qti-assessment-item>'), options);
  expect(broken).toMatchObject({ ok: false });
  if (!broken.ok) expect(broken.faults[0]!.line).toBeGreaterThan(1);
  expect(importQti(strToU8('PK nonsense'), options)).toMatchObject({
    ok: false,
    faults: [{ message: expect.stringContaining('zip') as unknown }],
  });
  expect(importQti(strToU8('<assessmentItem/>'), options)).toMatchObject({
    ok: false,
    faults: [{ message: expect.stringContaining('QTI 2') as unknown }],
  });
  expect(importQti(zipSync({ 'a.txt': strToU8('x') }), options)).toMatchObject({ ok: false });
  const half = zipSync({ 'good.xml': strToU8(item('', '')), 'bad.xml': strToU8('<a>') });
  expect(importQti(half, options)).toMatchObject({
    ok: false,
    faults: [{ message: expect.stringContaining('bad.xml') as unknown }],
  });
});

test('a package that unpacks to far more than it weighs is refused', () => {
  const bomb = zipSync({ 'a.xml': new Uint8Array(21_000_000) });
  expect(bomb.length).toBeLessThan(100_000);
  expect(importQti(bomb, options)).toMatchObject({
    ok: false,
    faults: [{ message: expect.stringContaining('20 MB') as unknown }],
  });
});

test('the items come in the order of the test, with its title', () => {
  const questions = fc.sample(questionsByKind['short-answer']!, { seed: 7, numRuns: 6 });
  const unique = [...new Map(questions.map((each) => [each.id, each])).values()];
  const out = exportQti({ title: 'In order', questions: unique, figures });
  const { exchange } = imported(out.file.body);
  expect(exchange.title).toBe('In order');
  expect(exchange.questions.map(({ id }) => id)).toEqual(unique.map(({ id }) => id));
});
