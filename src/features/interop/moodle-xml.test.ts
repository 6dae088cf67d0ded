import { expect, test } from 'vitest';
import { Question, type QuestionOf } from '#features/questions/question.ts';
import { grade, settled } from '#features/questions/questions.ts';
import { importMoodleXml } from './moodle-xml-import.server.ts';
import { exportMoodleXml } from './moodle-xml.server.ts';

const options = { outcome: 'general', noFeedback: { right: 'Yes.', wrong: 'No.' } };

function read(questions: string) {
  const result = importMoodleXml(`<?xml version="1.0"?>\n<quiz>\n${questions}\n</quiz>`, options);
  if (!result.ok) throw new Error(JSON.stringify(result.faults));
  return result.imported;
}
function only(questions: string): Question {
  const { exchange, losses } = read(questions);
  if (exchange.questions.length !== 1) throw new Error(JSON.stringify(losses));
  return exchange.questions[0]!;
}
const lossesOf = (questions: string) => read(questions).losses.map(({ what }) => what);

/** A question element with a name and a text; what is special about it as XML. */
const asked = (type: string, text: string, rest: string) => `<question type="${type}">
  <name><text>Bread &amp; jobs</text></name>
  <questiontext format="html"><text><![CDATA[${text}]]></text></questiontext>
  ${rest}
</question>`;
const answer = (fraction: number, text: string, feedback = '', more = '') =>
  `<answer fraction="${fraction}" format="html"><text><![CDATA[${text}]]></text>${more}
    <feedback format="html"><text><![CDATA[${feedback}]]></text></feedback></answer>`;

test('what all questions have: id, hints, tags and general feedback', () => {
  const text = asked(
    'truefalse',
    '<p>Bread is <b>local</b>.</p>',
    `<generalfeedback format="html"><text>Often.</text></generalfeedback>
     <idnumber>bread-local</idnumber>
     ${answer(0, 'false', 'It is.')} ${answer(100, 'true', 'Right.')}
     <hint format="html"><text>Who bakes?</text></hint>
     <tags><tag><text>outcome:see-local</text></tag><tag><text>difficulty:easy</text></tag><tag><text>Spring</text></tag></tags>`,
  );
  expect(only(text)).toEqual({
    id: 'bread-local',
    outcome: 'see-local',
    difficulty: 'easy',
    kind: 'true-false',
    prompt: 'Bread is **local**.',
    hints: ['Who bakes?'],
    explanation: 'Often.',
    answer: true,
    feedback: { true: 'Right.', false: 'It is.' },
  });
  expect(read(text).losses).toEqual([
    { question: 'Bread & jobs', line: 3, what: 'The tag "Spring" has no place here.' },
  ]);
});

test('one choice: fractions, and feedback for the whole where an answer has none', () => {
  const text = asked(
    'multichoice',
    'Who?',
    `<single>true</single><shuffleanswers>false</shuffleanswers>
     <correctfeedback format="html"><text>Well done.</text></correctfeedback>
     <partiallycorrectfeedback format="html"><text>Nearly.</text></partiallycorrectfeedback>
     <incorrectfeedback format="html"><text>Your answer is incorrect.</text></incorrectfeedback>
     ${answer(100, '<p>Bakers</p>')} ${answer(33.33333, 'Millers', 'In part.')} ${answer(-25, 'Ministers', 'No.')}`,
  );
  expect(only(text)).toMatchObject({
    id: 'bread-jobs',
    kind: 'choice',
    multiple: false,
    choices: [
      { id: 'bakers', text: 'Bakers', correct: true, feedback: 'Well done.' },
      { text: 'Millers', credit: expect.closeTo(1 / 3, 6) as number, feedback: 'In part.' },
      { text: 'Ministers', correct: false, feedback: 'No.' },
    ],
  });
  expect(lossesOf(text)).toEqual([
    expect.stringContaining('keep their order'),
    expect.stringContaining('takes off 25%'),
    expect.stringContaining('as a whole'),
  ]);
});

test('several choices: right minus wrong as ours, or told', () => {
  const ticks = (wrong: number) =>
    asked(
      'multichoice',
      'Who?',
      `<single>false</single>${answer(50, 'Bakers', 'a')}${answer(50, 'Millers', 'b')}${answer(wrong, 'Ministers', 'c')}`,
    );
  expect(only(ticks(-50))).toMatchObject({
    multiple: true,
    choices: [{ correct: true }, { correct: true }, { correct: false }],
  });
  expect(lossesOf(ticks(-50))).toEqual([]);
  expect(lossesOf(ticks(0))).toEqual([expect.stringContaining('weights of their own')]);
});

