import { createHash } from 'node:crypto';
import { strToU8, zipSync } from 'fflate';
import { toHtml } from '#features/questions/markdown.server.ts';
import { gapsIn } from '#features/questions/question.ts';
import type { Question, QuestionOf } from '#features/questions/question.ts';
import { reach } from '#features/questions/numeric.ts';
import { slug } from './ids.ts';
import type { Exchange, Exported, Loss } from './interop.ts';
import { type Xml, element } from './xml.server.ts';

const space = 'http://www.imsglobal.org/xsd/imsqtiasi_v3p0';
const templates = 'https://purl.imsglobal.org/spec/qti/v3p0/rptemplates/';

/** One item on its way: what it asks, how it is answered and marked, and what is lost on the way. */
interface Item {
  declarations: Xml[];
  body: Xml[];
  processing: Xml;
  feedback?: Xml[];
  losses: string[];
}

const markup = (markdown: string): Xml => {
  const html = toHtml(markdown);
  // Void elements are closed, which HTML leaves open.
  const closed = html.replace(/<(br|hr|img)([^>]*?)\/?>/g, '<$1$2/>');
  return { xml: /^<(p|ul|ol|h\d|pre|blockquote)\b/.test(closed) ? closed : `<p>${closed}</p>` };
};
const inline = (markdown: string): Xml => ({
  xml: toHtml(markdown).replace(/<(br|hr|img)([^>]*?)\/?>/g, '<$1$2/>'),
});

const share = (value: number) => String(Number(value.toFixed(12)));
const correct = (values: readonly string[]) =>
  element(
    'qti-correct-response',
    {},
    values.map((one) => element('qti-value', {}, one)),
  );
const declare = (
  id: string,
  type: { cardinality: string; base: string },
  ...content: (Xml | undefined)[]
) =>
  element(
    'qti-response-declaration',
    { identifier: id, cardinality: type.cardinality, 'base-type': type.base },
    ...content,
  );
const mapping = (entries: readonly [string, number][], more: Record<string, string> = {}) =>
  element(
    'qti-mapping',
    { 'default-value': '0', 'lower-bound': '0', 'upper-bound': '1' },
    entries.map(([key, value]) =>
      element('qti-map-entry', { 'map-key': key, 'mapped-value': share(value), ...more }),
    ),
  );
const byTemplate = (name: string) =>
  element('qti-response-processing', { template: `${templates}${name}.xml` });
const scoreIs = (...value: Xml[]) =>
  element('qti-set-outcome-value', { identifier: 'SCORE' }, ...value);
const mapped = (id: string) => element('qti-map-response', { identifier: id });

const one = 'RESPONSE';
const single = { cardinality: 'single', base: 'identifier' };
const several = { cardinality: 'multiple', base: 'identifier' };
const pairs = { cardinality: 'multiple', base: 'directedPair' };

/** What an answer is worth and what is said of it, for a choice of one. */
function oneOf(
  parts: readonly { id: string; credit: number; feedback: string }[],
): Pick<Item, 'declarations' | 'processing' | 'feedback'> {
  const said = element('qti-set-outcome-value', { identifier: 'FEEDBACK' }, variable(one));
  return {
    declarations: [
      declare(
        one,
        single,
        correct(parts.filter(({ credit }) => credit === 1).map(({ id }) => id)),
        mapping(parts.map(({ id, credit }) => [id, credit])),
      ),
    ],
    processing: element('qti-response-processing', {}, scoreIs(mapped(one)), said),
    feedback: parts.map(({ id, feedback }) =>
      element(
        'qti-modal-feedback',
        { 'outcome-identifier': 'FEEDBACK', 'show-hide': 'show', identifier: id },
        element('qti-content-body', {}, markup(feedback)),
      ),
    ),
  };
}
const variable = (id: string) => element('qti-variable', { identifier: id });

/** Right ticks minus wrong ticks, as a share of the right ones. */
function ticksOf(parts: readonly { id: string; correct: boolean }[]) {
  const right = parts.filter((part) => part.correct);
  const worth = 1 / right.length;
  return {
    declarations: [
      declare(
        one,
        several,
        correct(right.map(({ id }) => id)),
        mapping(parts.map((part) => [part.id, part.correct ? worth : -worth])),
      ),
    ],
    processing: byTemplate('map_response'),
  };
}

