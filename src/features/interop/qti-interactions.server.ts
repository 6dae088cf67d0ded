import type { Element } from '@xmldom/xmldom';
import { interop } from '#i18n/en/interop.ts';
import { htmlToPlain } from './html.server.ts';
import { idsFor } from './ids.ts';
import { attribute, below, inner, kid, kids, serializer, words } from './qti-xml.server.ts';

/** How a response is declared: its key, and what each answer is worth. */
interface Declaration {
  cardinality: string;
  base: string;
  correct: string[];
  mapping: Map<string, number> | undefined;
}

/** Why an item can't be a question of ours. */
export class LeftOut extends Error {}

/** An item while it is read. */
export interface Reading {
  item: Element;
  declarations: Map<string, Declaration>;
  lose: (what: string) => void;
  said: (about: 'right' | 'wrong' | 'either') => string;
  /** What modal and inline feedback says, by the choice it belongs to. */
  feedback: Map<string, string>;
  markdown: (html: string) => string;
}

/** How the responses of an item are declared, by name. */
export function readDeclarations(item: Element): Map<string, Declaration> {
  return new Map(
    kids(item, 'qti-response-declaration').map((one) => {
      const key = kid(one, 'qti-correct-response');
      const map = kid(one, 'qti-mapping');
      return [
        attribute(one, 'identifier'),
        {
          cardinality: attribute(one, 'cardinality'),
          base: attribute(one, 'base-type'),
          correct: key ? kids(key, 'qti-value').map(words) : [],
          mapping: map && readMapping(map),
        },
      ];
    }),
  );
}
const readMapping = (map: Element) =>
  new Map(
    kids(map, 'qti-map-entry').map((entry) => [
      attribute(entry, 'map-key'),
      Number(attribute(entry, 'mapped-value')) || 0,
    ]),
  );

/** Whether an item marks by its mapping; else by its key, all or nothing, or in a way of its own. */
function marking(item: Element): 'key' | 'mapping' | 'own' | 'none' {
  const processing = kid(item, 'qti-response-processing');
  if (!processing) return 'none';
  const template = attribute(processing, 'template');
  if (/match_correct/.test(template)) return 'key';
  if (/map_response/.test(template)) return 'mapping';
  if (below(processing, /^qti-map-response/).length > 0) return 'mapping';
  return below(processing, /^qti-correct$/).length > 0 ? 'key' : 'own';
}

/** What an item says about its answers, by the name of the answer. */
export function readFeedback(
  item: Element,
  markdown: (html: string) => string,
): Map<string, string> {
  const said = new Map<string, string>();
  for (const one of below(item, /^qti-(modal-feedback|feedback-inline|feedback-block)$/)) {
    if (attribute(one, 'show-hide') === 'hide') continue;
    const text = markdown(inner(one));
    if (text) said.set(attribute(one, 'identifier'), text);
  }
  return said;
}

const declarationOf = ({ declarations }: Reading, interaction: Element): Declaration => {
  const found = declarations.get(attribute(interaction, 'response-identifier'));
  if (!found) throw new LeftOut('its response is not declared.');
  return found;
};