test('a short answer', () => {
  const text = asked(
    'shortanswer',
    'What?',
    `<usecase>1</usecase>${answer(100, 'fresh *', 'Yes!')}${answer(100, 'bread', 'Yes!')}${answer(50, 'flour', 'Half.')}${answer(0, '*', 'No, bread.')}`,
  );
  expect(only(text)).toMatchObject({
    kind: 'short-answer',
    answers: [
      { accept: ['fresh *', 'bread'], credit: 1, feedback: 'Yes!' },
      { accept: ['flour'], credit: 0.5 },
    ],
    otherwise: 'No, bread.',
    spelling: 'exact',
  });
  expect(lossesOf(text)).toEqual(['Capital letters matter there.']);
  expect(lossesOf(asked('shortanswer', 'What?', answer(100, 'a \\* b', 'x')))).toEqual([
    expect.stringMatching(/^Left out: an asterisk/),
  ]);
});

test('a number with tolerance and units', () => {
  const question = only(
    asked(
      'numerical',
      'How far?',
      `${answer(100, '5.5', 'Yes.', '<tolerance>0.25</tolerance>')}${answer(50, '5', 'Near.', '<tolerance>1</tolerance>')}${answer(0, '*', 'Far off.')}
       <units><unit><multiplier>1</multiplier><unit_name>km</unit_name></unit>
       <unit><multiplier>1000</multiplier><unit_name>m</unit_name></unit></units>`,
    ),
  );
  expect(question).toMatchObject({
    kind: 'numeric',
    unit: 'km',
    units: { m: 0.001 },
    answers: [
      { value: 5.5, tolerance: 0.25 },
      { value: 5, tolerance: 1, credit: 0.5 },
    ],
    otherwise: 'Far off.',
  });
  const given = (text: string) =>
    grade(question as QuestionOf<'numeric'>, { kind: 'numeric', text });
  expect(given('5500 m')).toEqual({ status: 'graded', score: 1 });
  expect(given('4.1 km')).toEqual({ status: 'graded', score: 0.5 });
});

test('matching, with an answer too many', () => {
  const pair = (text: string, match: string) =>
    `<subquestion format="html"><text>${text}</text><answer><text>${match}</text></answer></subquestion>`;
  expect(
    only(
      asked(
        'matching',
        'Who?',
        pair('&lt;i&gt;Bakes&lt;/i&gt;', 'Baker') + pair('Mills', 'Miller') + pair('', 'Smith'),
      ),
    ),
  ).toMatchObject({
    kind: 'matching',
    options: [{ text: 'Baker' }, { text: 'Miller' }, { text: 'Smith' }],
    rows: [
      { text: '*Bakes*', match: 'baker' },
      { text: 'Mills', match: 'miller' },
    ],
  });
});

test('ordering: by neighbours as ours, or told', () => {
  const steps = (grading: string) =>
    asked(
      'ordering',
      'In order:',
      `<selecttype>ALL</selecttype><gradingtype>${grading}</gradingtype>
       <correctfeedback format="html"><text>Good.</text></correctfeedback>
       <incorrectfeedback format="html"><text>Not so.</text></incorrectfeedback>
       <answer fraction="2.0"><text>Bake</text></answer><answer fraction="1.0"><text>Mill</text></answer><answer fraction="10.0"><text>Eat</text></answer>`,
    );
  expect(only(steps('RELATIVE_NEXT_EXCLUDE_LAST'))).toMatchObject({
    kind: 'ordering',
    items: [{ id: 'mill' }, { id: 'bake' }, { id: 'eat' }],
    feedback: { right: 'Good.', wrong: 'Not so.' },
  });
  expect(lossesOf(steps('RELATIVE_NEXT_EXCLUDE_LAST'))).toEqual([]);
  expect(lossesOf(steps('ABSOLUTE_POSITION'))).toEqual([expect.stringContaining('another way')]);
});