const simpleChoices = (parts: readonly { id: string; text: string }[]) =>
  parts.map(({ id, text }) => element('qti-simple-choice', { identifier: id }, inline(text)));
const prompt = (question: Question) => element('qti-prompt', {}, inline(question.prompt));
const feedbackLost = 'What is said about each answer is read by LED Campus alone.';

function choice(question: QuestionOf<'choice'>): Item {
  const { choices, multiple } = question;
  const credited = choices.map((part) => ({
    ...part,
    credit: part.correct ? 1 : (part.credit ?? 0),
  }));
  return {
    ...(multiple ? ticksOf(choices) : oneOf(credited)),
    body: [
      element(
        'qti-choice-interaction',
        {
          'response-identifier': one,
          shuffle: 'true',
          'max-choices': multiple ? String(choices.length) : '1',
        },
        prompt(question),
        simpleChoices(choices),
      ),
    ],
    losses: multiple ? [feedbackLost] : [],
  };
}

function trueFalse(question: QuestionOf<'true-false'>): Item {
  const parts = (['true', 'false'] as const).map((id) => ({
    id,
    text: id === 'true' ? 'True' : 'False',
    credit: Number(String(question.answer) === id),
    feedback: question.feedback[id],
  }));
  return {
    ...oneOf(parts),
    body: [
      element(
        'qti-choice-interaction',
        { 'response-identifier': one, shuffle: 'false', 'max-choices': '1' },
        prompt(question),
        simpleChoices(parts),
      ),
    ],
    losses: [],
  };
}

function rows(
  question: Question,
  list: readonly { id: string; text: string; key: string }[],
  options: readonly { id: string; text: string }[],
): Item {
  const set = (parts: readonly { id: string; text: string }[], most: number) =>
    element(
      'qti-simple-match-set',
      {},
      parts.map(({ id, text }) =>
        element(
          'qti-simple-associable-choice',
          { identifier: id, 'match-max': String(most) },
          inline(text),
        ),
      ),
    );
  const keys = list.map(({ id, key }) => `r-${id} o-${key}`);
  return {
    declarations: [
      declare(one, pairs, correct(keys), mapping(keys.map((key) => [key, 1 / list.length]))),
    ],
    body: [
      element(
        'qti-match-interaction',
        { 'response-identifier': one, shuffle: 'false', 'max-associations': String(list.length) },
        prompt(question),
        // A row and an option may have the same id; here both are in one list.
        set(
          list.map((row) => ({ ...row, id: `r-${row.id}` })),
          1,
        ),
        set(
          options.map((option) => ({ ...option, id: `o-${option.id}` })),
          list.length,
        ),
      ),
    ],
    processing: byTemplate('map_response'),
    losses: [feedbackLost],
  };
}

function ordering(question: QuestionOf<'ordering'>): Item {
  return {
    declarations: [
      declare(
        one,
        { cardinality: 'ordered', base: 'identifier' },
        correct(question.items.map(({ id }) => id)),
      ),
    ],
    body: [
      element(
        'qti-order-interaction',
        { 'response-identifier': one, shuffle: 'true' },
        prompt(question),
        simpleChoices(question.items),
      ),
    ],
    processing: byTemplate('match_correct'),
    losses: ['Other systems mark the order all or nothing.', feedbackLost],
  };
}

interface Typed {
  answers: { accept: string[]; credit: number }[];
  spelling: string;
}
function typedEntries({ answers }: Typed, whole: number): [string, number][] {
  const entries = new Map<string, number>();
  for (const { accept, credit } of answers) {
    for (const word of accept) if (!entries.has(word)) entries.set(word, credit / whole);
  }
  return [...entries];
}
const typedLosses = ({ answers, spelling }: Typed) => [
  ...(spelling === 'forgiving' ? ['Other systems want every letter as it is accepted.'] : []),
  ...(answers.some(({ accept }) => accept.some((word) => word.includes('*')))
    ? ['Other systems read the * in an accepted answer as a star.']
    : []),
];
const keyOfTyped = ({ answers }: Typed) => answers.find(({ credit }) => credit === 1)!.accept[0]!;
const text = { cardinality: 'single', base: 'string' };
const entry = (id: string) =>
  element('qti-text-entry-interaction', { 'response-identifier': id, 'expected-length': '20' });

