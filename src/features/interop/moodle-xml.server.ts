import { practiceSeed } from '#features/questions/questions.ts';
import { parametersFor } from '#features/questions/calculated.ts';
import { toHtml } from '#features/questions/markdown.server.ts';
import { writeGap } from './cloze.server.ts';
import { slug } from './ids.ts';
import type { Exchange, Exported, Loss } from './interop.ts';
import {
  type MoodleOf,
  type MoodleQuestion,
  type Weighted,
  decimal,
  percentage,
  writeKept,
} from './moodle.ts';
import { toMoodleFormula } from './moodle-formula.ts';
import { decimalsOf, toMoodle } from './to-moodle.server.ts';
import { type Xml, commented, element } from './xml.server.ts';

const words = (text: string | number) => element('text', {}, text);
const html = (name: string, text: string | undefined, ...more: (Xml | undefined)[]): Xml =>
  element(name, { format: 'html' }, words(text ? toHtml(text) : ''), ...more);

const answered = (
  { text, percent, feedback }: Weighted,
  format: 'html' | 'moodle_auto_format',
  ...more: Xml[]
): Xml =>
  element(
    'answer',
    { fraction: percentage(percent), format },
    words(format === 'html' ? toHtml(text) : text),
    ...more,
    html('feedback', feedback),
  );

const plainAnswer = (one: Weighted, ...more: Xml[]) => answered(one, 'moodle_auto_format', ...more);

/** How many values a calculated question takes along for each of its parameters. */
const sets = 10;

function numerical({ answers, otherwise, unit, units }: MoodleOf<'numerical'>): Xml[] {
  const others = Object.entries(units).map(([name, factor]) => [name, 1 / factor] as const);
  const all = unit ? [[unit, 1] as const, ...others] : others;
  return [
    ...answers.map(({ value, tolerance, percent, feedback }) =>
      plainAnswer(
        { text: decimal(value), percent, feedback },
        element('tolerance', {}, decimal(tolerance)),
      ),
    ),
    plainAnswer({ text: '*', percent: 0, feedback: otherwise }, element('tolerance', {}, 0)),
    ...unitsOf(all),
  ];
}

function unitsOf(units: readonly (readonly [string, number])[]): Xml[] {
  const settings = [
    element('unitgradingtype', {}, 0),
    element('unitpenalty', {}, decimal(0.1)),
    // A field for number and unit together, or no unit at all.
    element('showunits', {}, units.length > 0 ? 0 : 3),
    element('unitsleft', {}, 0),
  ];
  if (units.length === 0) return settings;
  const list = units.map(([name, multiplier]) =>
    element(
      'unit',
      {},
      element('multiplier', {}, decimal(multiplier)),
      element('unit_name', {}, name),
    ),
  );
  return [element('units', {}, ...list), ...settings];
}

function calculated(moodle: MoodleOf<'calculated'>): Xml[] {
  const { name: id, parameters, answers, otherwise, decimals, unit } = moodle;
  const precision = [
    element('correctanswerformat', {}, 1),
    element('correctanswerlength', {}, decimals),
  ];
  const draws = Array.from({ length: sets }, (_, at) =>
    parametersFor({ parameters }, practiceSeed(id, at)),
  );
  const definitions = Object.entries(parameters).map(([name, { min, max, step }]) =>
    element(
      'dataset_definition',
      {},
      element('status', {}, words('private')),
      element('name', {}, words(name)),
      element('type', {}, 'calculated'),
      element('distribution', {}, words('uniform')),
      element('minimum', {}, words(decimal(min))),
      element('maximum', {}, words(decimal(max))),
      element('decimals', {}, words(decimalsOf(step))),
      element('itemcount', {}, sets),
      element(
        'dataset_items',
        {},
        ...draws.map((values, at) =>
          element(
            'dataset_item',
            {},
            element('number', {}, at + 1),
            element('value', {}, decimal(values[name]!)),
          ),
        ),
      ),
      element('number_of_items', {}, sets),
    ),
  );
  return [
    element('synchronize', {}, 0),
    element('single', {}, 0),
    element('answernumbering', {}, 'abc'),
    element('shuffleanswers', {}, 0),
    ...answers.map(({ formula, tolerance, percent, feedback }) =>
      plainAnswer(
        { text: toMoodleFormula(formula), percent, feedback },
        // Moodle's first type is a share of the answer, its second a number.
        element(
          'tolerance',
          {},
          typeof tolerance === 'number' ? decimal(tolerance) : decimal(share(tolerance)),
        ),
        element('tolerancetype', {}, typeof tolerance === 'number' ? 2 : 1),
        ...precision,
      ),
    ),
    plainAnswer(
      { text: '*', percent: 0, feedback: otherwise },
      element('tolerance', {}, 0),
      element('tolerancetype', {}, 2),
      ...precision,
    ),
    ...unitsOf(unit ? [[unit, 1]] : []),
    element('dataset_definitions', {}, ...definitions),
  ];
}
const share = (percent: string) => Number((parseFloat(percent) / 100).toFixed(12));

function essay({ model, words: limits, kept }: MoodleOf<'essay'>): Xml[] {
  const criteria = (kept.rubric ?? []).map(
    ({ text, points }) => `<li>${toHtml(text)} (${points})</li>`,
  );
  const notes = `${toHtml(model ?? '')}<hr><ul>${criteria.join('')}</ul>`;
  return [
    element('responseformat', {}, 'plain'),
    element('responserequired', {}, 1),
    element('responsefieldlines', {}, 10),
    ...(limits
      ? [element('minwordlimit', {}, limits.min), element('maxwordlimit', {}, limits.max)]
      : []),
    element('attachments', {}, 0),
    element('attachmentsrequired', {}, 0),
    element('graderinfo', { format: 'html' }, words(notes)),
    html('responsetemplate', ''),
  ];
}