test('an essay: notes for those who mark are the model', () => {
  const text = asked(
    'essay',
    'Why?',
    `<attachments>1</attachments><minwordlimit>20</minwordlimit><maxwordlimit>900</maxwordlimit>
     <graderinfo format="html"><text>Because of <b>jobs</b>.</text></graderinfo>
     <responsetemplate format="html"><text>Dear …</text></responsetemplate>`,
  );
  expect(only(text)).toMatchObject({
    kind: 'open-response',
    words: { min: 20, max: 600 },
    model: 'Because of **jobs**.',
    rubric: [{ points: 1 }],
  });
  expect(lossesOf(text)).toEqual([
    expect.stringContaining('template'),
    expect.stringContaining('Files'),
    expect.stringContaining('900 words'),
    expect.stringContaining('no rubric'),
  ]);
});

test('gaps: typed, chosen from a list, and numbers that fit a typed gap', () => {
  const text = asked(
    'cloze',
    `<p>Fill in.</p><p>Bread is {1:SHORTANSWER:=baked#Yes.~%50%made#Vague.~*#No.} by
     {2:MC:=bakers &#38; co.#Sure~the \\} king~50% of us} at {1:NM:=4.5:0.5#Early} or {:MULTICHOICE_V:%0%5~%100%6}.</p>`,
    '',
  );
  expect(only(text)).toMatchObject({
    kind: 'gaps',
    prompt: 'Fill in.',
    text: 'Bread is {gap-1} by {gap-2} at {gap-3} or {gap-4}.',
    gaps: [
      {
        id: 'gap-1',
        answers: [
          { accept: ['baked'], feedback: 'Yes.' },
          { accept: ['made'], credit: 0.5 },
        ],
        otherwise: 'No.',
      },
      {
        options: [
          { text: 'bakers & co.', correct: true, feedback: 'Sure' },
          { text: 'the } king', correct: false },
          { text: '50% of us', correct: false },
        ],
      },
      { answers: [{ accept: ['4.5', '4,5'], feedback: 'Early' }] },
      {
        options: [
          { text: '5', correct: false },
          { text: '6', correct: true },
        ],
      },
    ],
  });
  expect(lossesOf(text)).toEqual([
    expect.stringContaining('within 0.5'),
    expect.stringContaining('count more'),
    expect.stringContaining('no feedback'),
  ]);
});

test.for([
  ['several answers in one gap', 'A {1:MULTIRESPONSE:=a~=b~c}.', /^Left out: Gap 1 takes several/],
  ['no gap', 'A text.', /^Left out: there is no gap/],
  ['one choice only', 'A {1:MC:=a}.', /^Left out: .*at least two options/],
  ['no key', 'A {1:MC:a~%50%b}.', /^Left out: .*exactly one option/],
] as const)('a cloze text with %s is left out', ([, text, message]) => {
  expect(lossesOf(asked('cloze', text, '')).at(-1)).toMatch(message);
});

test.for(['gapselect', 'ddwtos'])('words to choose from in groups: %s', (type) => {
  const choice = (text: string, group: number) =>
    type === 'ddwtos'
      ? `<dragbox><text>${text}</text><group>${group}</group><infinite/></dragbox>`
      : `<selectoption><text>${text}</text><group>${group}</group></selectoption>`;
  const words = choice('bakes', 1) + choice('Ana', 2) + choice('mills', 1) + choice('Ben', 2);
  const question = only(
    asked(
      type,
      'Today [[4]] [[1]], then [[2]] [[3]].',
      `${words}<correctfeedback format="html"><text>Good.</text></correctfeedback>`,
    ),
  );
  expect(question).toMatchObject({
    kind: 'gaps',
    prompt: 'Complete the text.',
    text: 'Today {gap-1} {gap-2}, then {gap-3} {gap-4}.',
    gaps: [
      {
        options: [
          { text: 'Ana', correct: false, feedback: 'No.' },
          { text: 'Ben', correct: true, feedback: 'Good.' },
        ],
      },
      { options: [{ text: 'bakes', correct: true }, { text: 'mills' }] },
      { options: [{ text: 'Ana', correct: true }, { text: 'Ben' }] },
      { options: [{ text: 'bakes' }, { text: 'mills', correct: true }] },
    ],
  });
  expect(lossesOf(asked(type, 'Today [[5]].', words))).toEqual([
    'Left out: there is no choice for [[5]].',
  ]);
});