/** Parts to choose from, with what each is worth; 1 for the key. */
function choices(
  reading: Reading,
  interaction: Element,
  parts: readonly { name: string; text: string }[],
  otherwise: string,
) {
  const { lose, said, item, feedback } = reading;
  const { correct, mapping, cardinality } = declarationOf(reading, interaction);
  const most = attribute(interaction, 'max-choices');
  const multiple = cardinality === 'multiple' && most !== '1';
  const by = marking(item);
  const top = Math.max(0, ...(mapping?.values() ?? []));
  const isKey = (name: string) =>
    correct.length > 0
      ? correct.includes(name)
      : by === 'mapping' &&
        (mapping?.get(name) ?? 0) > 0 &&
        (multiple || mapping?.get(name) === top);
  const right = parts.filter(({ name }) => isKey(name));
  if (right.length === 0) throw new LeftOut('no answer is declared to be right.');
  if (!multiple && right.length > 1)
    throw new LeftOut('several answers are right, but one is asked.');
  if (by === 'own') lose('It is marked in a way of its own there; here by its key.');
  if (multiple && by !== 'own') {
    const worth = mapping && [...mapping].filter(([name]) => isKey(name)).map(([, value]) => value);
    const off = parts.filter(({ name }) => !isKey(name)).map(({ name }) => mapping?.get(name) ?? 0);
    const alike =
      by === 'mapping' &&
      worth?.every((value) => Math.abs(value - worth[0]!) < 1e-6) &&
      off.every((value) => Math.abs(value + worth[0]!) < 1e-6);
    if (!alike) {
      lose(
        by === 'key'
          ? 'It is marked all or nothing there; here right ticks minus wrong ticks.'
          : 'Its ticks have weights of their own there; here right ticks count alike and a wrong one takes off as much.',
      );
    }
  }
  const ids = idsFor(
    parts.map(({ text }) => htmlToPlain(text)),
    otherwise,
    parts.map(({ name }) => name),
  );
  return {
    multiple,
    parts: parts.map(({ name, text }, at) => {
      const key = isKey(name);
      const worth = !multiple && by === 'mapping' && top > 0 ? (mapping?.get(name) ?? 0) / top : 0;
      return {
        id: ids[at]!,
        name,
        text,
        correct: key,
        ...(!key && worth > 0 && worth < 1 ? { credit: Number(worth.toFixed(12)) } : {}),
        feedback: feedback.get(name) ?? said(key ? 'right' : 'wrong'),
      };
    }),
  };
}

function choice(reading: Reading, interaction: Element) {
  const { markdown, lose } = reading;
  const simple = below(interaction, /^qti-simple-choice$/);
  const read = choices(
    reading,
    interaction,
    simple.map((one) => ({ name: attribute(one, 'identifier'), text: inner(one) })),
    'choice',
  );
  if (attribute(interaction, 'shuffle') !== 'true' && simple.length > 2) {
    lose('Its answers keep their order there; here they are shuffled.');
  }
  return {
    kind: 'choice',
    multiple: read.multiple,
    choices: read.parts.map(({ name: _, text, ...one }, at) => ({
      ...one,
      text: markdown(text) || `${at + 1}`,
    })),
  };
}

function hottext(reading: Reading, interaction: Element) {
  const { markdown, lose } = reading;
  const spans = below(interaction, /^qti-hottext$/);
  lose('Words to mark in a text are choices here.');
  const read = choices(
    reading,
    interaction,
    spans.map((one) => ({ name: attribute(one, 'identifier'), text: inner(one) })),
    'words',
  );
  return {
    kind: 'choice',
    multiple: read.multiple,
    choices: read.parts.map(({ name: _, text, ...one }) => ({ ...one, text: markdown(text) })),
  };
}

function order(reading: Reading, interaction: Element) {
  const { markdown, lose, said, item } = reading;
  const { correct } = declarationOf(reading, interaction);
  const simple = below(interaction, /^qti-simple-choice$/);
  const byName = new Map(simple.map((one) => [attribute(one, 'identifier'), one]));
  if (correct.length < 3 || correct.some((name) => !byName.has(name))) {
    throw new LeftOut('it has no order of three or more items as its key.');
  }
  if (correct.length < simple.length)
    lose('Some of its items belong nowhere there; here they are left out.');
  if (marking(item) !== 'own') lose('It is marked all or nothing there; here by neighbours.');
  const texts = correct.map((name) => markdown(inner(byName.get(name)!)));
  const ids = idsFor(texts, 'item', correct);
  return {
    kind: 'ordering',
    items: texts.map((text, at) => ({ id: ids[at], text })),
    feedback: { right: said('right'), wrong: said('wrong') },
  };
}