function shortAnswer(question: QuestionOf<'short-answer'>): Item {
  return {
    declarations: [
      declare(
        one,
        text,
        correct([keyOfTyped(question)]),
        mapping(typedEntries(question, 1), { 'case-sensitive': 'false' }),
      ),
    ],
    body: [markup(question.prompt), element('p', {}, entry(one))],
    processing: byTemplate('map_response'),
    losses: [...typedLosses(question), feedbackLost],
  };
}

function gaps(question: QuestionOf<'gaps'>): Item {
  const { gaps: all } = question;
  const id = (gap: { id: string }) => `gap-${gap.id}`;
  const field = (gap: (typeof all)[number]) =>
    'options' in gap
      ? element(
          'qti-inline-choice-interaction',
          { 'response-identifier': id(gap), shuffle: 'true' },
          gap.options.map((option) =>
            element('qti-inline-choice', { identifier: option.id }, option.text),
          ),
        )
      : entry(id(gap));
  const paragraphs = question.text.split(/\n{2,}/).map((paragraph) =>
    element(
      'p',
      {},
      paragraph.split(/\{([a-z0-9-]+)\}/).map((piece, at) => {
        if (at % 2 === 1) return field(all.find((gap) => gap.id === piece)!);
        const [before = ''] = /^\s*/.exec(piece)!;
        const [after = ''] = /\s*$/.exec(piece)!;
        const words = piece.trim();
        return words ? [before, inline(words), after] : piece;
      }),
    ),
  );
  return {
    declarations: all.map((gap) =>
      'options' in gap
        ? declare(
            id(gap),
            single,
            correct(gap.options.filter((option) => option.correct).map((option) => option.id)),
            mapping(gap.options.map((option) => [option.id, Number(option.correct) / all.length])),
          )
        : declare(
            id(gap),
            text,
            correct([keyOfTyped(gap)]),
            mapping(typedEntries(gap, all.length), { 'case-sensitive': 'false' }),
          ),
    ),
    body: [markup(question.prompt), ...paragraphs],
    processing: element(
      'qti-response-processing',
      {},
      scoreIs(
        element(
          'qti-sum',
          {},
          all.map((gap) => mapped(id(gap))),
        ),
      ),
    ),
    losses: [...all.flatMap((gap) => ('answers' in gap ? typedLosses(gap) : [])), feedbackLost],
  };
}

function numeric(question: QuestionOf<'numeric'>): Item {
  const { answers, unit, units } = question;
  const within = (answer: (typeof answers)[number]) => {
    const far = share(reach(answer));
    return element(
      'qti-equal',
      { 'tolerance-mode': 'absolute', tolerance: `${far} ${far}` },
      variable(one),
      element('qti-base-value', { 'base-type': 'float' }, String(answer.value)),
    );
  };
  const worth = (credit: number) =>
    scoreIs(element('qti-base-value', { 'base-type': 'float' }, share(credit)));
  return {
    declarations: [
      declare(
        one,
        { cardinality: 'single', base: 'float' },
        correct([String(answers.find(({ credit }) => credit === 1)!.value)]),
      ),
    ],
    body: [markup(question.prompt), element('p', {}, entry(one), unit ? ` ${unit}` : undefined)],
    processing: element(
      'qti-response-processing',
      {},
      element(
        'qti-response-condition',
        {},
        answers.map((answer, at) =>
          element(
            at === 0 ? 'qti-response-if' : 'qti-response-else-if',
            {},
            within(answer),
            worth(answer.credit),
          ),
        ),
        element('qti-response-else', {}, worth(0)),
      ),
    ),
    losses: [
      feedbackLost,
      ...(unit || Object.keys(units).length > 0
        ? ['Other systems take no unit within the answer.']
        : []),
    ],
  };
}