const dataset = (name: string, minimum: number, maximum: number, decimals: number) =>
  `<dataset_definition><status><text>private</text></status><name><text>${name}</text></name>
   <type>calculated</type><distribution><text>uniform</text></distribution>
   <minimum><text>${minimum}</text></minimum><maximum><text>${maximum}</text></maximum>
   <decimals><text>${decimals}</text></decimals></dataset_definition>`;
const calculated = (formula: string, more = '<tolerancetype>1</tolerancetype>') =>
  asked(
    'calculated',
    'Share of {local} in {all}?',
    `${answer(100, formula, 'Yes.', `<tolerance>0.05</tolerance>${more}<correctanswerformat>1</correctanswerformat><correctanswerlength>3</correctanswerlength>`)}
     ${answer(0, '*', 'No.')}
     <dataset_definitions>${dataset('local', 1, 9, 0)}${dataset('all', 10, 20, 1)}</dataset_definitions>`,
  );

test('calculated: parameters, formula and tolerance', () => {
  const question = only(calculated('pow({local}, 2) / -({all} - 1)'));
  expect(question).toMatchObject({
    kind: 'calculated',
    prompt: 'Share of {local} in {all}?',
    parameters: {
      local: { min: 1, max: 9, step: 1 },
      all: { min: 10, max: 20, step: 0.1 },
    },
    answers: [{ formula: '(local ^ 2) / (-(all - 1))', tolerance: '5%', feedback: 'Yes.' }],
    decimals: 3,
    otherwise: 'No.',
  });
  expect(settled(question, 1).kind).toBe('numeric');
  expect(only(calculated('{local}', '<tolerancetype>2</tolerancetype>'))).toMatchObject({
    answers: [{ tolerance: 0.05 }],
  });
  expect(lossesOf(calculated('{local}', '<tolerancetype>3</tolerancetype>'))).toEqual([
    expect.stringContaining('geometric'),
  ]);
});

test.for([
  ['sin({local})', /the function "sin"/],
  ['{local} % 2', /no formula/],
  ['{other} + 1', /"other" is no parameter/],
] as const)('a formula that we can not reckon is left out: %s', ([formula, message]) => {
  expect(lossesOf(calculated(formula))).toEqual([expect.stringMatching(message)]);
});

test('other types, settings and images are told', () => {
  const { exchange, losses } = read(
    asked('description', 'Read this.', '') +
      asked('ddmarker', 'Where?', '') +
      asked(
        'shortanswer',
        'See <img src="@@PLUGINFILE@@/a.png" alt="a map"><table><tr><td>1</td><td>2</td></tr></table>',
        `<defaultgrade>3</defaultgrade><penalty>0.25</penalty><hidden>1</hidden>${answer(100, 'x', 'y')}${answer(0, '*', 'z')}`,
      ),
  );
  expect(exchange.questions.map(({ prompt }) => prompt)).toEqual(['See \\[a map]\n\n1 | 2']);
  expect(losses.map(({ what }) => what)).toEqual([
    expect.stringMatching(/^Left out: .*without a question/),
    expect.stringMatching(/^Left out: .*"ddmarker"/),
    expect.stringContaining('image "a map"'),
    expect.stringContaining('table'),
    expect.stringContaining('counts 3'),
    expect.stringContaining('costs 25%'),
    expect.stringContaining('hidden'),
  ]);
});

test('a file made to break us does not', () => {
  const deep = `${'<div>'.repeat(20_000)}Why?`;
  const text = asked('truefalse', deep, answer(100, 'true', 'a') + answer(0, 'false', 'b'));
  expect(only(text).prompt).toBe('Why?');
  expect(lossesOf(text)).toEqual([expect.stringContaining('too deep')]);
  expect(lossesOf(asked('truefalse', 'Why?', ''))).toEqual([
    expect.stringMatching(/^Left out: neither/),
  ]);
});

test('text formats', () => {
  const text = (format: string, words: string) =>
    `<question type="shortanswer"><name><text>n</text></name>
     <questiontext format="${format}"><text><![CDATA[${words}]]></text></questiontext>
     ${answer(100, 'x', 'y')}${answer(0, '*', 'z')}</question>`;
  expect(only(text('markdown', '*so* <b>x</b>')).prompt).toBe('*so* x');
  expect(only(text('plain_text', '*so* <b>\nx')).prompt).toBe('\\*so\\* \\<b>\\\nx');
  expect(only(text('moodle_auto_format', 'one\ntwo\n\n<i>three</i>')).prompt).toBe(
    'one\\\ntwo\n\n*three*',
  );
  expect(only(text('html', 'x<sup>2</sup> CO<sub>2</sub> a<sub>max</sub>')).prompt).toBe(
    'x² CO₂ a_max',
  );
});