/** Pairs that do not all count alike there, or that take off marks. */
function tellWeights({ lose, item }: Reading, interaction: Element, { mapping }: Declaration) {
  if (!mapping || marking(item) !== 'mapping') return;
  const values = [...mapping.values()];
  if (values.some((value) => Math.abs(value - values[0]!) > 1e-9)) {
    lose('Its parts have weights of their own there; here they count alike.');
  }
  const id = attribute(interaction, 'response-identifier');
  const declared = kids(item, 'qti-response-declaration').find(
    (one) => attribute(one, 'identifier') === id,
  );
  const map = declared && kid(declared, 'qti-mapping');
  if (map && Number(attribute(map, 'default-value')) < 0) {
    lose('A wrong part takes off marks there; here it counts nothing.');
  }
}

function match(reading: Reading, interaction: Element) {
  const { markdown, lose, said, item } = reading;
  const declaration = declarationOf(reading, interaction);
  const { correct, mapping } = declaration;
  tellWeights(reading, interaction, declaration);
  const [from, to] = kids(interaction, 'qti-simple-match-set');
  if (!from || !to) throw new LeftOut('it has not two lists to match.');
  const part = (one: Element) => ({ name: attribute(one, 'identifier'), element: one });
  let rows = kids(from, 'qti-simple-associable-choice').map(part);
  let options = kids(to, 'qti-simple-associable-choice').map(part);
  const given = correct.length > 0 ? correct : [...(mapping?.keys() ?? [])];
  let pairs = given.map((pair) => pair.split(/\s+/) as [string, string]);
  const mostOf = (list: string[]) =>
    Math.max(0, ...list.map((a) => list.filter((b) => a === b).length));
  // Some items have the many on the right.
  if (mostOf(pairs.map(([row]) => row)) > 1 && mostOf(pairs.map(([, option]) => option)) <= 1) {
    [rows, options] = [options, rows];
    pairs = pairs.map(([row, option]) => [option, row]);
  }
  if (mostOf(pairs.map(([row]) => row)) > 1) {
    throw new LeftOut('a row belongs to several others; here each belongs to one.');
  }
  const keyOf = new Map(pairs);
  const matched = rows.filter(({ name }) => keyOf.has(name));
  if (matched.length < 2) throw new LeftOut('fewer than two rows have a match.');
  if (matched.length < rows.length) lose('Rows that match nothing there are left out here.');
  if (marking(item) === 'key') lose('It is marked all or nothing there; here row by row.');
  const labels = options.map(({ element }) => htmlToPlain(inner(element)));
  const optionIds = idsFor(
    labels,
    'option',
    options.map(({ name }) => name.replace(/^o-/, '')),
  );
  const texts = matched.map(({ element }) => markdown(inner(element)));
  const rowIds = idsFor(
    texts,
    'row',
    matched.map(({ name }) => name.replace(/^r-/, '')),
  );
  return {
    kind: 'matching',
    options: labels.map((text, at) => ({ id: optionIds[at], text: text || `${at + 1}` })),
    rows: matched.map(({ name }, at) => ({
      id: rowIds[at],
      text: texts[at] || `${at + 1}`,
      match: optionIds[options.findIndex((option) => option.name === keyOf.get(name))],
      feedback: said('either'),
    })),
  };
}

/** Accepted words of a typed answer, with what each is worth. */
function accepted(reading: Reading, { correct, mapping }: Declaration) {
  const { said, item, lose } = reading;
  const worth = new Map<string, number>();
  const top = Math.max(0, ...(mapping?.values() ?? []));
  if (mapping && top > 0 && marking(item) !== 'key') {
    for (const [word, value] of mapping) {
      if (value < 0) lose(`"${word}" takes off marks there; here it is worth nothing.`);
      worth.set(word, Math.max(0, value) / top);
    }
  } else for (const word of correct) worth.set(word, 1);
  const list = [...worth].filter(([word]) => word.trim() !== '');
  if (!list.some(([, value]) => value === 1))
    throw new LeftOut('no answer is declared to be right.');
  if (list.some(([word]) => word.includes('*'))) {
    throw new LeftOut('an asterisk itself is to be typed; here it always stands for any words.');
  }
  return {
    answers: list.map(([word, value]) => ({
      accept: [word],
      ...(value < 1 ? { credit: Number(value.toFixed(12)) } : {}),
      feedback: said(value === 1 ? 'right' : 'wrong'),
    })),
    otherwise: said('wrong'),
    spelling: 'exact',
  };
}