/** What a question has beside what all have. */
function own(moodle: MoodleQuestion): Xml[] {
  switch (moodle.type) {
    case 'multichoice':
      return [
        element('single', {}, moodle.single),
        element('shuffleanswers', {}, true),
        element('answernumbering', {}, 'abc'),
        ...moodle.answers.map((one) => answered(one, 'html')),
      ];
    case 'truefalse':
      return ([true, false] as const).map((value) =>
        plainAnswer({
          text: String(value),
          percent: value === moodle.answer ? 100 : 0,
          feedback: moodle.feedback[`${value}`],
        }),
      );
    case 'shortanswer':
      return [element('usecase', {}, 0), ...moodle.answers.map((one) => plainAnswer(one))];
    case 'numerical':
      return numerical(moodle);
    case 'matching':
      return [
        element('shuffleanswers', {}, true),
        ...moodle.pairs.map(({ text, answer }) =>
          html('subquestion', text, element('answer', {}, words(answer))),
        ),
      ];
    case 'ordering': {
      const { right, partly, wrong } = moodle.overall ?? {};
      return [
        element('layouttype', {}, 'VERTICAL'),
        element('selecttype', {}, 'ALL'),
        element('selectcount', {}, 0),
        element('gradingtype', {}, 'RELATIVE_NEXT_EXCLUDE_LAST'),
        element('showgrading', {}, 'SHOW'),
        element('numberingstyle', {}, 'none'),
        html('correctfeedback', right),
        html('partiallycorrectfeedback', partly),
        html('incorrectfeedback', wrong),
        // Here Moodle has the place in the order where it has marks elsewhere.
        ...moodle.items.map((text, at) =>
          element('answer', { fraction: String(at + 1), format: 'html' }, words(toHtml(text))),
        ),
      ];
    }
    case 'cloze':
      return [];
    case 'calculated':
      return calculated(moodle);
    case 'essay':
      return essay(moodle);
  }
}

/** The prompt; of a cloze question its text below, gaps written out. */
function asked(moodle: MoodleQuestion): string {
  if (moodle.type !== 'cloze') return toHtml(moodle.prompt);
  const block = (text: string) => (text.startsWith('<') ? text : `<p>${text}</p>`);
  // Signs of nobody's, since what is `{gap}` in HTML may have been `{gap\\}` in Markdown, which is no gap.
  const marked = moodle.gaps.reduce(
    (text, { id }, at) => text.replace(`{${id}}`, `\uE000${at}\uE001`),
    moodle.text,
  );
  const text = toHtml(marked).replace(/\uE000(\d+)\uE001/g, (_, at: string) =>
    writeGap(moodle.gaps[Number(at)]!),
  );
  return `${block(toHtml(moodle.prompt))}\n${block(text)}`;
}

function drawing(name: string, svg: string): { image: string; file: Xml } {
  const file = `${name}.svg`;
  const title = /<title[^>]*>([^<]*)<\/title>/.exec(svg)?.[1] ?? '';
  return {
    image: `<p><img src="@@PLUGINFILE@@/${file}" alt="${title.replaceAll('"', '&quot;')}"></p>`,
    file: element(
      'file',
      { name: file, path: '/', encoding: 'base64' },
      Buffer.from(svg, 'utf8').toString('base64'),
    ),
  };
}

function question(moodle: MoodleQuestion, svg: string | undefined): Xml {
  const { name, id, figure, explanation, hints, tags, type } = moodle;
  const kept = writeKept(moodle.kept);
  const shown = figure && svg ? drawing(figure, svg) : undefined;
  return element(
    'question',
    { type },
    kept ? commented(kept) : undefined,
    element('name', {}, words(name)),
    element(
      'questiontext',
      { format: 'html' },
      words(asked(moodle) + (shown ? `\n${shown.image}` : '')),
      shown?.file,
    ),
    html('generalfeedback', explanation),
    ...(type === 'cloze' ? [] : [element('defaultgrade', {}, 1)]),
    element('penalty', {}, type === 'truefalse' ? 1 : 0.3333333),
    element('hidden', {}, 0),
    element('idnumber', {}, id),
    ...own(moodle),
    ...hints.map((hint) => html('hint', hint)),
    element('tags', {}, ...tags.map((tag) => element('tag', {}, words(tag)))),
  );
}

/**
 * Writes a bank as Moodle XML, texts as HTML.
 *
 * What Moodle won't know is in the losses; our own import finds some of it again in comments.
 */
export function exportMoodleXml({ title, questions, figures }: Exchange): Exported {
  const lost: Loss[] = [];
  const parts: Xml[] = [
    element(
      'question',
      { type: 'category' },
      element('category', {}, words(title.replace(/\s+/g, ' ').replaceAll('/', '//'))),
    ),
  ];
  for (const one of questions) {
    const { moodle, losses } = toMoodle(one);
    lost.push(...losses);
    if (!moodle) continue;
    const { figure } = moodle;
    const svg = figure && Object.hasOwn(figures, figure) ? figures[figure] : undefined;
    if (figure && !svg) lost.push({ question: one.id, what: `There is no figure "${figure}".` });
    parts.push(question(moodle, svg));
  }
  const body = `<?xml version="1.0" encoding="UTF-8"?>\n${element('quiz', {}, ...parts.map(({ xml }) => ({ xml: `\n${xml}` })), { xml: '\n' }).xml}\n`;
  return {
    losses: lost,
    file: {
      name: `${slug(title) || 'questions'}.xml`,
      type: 'application/xml',
      body: new TextEncoder().encode(body),
    },
  };
}