test('the first category with a question is the title', () => {
  const category = (name: string) =>
    `<question type="category"><category><text>${name}</text></category><info format="html"><text></text></info></question>`;
  const question = asked('truefalse', 'Yes?', answer(100, 'true', 'a') + answer(0, 'false', 'b'));
  const { exchange, losses } = read(
    [
      category('$course$/top'),
      category('$course$/top/Bread'),
      question,
      category('Land'),
      question,
    ].join('\n'),
  );
  expect(exchange.title).toBe('Bread');
  expect(exchange.questions.map(({ id }) => id)).toEqual(['bread-jobs', 'bread-jobs-2']);
  expect(losses).toEqual([
    { question: 'Land', line: 12, what: expect.stringContaining('category of its own') as string },
  ]);
});

test.for([
  ['a tag that does not end', '<quiz>\n<question>\n</quiz>', 2, /not valid XML: .*question/],
  ['an unknown entity', '<quiz>\n\n<question>&nbsp;</question></quiz>', 3, /entity/],
  ['other XML', '<?xml version="1.0"?>\n<assessment/>', 2, /begins with <assessment>/],
  ['no XML', 'Which?{=a ~b}', 1, /not valid XML/],
  ['no question', '<quiz></quiz>', 1, /no question/],
] as const)('%s is a fault by line, and nothing is imported', ([, text, line, message]) => {
  expect(importMoodleXml(text, options)).toEqual({
    ok: false,
    faults: [{ line, message: expect.stringMatching(message) as string }],
  });
});

const map = '<svg xmlns="http://www.w3.org/2000/svg"><title>A "map"</title><desc>d</desc></svg>';

test('a figure goes out as a file and comes back', () => {
  const question = Question.parse({
    id: 'where',
    outcome: 'general',
    kind: 'true-false',
    prompt: 'Is this [the market](term:market)?',
    figure: 'market-map',
    reread: 'markets',
    answer: true,
    feedback: { true: 'Yes.', false: 'No.' },
  });
  const out = exportMoodleXml({
    title: 'T',
    questions: [question],
    figures: { 'market-map': map },
  });
  expect(out.losses.map(({ what }) => what)).toEqual([
    expect.stringContaining('glossary'),
    expect.stringContaining('read again'),
  ]);
  const result = importMoodleXml(new TextDecoder().decode(out.file.body), options);
  expect(result).toMatchObject({
    ok: true,
    imported: {
      exchange: {
        title: 'T',
        questions: [{ ...question, prompt: 'Is this the market?' }],
        figures: { 'market-map': map },
      },
      losses: [],
    },
  });
});

test('what Moodle can not hold is told on the way out', () => {
  const common = { outcome: 'general', prompt: 'What?' };
  const budget = Question.parse({
    ...common,
    id: 'shares',
    kind: 'budget',
    lines: ['a', 'b'].map((id) => ({
      id,
      text: id,
      min: 10,
      max: 90,
      feedback: { low: 'l', right: 'r', high: 'h' },
    })),
  });
  const alike = Question.parse({
    ...common,
    id: 'alike',
    kind: 'matching',
    options: [
      { id: 'a', text: 'Same' },
      { id: 'b', text: 'Same' },
    ],
    rows: [
      { id: 'x', text: 'X', match: 'a', feedback: 'f' },
      { id: 'y', text: 'Y', match: 'b', feedback: 'f' },
    ],
  });
  const odd = Question.parse({
    ...common,
    id: 'odd',
    kind: 'choice',
    choices: [
      { id: 'a', text: 'A', correct: true, feedback: 'f' },
      { id: 'b', text: 'B', credit: 0.37, feedback: 'f' },
    ],
  });
  const { losses } = exportMoodleXml({ title: 'T', questions: [budget, alike, odd], figures: {} });
  expect(losses).toEqual([
    { question: 'shares', what: expect.stringMatching(/^Left out: .*budget/) as string },
    { question: 'alike', what: expect.stringMatching(/^Left out: .*read alike/) as string },
    { question: 'odd', what: expect.stringContaining('37%') as string },
  ]);
});