function number(reading: Reading, declaration: Declaration) {
  const { said, item, lose } = reading;
  const processing = kid(item, 'qti-response-processing');
  const credits: { value: number; tolerance: number; credit: number }[] = [];
  for (const condition of processing ? below(processing, /^qti-response-(if|else-if)$/) : []) {
    const equal = kid(condition, 'qti-equal');
    const base = equal && kid(equal, 'qti-base-value');
    const set = kid(condition, 'qti-set-outcome-value');
    const worth = set && kid(set, 'qti-base-value');
    const value = base ? Number(words(base)) : equal ? Number(declaration.correct[0]) : NaN;
    if (!equal || Number.isNaN(value)) continue;
    const [far = '0'] = attribute(equal, 'tolerance').split(/\s+/);
    const relative = attribute(equal, 'tolerance-mode') === 'relative';
    credits.push({
      value,
      tolerance: relative ? (Math.abs(value) * Number(far)) / 100 : Number(far) || 0,
      credit: worth ? Number(words(worth)) : 1,
    });
  }
  if (credits.length === 0 && declaration.mapping) {
    const top = Math.max(...declaration.mapping.values());
    for (const [key, value] of declaration.mapping) {
      credits.push({ value: Number(key), tolerance: 0, credit: value / top });
    }
  }
  if (credits.length === 0) {
    for (const key of declaration.correct)
      credits.push({ value: Number(key), tolerance: 0, credit: 1 });
    if (marking(item) === 'own') lose('It is marked in a way of its own there; here by its key.');
  }
  const good = credits.filter(({ value }) => Number.isFinite(value));
  if (!good.some(({ credit }) => credit === 1))
    throw new LeftOut('no number is declared to be right.');
  return {
    answers: good.map(({ value, tolerance, credit }) => ({
      value,
      tolerance: Number.isFinite(tolerance) ? tolerance : 0,
      ...(credit === 1 ? {} : { credit: Math.min(1, Math.max(0, credit)) }),
      feedback: said(credit === 1 ? 'right' : 'wrong'),
    })),
    otherwise: said('wrong'),
  };
}

/** A text with fields in it; `fieldOf` says which gap an element is. */
function gapText(
  reading: Reading,
  body: Element,
  fieldOf: (element: Element) => string | undefined,
): string {
  const { markdown } = reading;
  const marked = (node: Element): string =>
    [...node.childNodes]
      .map((child) => {
        if (child.nodeType !== 1) return serializer.serializeToString(child);
        const one = child as Element;
        const gap = fieldOf(one);
        if (gap !== undefined) return `GAPGAP${gap}GAPGAP`;
        const name = one.localName ?? '';
        if (/^qti-(prompt|feedback|rubric|stimulus|gap-text|gap-img)/.test(name)) return '';
        if (/^qti-/.test(name)) return marked(one);
        return /^(br|hr|img)$/.test(name) ? `<${name}>` : `<${name}>${marked(one)}</${name}>`;
      })
      .join('');
  return markdown(marked(body))
    .replace(/[{}]/g, '')
    .replace(/GAPGAP([a-z0-9-]+)GAPGAP/g, '{$1}')
    .replace(/ {2,}/g, ' ');
}

const inlineField = /^qti-(inline-choice|text-entry)-interaction$/;