function hotspot(question: QuestionOf<'hotspot'>, figures: Exchange['figures']): Item {
  const { spots, multiple, figure } = question;
  const [, width = '360', height = '240'] =
    /viewBox="0 0 (\S+) (\S+)"/.exec(figures[figure] ?? '') ?? [];
  const credited = spots.map((spot) => ({ ...spot, credit: Number(spot.correct) }));
  return {
    ...(multiple ? ticksOf(spots) : oneOf(credited)),
    body: [
      element(
        'qti-hotspot-interaction',
        {
          'response-identifier': one,
          'max-choices': multiple ? String(spots.length) : '1',
        },
        prompt(question),
        element('img', {
          src: `../figures/${figure}.svg`,
          alt: figure,
          width,
          height,
        }),
        spots.map(({ id, x, y, radius, text: label }) =>
          element('qti-hotspot-choice', {
            identifier: id,
            shape: 'circle',
            coords: [x, y, radius].map((at) => String(Math.round(at))).join(','),
            'hotspot-label': label,
          }),
        ),
      ),
    ],
    losses: multiple ? [feedbackLost] : [],
  };
}

function openResponse(question: QuestionOf<'open-response'>): Item {
  return {
    declarations: [declare(one, text)],
    body: [
      element(
        'qti-extended-text-interaction',
        { 'response-identifier': one, 'expected-lines': '6' },
        prompt(question),
      ),
      element(
        'qti-rubric-block',
        { use: 'scoring', view: 'scorer' },
        element(
          'qti-content-body',
          {},
          markup(question.model),
          element(
            'ul',
            {},
            question.rubric.map((criterion) =>
              element('li', {}, inline(criterion.text), ` (${criterion.points})`),
            ),
          ),
        ),
      ),
    ],
    processing: element('qti-response-processing', {}),
    losses: ['Other systems know the rubric as a text only.'],
  };
}

function itemOf(question: Question, figures: Exchange['figures']): Item | string {
  switch (question.kind) {
    case 'choice':
      return choice(question);
    case 'true-false':
      return trueFalse(question);
    case 'matching':
      return rows(
        question,
        question.rows.map((row) => ({ ...row, key: row.match })),
        question.options,
      );
    case 'sorting':
      return rows(
        question,
        question.items.map((row) => ({ ...row, key: row.category })),
        question.categories,
      );
    case 'matrix':
      return rows(
        question,
        question.rows.map((row) => ({ ...row, key: row.column })),
        question.columns,
      );
    case 'ordering':
      return ordering(question);
    case 'short-answer':
      return shortAnswer(question);
    case 'gaps':
      return gapsIn(question.text).length > 0 ? gaps(question) : 'It has no gap.';
    case 'numeric':
      return numeric(question);
    case 'hotspot':
      return figures[question.figure] ? hotspot(question, figures) : 'Its figure is missing.';
    case 'open-response':
      return openResponse(question);
    case 'calculated':
      return 'Left out: QTI has no safe way for its formula.';
    case 'budget':
      return 'Left out: QTI has no shares that add up to 100 %.';
  }
}

/** What our import reads back whole, as long as nobody has changed the item since. */
export const keptMark = 'led-campus';
export const digest = (xml: string): string => createHash('sha256').update(xml).digest('hex');

function writeItem(question: Question, item: Item, figures: Exchange['figures']): string {
  const outcome = (id: string, base: string, initial?: string) =>
    element(
      'qti-outcome-declaration',
      { identifier: id, cardinality: 'single', 'base-type': base },
      initial === undefined
        ? undefined
        : element('qti-default-value', {}, element('qti-value', {}, initial)),
    );
  const { figure } = question;
  const picture =
    figure && figures[figure] && question.kind !== 'hotspot'
      ? element('p', {}, element('img', { src: `../figures/${figure}.svg`, alt: figure }))
      : undefined;
  const content = element(
    'qti-assessment-item',
    {
      xmlns: space,
      identifier: question.id,
      title: question.id,
      adaptive: 'false',
      'time-dependent': 'false',
      'xml:lang': 'en',
    },
    item.declarations,
    outcome('SCORE', 'float', '0'),
    outcome('MAXSCORE', 'float', '1'),
    item.feedback ? outcome('FEEDBACK', 'identifier') : undefined,
    element('qti-item-body', {}, picture, item.body),
    item.processing,
    item.feedback ?? [],
  ).xml;
  const kept = JSON.stringify({ digest: digest(content), question }).replaceAll('--', '-\\u002d');
  return `<?xml version="1.0" encoding="UTF-8"?>\n<!-- ${keptMark}: ${kept} -->\n${content}\n`;
}