function inlineGaps(reading: Reading, body: Element) {
  const fields = below(body, inlineField);
  const names = fields.map((field) => attribute(field, 'response-identifier'));
  const ids = idsFor(
    names.map((_, at) => `gap-${at + 1}`),
    'gap',
    names.map((name) => name.replace(/^gap-/, '').toLowerCase()),
  );
  const gaps = fields.map((field, at) => {
    const declaration = declarationOf(reading, field);
    const id = ids[at]!;
    if (field.localName === 'qti-text-entry-interaction') {
      return { id, ...accepted(reading, declaration) };
    }
    const options = kids(field, 'qti-inline-choice').map((one) => ({
      name: attribute(one, 'identifier'),
      text: htmlToPlain(inner(one)),
    }));
    const top = Math.max(0, ...(declaration.mapping?.values() ?? []));
    const key =
      declaration.correct[0] ??
      [...(declaration.mapping ?? [])].find(([, value]) => value === top && top > 0)?.[0];
    const optionIds = idsFor(
      options.map(({ text }) => text),
      'option',
      options.map(({ name }) => name),
    );
    return {
      id,
      options: options.map(({ name, text }, index) => ({
        id: optionIds[index],
        text: text || `${index + 1}`,
        correct: name === key,
        feedback: reading.feedback.get(name) ?? reading.said(name === key ? 'right' : 'wrong'),
      })),
    };
  });
  if (fields.length > 1 && marking(reading.item) === 'key') {
    reading.lose('It is marked all or nothing there; here gap by gap.');
  }
  const text = gapText(reading, body, (one) => {
    const at = fields.indexOf(one);
    return at === -1 ? undefined : ids[at];
  });
  const [prompt] = below(body, /^qti-prompt$/);
  const asked = prompt ? reading.markdown(inner(prompt)) : '';
  return { kind: 'gaps', prompt: asked || interop.filler.complete, text, gaps };
}

function gapMatch(reading: Reading, interaction: Element) {
  const declaration = declarationOf(reading, interaction);
  const { correct, mapping } = declaration;
  tellWeights(reading, interaction, declaration);
  const given = correct.length > 0 ? correct : [...(mapping?.keys() ?? [])];
  const options = below(interaction, /^qti-gap-text$/).map((one) => ({
    name: attribute(one, 'identifier'),
    text: htmlToPlain(inner(one)),
  }));
  if (below(interaction, /^qti-gap-img$/).length > 0)
    throw new LeftOut('it puts images into gaps.');
  const fields = below(interaction, /^qti-gap$/);
  const keyOf = new Map(given.map((pair) => pair.split(/\s+/).toReversed() as [string, string]));
  const ids = idsFor(
    fields.map((_, at) => `gap-${at + 1}`),
    'gap',
    fields.map((field) => attribute(field, 'identifier').toLowerCase()),
  );
  const optionIds = idsFor(
    options.map(({ text }) => text),
    'option',
    options.map(({ name }) => name),
  );
  if (marking(reading.item) === 'key') {
    reading.lose('It is marked all or nothing there; here gap by gap.');
  }
  const promptOf = kid(interaction, 'qti-prompt');
  return {
    kind: 'gaps',
    prompt: (promptOf && reading.markdown(inner(promptOf))) || interop.filler.complete,
    text: gapText(reading, interaction, (one) => {
      const at = fields.indexOf(one);
      return at === -1 ? undefined : ids[at];
    }),
    gaps: fields.map((field, at) => {
      const key = keyOf.get(attribute(field, 'identifier'));
      if (!key) throw new LeftOut('a gap has no key.');
      return {
        id: ids[at],
        options: options.map(({ name, text }, index) => ({
          id: optionIds[index],
          text: text || `${index + 1}`,
          correct: name === key,
          feedback: reading.said(name === key ? 'right' : 'wrong'),
        })),
      };
    }),
  };
}

function hotspot(
  reading: Reading,
  interaction: Element,
  svgOf: (src: string) => string | undefined,
) {
  const picture = below(interaction, /^(img|object|picture)$/)[0];
  const src = picture ? attribute(picture, 'src') || attribute(picture, 'data') : '';
  const figure = svgOf(src);
  if (!figure) throw new LeftOut('its picture is no figure of ours (SVG with a viewBox).');
  const areas = kids(interaction, 'qti-hotspot-choice').map((one) => {
    const numbers = attribute(one, 'coords')
      .split(/[\s,]+/)
      .map(Number);
    return {
      name: attribute(one, 'identifier'),
      text: attribute(one, 'hotspot-label') || attribute(one, 'aria-label'),
      ...circleOf(attribute(one, 'shape'), numbers),
    };
  });
  const read = choices(reading, interaction, areas, 'spot');
  if (areas.some(({ text }) => !text))
    reading.lose('Some of its places have no name there; here they are numbered.');
  return {
    kind: 'hotspot',
    figure,
    multiple: read.multiple,
    spots: read.parts.map(({ id, correct, feedback, text }, at) => {
      const { x, y, radius } = areas[at]!;
      return { id, text: text || `${at + 1}`, x, y, radius, correct, feedback };
    }),
  };
}
function circleOf(shape: string, [a = 0, b = 0, c = 0, d = 0, ...more]: number[]) {
  if (shape === 'circle') return { x: a, y: b, radius: c };
  if (shape === 'rect') {
    return { x: (a + c) / 2, y: (b + d) / 2, radius: Math.max(8, Math.min(c - a, d - b) / 2) };
  }
  if (shape === 'ellipse') return { x: a, y: b, radius: Math.max(8, Math.min(c, d)) };
  if (shape === 'poly') {
    const all = [a, b, c, d, ...more];
    const xs = all.filter((_, at) => at % 2 === 0);
    const ys = all.filter((_, at) => at % 2 === 1);
    const middle = (list: number[]) => list.reduce((x, y) => x + y, 0) / list.length;
    return { x: middle(xs), y: middle(ys), radius: 20 };
  }
  throw new LeftOut(`a place has the shape "${shape}".`);
}

function extended(reading: Reading) {
  const rubric = below(reading.item, /^qti-rubric-block$/)[0];
  const model = rubric ? reading.markdown(inner(rubric)) : '';
  reading.lose('A rubric is a text there; here it has criteria, so write them.');
  return {
    kind: 'open-response',
    model: model || interop.filler.model,
    rubric: [{ id: 'criterion', text: interop.filler.criterion, points: 1 }],
  };
}

function slider(reading: Reading, interaction: Element) {
  reading.lose('A slider is a number to type here.');
  return { kind: 'numeric', ...number(reading, declarationOf(reading, interaction)) };
}

/** Every interaction, whether we have a question for it or not. */
export const known = /^qti-.*-interaction$/;

/** The question of an item, without what all have in common. */
export function questionIn(
  reading: Reading,
  body: Element,
  svgOf: (src: string) => string | undefined,
): Record<string, unknown> {
  const interactions = below(body, known);
  const inline = interactions.filter(({ localName }) => inlineField.test(localName ?? ''));
  if (interactions.length === 0) throw new LeftOut('it asks nothing.');
  if (inline.length === interactions.length) {
    const [only] = inline;
    const declaration = declarationOf(reading, only!);
    const isEntry = only!.localName === 'qti-text-entry-interaction';
    if (inline.length === 1 && isEntry && /float|integer/.test(declaration.base)) {
      return { kind: 'numeric', ...number(reading, declaration) };
    }
    const alone = inline.length === 1 && isEntry && !hasWordsAfter(body, only!);
    if (alone) return { kind: 'short-answer', ...accepted(reading, declaration) };
    return inlineGaps(reading, body);
  }
  if (interactions.length > 1) throw new LeftOut('it asks several things at once.');
  const [interaction] = interactions;
  switch (interaction!.localName) {
    case 'qti-choice-interaction':
      return choice(reading, interaction!);
    case 'qti-order-interaction':
      return order(reading, interaction!);
    case 'qti-match-interaction':
      return match(reading, interaction!);
    case 'qti-gap-match-interaction':
      return gapMatch(reading, interaction!);
    case 'qti-hottext-interaction':
      return hottext(reading, interaction!);
    case 'qti-hotspot-interaction':
      return hotspot(reading, interaction!, svgOf);
    case 'qti-extended-text-interaction':
      return extended(reading);
    case 'qti-slider-interaction':
      return slider(reading, interaction!);
    default:
      throw new LeftOut(`we have no question for a <${interaction!.localName ?? ''}>.`);
  }
}
const hasWordsAfter = (body: Element, field: Element) => {
  const text = serializer.serializeToString(body);
  const after = text.slice(text.indexOf(serializer.serializeToString(field).slice(0, 40)) + 40);
  return htmlToPlain(after.replace(/^[^>]*>/, '')).length > 0;
};