/** A bank as a QTI 3.0 package: a manifest, a test with one section, an item a question, and the figures. */
export function exportQti({ title, questions, figures }: Exchange): Exported {
  const losses: Loss[] = [];
  const files: Record<string, Uint8Array> = {};
  const sent: Question[] = [];
  for (const question of questions) {
    const item = itemOf(question, figures);
    if (typeof item === 'string') {
      const what = item.startsWith('Left out') ? item : `Left out: ${item}`;
      losses.push({ question: question.id, what });
      continue;
    }
    sent.push(question);
    for (const what of new Set(item.losses)) losses.push({ question: question.id, what });
    if (question.hints.length > 0 || question.explanation) {
      const what = 'Hints and explanation are read by LED Campus alone.';
      losses.push({ question: question.id, what });
    }
    files[`items/${question.id}.xml`] = strToU8(writeItem(question, item, figures));
  }
  const used = new Set(sent.flatMap(({ figure }) => (figure && figures[figure] ? [figure] : [])));
  for (const name of used) files[`figures/${name}.svg`] = strToU8(figures[name]!);
  files['test.xml'] = strToU8(declared(testOf(title, sent)));
  files['imsmanifest.xml'] = strToU8(declared(manifestOf(sent, used)));
  return {
    losses,
    file: {
      name: `${slug(title) || 'questions'}.qti.zip`,
      type: 'application/zip',
      // The same bank is the same file: no time of day in it.
      body: zipSync(files, { mtime: new Date('1980-01-02T00:00:00Z') }),
    },
  };
}
const declared = (root: Xml) => `<?xml version="1.0" encoding="UTF-8"?>\n${root.xml}\n`;

function testOf(title: string, questions: readonly Question[]): Xml {
  return element(
    'qti-assessment-test',
    { xmlns: space, identifier: 'test', title },
    element(
      'qti-test-part',
      { identifier: 'part', 'navigation-mode': 'nonlinear', 'submission-mode': 'simultaneous' },
      element(
        'qti-assessment-section',
        { identifier: 'section', title, visible: 'true' },
        questions.map(({ id }) =>
          element('qti-assessment-item-ref', { identifier: `item-${id}`, href: `items/${id}.xml` }),
        ),
      ),
    ),
  );
}

function manifestOf(questions: readonly Question[], figures: ReadonlySet<string>): Xml {
  const file = (href: string) => element('file', { href });
  return element(
    'manifest',
    { xmlns: 'http://www.imsglobal.org/xsd/qti/qtiv3p0/imscp_v1p1', identifier: 'manifest' },
    element(
      'metadata',
      {},
      element('schema', {}, 'QTI Package'),
      element('schemaversion', {}, '3.0.0'),
    ),
    element('organizations', {}),
    element(
      'resources',
      {},
      element(
        'resource',
        { identifier: 'test', type: 'imsqti_test_xmlv3p0', href: 'test.xml' },
        file('test.xml'),
        questions.map(({ id }) => element('dependency', { identifierref: `item-${id}` })),
      ),
      questions.map(({ id, figure }) =>
        element(
          'resource',
          {
            identifier: `item-${id}`,
            type: 'imsqti_item_xmlv3p0',
            href: `items/${id}.xml`,
          },
          file(`items/${id}.xml`),
          figure && figures.has(figure)
            ? element('dependency', { identifierref: `figure-${figure}` })
            : undefined,
        ),
      ),
      [...figures].map((name) =>
        element(
          'resource',
          {
            identifier: `figure-${name}`,
            type: 'associatedcontent/learning-application-resource',
            href: `figures/${name}.svg`,
          },
          file(`figures/${name}.svg`),
        ),
      ),
    ),
  );
}
