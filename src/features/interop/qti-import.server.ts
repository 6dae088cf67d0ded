import path from 'node:path';
import { type Element, XMLSerializer } from '@xmldom/xmldom';
import { unzipSync } from 'fflate';
import { z } from 'zod';
import { Question } from '#features/questions/question.ts';
import { interop } from '#i18n/en/interop.ts';
import type { ImportOptions } from './from-moodle.ts';
import { htmlToMarkdown, htmlToPlain } from './html.server.ts';
import { idsFor, isId, slug, unlike } from './ids.ts';
import type { ImportFault, ImportResult, Loss } from './interop.ts';
import { digest, keptMark } from './qti.server.ts';
import { readXml } from './xml.server.ts';

/** More than any bank has; a file that unpacks to more is made to harm. */
const mostBytes = 20_000_000;
const mostFiles = 3000;

const serializer = new XMLSerializer();
const elements = (parent: Element): Element[] =>
  [...parent.childNodes].filter((node): node is Element => node.nodeType === 1);
const kids = (parent: Element, name: string): Element[] =>
  elements(parent).filter((one) => one.localName === name);
const kid = (parent: Element, name: string): Element | undefined => kids(parent, name)[0];
/** All elements of a name below another, in the order of the file. */
function below(parent: Element, name: RegExp): Element[] {
  return elements(parent).flatMap((one) => [
    ...(name.test(one.localName ?? '') ? [one] : []),
    ...below(one, name),
  ]);
}
const attribute = (of: Element, name: string) => of.getAttribute(name) ?? '';
const words = (of: Element | undefined) => (of?.textContent ?? '').trim();

/** The inner markup of an element, without what is said about answers. */
function inner(of: Element, skip: (child: Element) => boolean = () => false): string {
  return [...of.childNodes]
    .map((node) => {
      if (node.nodeType !== 1) return serializer.serializeToString(node);
      const child = node as Element;
      const name = child.localName ?? '';
      if (skip(child) || /^qti-(feedback|stimulus|catalog|rubric|companion)/.test(name)) return '';
      if (name === 'qti-content-body' || name === 'qti-prompt') return inner(child, skip);
      return serializer.serializeToString(node);
    })
    .join('');
}

/** How a response is declared: its key, and what each answer is worth. */
interface Declaration {
  cardinality: string;
  base: string;
  correct: string[];
  mapping: Map<string, number> | undefined;
}

class LeftOut extends Error {}

interface Reading {
  item: Element;
  declarations: Map<string, Declaration>;
  lose: (what: string) => void;
  said: (about: 'right' | 'wrong' | 'either') => string;
  /** What modal and inline feedback says, by the choice it belongs to. */
  feedback: Map<string, string>;
  markdown: (html: string) => string;
}

function readDeclarations(item: Element): Map<string, Declaration> {
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

function readFeedback(item: Element, markdown: (html: string) => string): Map<string, string> {
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

const known = /^qti-.*-interaction$/;

/** The question of an item, without what all have in common. */
function questionIn(
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

/** What stands in a body besides its interaction, and the interaction's own prompt. */
function promptOf(reading: Reading, body: Element): string {
  const outside = reading.markdown(inner(body, (one) => known.test(one.localName ?? '')));
  const [prompt] = below(body, /^qti-prompt$/);
  const within = prompt ? reading.markdown(inner(prompt)) : '';
  return [outside, within].filter(Boolean).join('\n\n');
}

const Kept = z.object({ digest: z.string(), question: Question });
/** Our own question, as it left, when nobody has changed the item since. */
function ownQuestion(xml: string): Question | undefined {
  const [whole = '', json = ''] = new RegExp(`<!-- ${keptMark}: (.*?) -->\\n`, 's').exec(xml) ?? [];
  if (!whole) return undefined;
  try {
    const kept = Kept.safeParse(JSON.parse(json)).data;
    const rest = xml.slice(xml.indexOf(whole) + whole.length).trimEnd();
    return kept?.digest === digest(rest) ? kept.question : undefined;
  } catch {
    return undefined;
  }
}

interface File {
  name: string;
  text: string;
}

function readItem(
  file: File,
  root: Element,
  options: ImportOptions,
  svgOf: (src: string) => string | undefined,
): { question: Question | undefined; losses: Loss[] } {
  const own = ownQuestion(file.text);
  if (own) return { question: own, losses: [] };
  const name = attribute(root, 'title') || attribute(root, 'identifier') || file.name;
  const losses: Loss[] = [];
  const told = new Set<string>();
  const lose = (what: string) => {
    if (told.has(what)) return;
    told.add(what);
    losses.push({ question: name, ...(root.lineNumber ? { line: root.lineNumber } : {}), what });
  };
  const markdown = (html: string) => htmlToMarkdown(html, lose).trim();
  const body = kid(root, 'qti-item-body');
  const filler = { ...interop.filler, ...options.noFeedback };
  let silent = false as boolean;
  const reading: Reading = {
    item: root,
    declarations: readDeclarations(root),
    lose,
    said: (about) => {
      silent = true;
      return filler[about];
    },
    feedback: readFeedback(root, markdown),
    markdown,
  };
  try {
    if (!body) throw new LeftOut('it has no body.');
    if (attribute(root, 'adaptive') === 'true') lose('It is asked in several steps there.');
    if (kid(root, 'qti-template-declaration'))
      throw new LeftOut('it draws its values anew each time.');
    if (below(root, /^qti-(assessment-)?stimulus-ref$/).length > 0) {
      lose('A text that stands in a file of its own is not carried over.');
    }
    const found = questionIn(reading, body, svgOf);
    const identifier = attribute(root, 'identifier');
    const id = isId(identifier) ? identifier : slug(identifier) || slug(name) || 'question';
    const parsed = Question.safeParse({
      id,
      outcome: options.outcome,
      prompt: promptOf(reading, body) || name,
      ...found,
    });
    if (!parsed.success) {
      const [issue] = parsed.error.issues;
      throw new LeftOut(`${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`);
    }
    if (silent) lose('Some answers have no feedback of their own; write it.');
    return { question: parsed.data, losses };
  } catch (error) {
    if (!(error instanceof LeftOut)) throw error;
    return {
      question: undefined,
      losses: [...losses, { question: name, what: `Left out: ${error.message}` }],
    };
  }
}

/** The text files of a package, or what is wrong with it. */
function unpack(file: Uint8Array): File[] | ImportFault[] {
  const fault = (message: string): ImportFault[] => [{ line: 1, message }];
  let bytes = 0;
  let count = 0;
  try {
    const files = unzipSync(file, {
      filter: ({ name, originalSize }) => {
        bytes += originalSize;
        count++;
        if (bytes > mostBytes || count > mostFiles) throw new RangeError('too large');
        return /\.(xml|svg)$/i.test(name) && !/(^|\/)(__MACOSX|\.)/.test(name);
      },
    });
    const decoder = new TextDecoder();
    return Object.entries(files).map(([name, body]) => ({ name, text: decoder.decode(body) }));
  } catch (error) {
    if (error instanceof RangeError) {
      return fault('This package unpacks to more than 20 MB or 3,000 files. Split it.');
    }
    return fault('This is not a readable zip file. Export the QTI package again.');
  }
}

/**
 * Reads a QTI 3.0 package, or one item by itself. A file that is no valid XML is a fault, and nothing is imported then;
 * what we can't hold is listed item by item.
 */
export function importQti(file: Uint8Array, options: ImportOptions): ImportResult {
  const isZip = file[0] === 0x50 && file[1] === 0x4b;
  const unpacked = isZip
    ? unpack(file)
    : [{ name: 'item.xml', text: new TextDecoder().decode(file) }];
  if (unpacked.some((one) => 'message' in one)) {
    return { ok: false, faults: unpacked as ImportFault[] };
  }
  const files = unpacked as File[];
  const faults: ImportFault[] = [];
  const roots: { file: File; root: Element }[] = [];
  for (const one of files.filter(({ name }) => /\.xml$/i.test(name))) {
    const root = readXml(one.text);
    if (Array.isArray(root)) {
      const place = isZip ? `${one.name}: ` : '';
      faults.push(...root.map(({ line, message }) => ({ line, message: `${place}${message}` })));
    } else roots.push({ file: one, root });
  }
  if (faults.length > 0) return { ok: false, faults };
  const items = roots.filter(({ root }) => root.localName === 'qti-assessment-item');
  if (items.length === 0) {
    const older = roots.some(({ root }) => root.localName === 'assessmentItem');
    const message = older
      ? 'These are items of QTI 2. Convert them to QTI 3.0 first.'
      : 'There is no QTI 3.0 item (qti-assessment-item) in this file.';
    return { ok: false, faults: [{ line: 1, message }] };
  }
  return { ok: true, imported: assemble(files, roots, items, options) };
}

function assemble(
  files: readonly File[],
  roots: readonly { file: File; root: Element }[],
  items: readonly { file: File; root: Element }[],
  options: ImportOptions,
) {
  const test = roots.find(({ root }) => root.localName === 'qti-assessment-test');
  const figures: Record<string, string> = {};
  const losses: Loss[] = [];
  const questions: Question[] = [];
  const taken = new Set<string>();
  for (const { file, root } of inOrder(items, test)) {
    const svgOf = (src: string): string | undefined => {
      const name = path.posix.join(path.posix.dirname(file.name), src);
      const svg = files.find((one) => one.name === name)?.text;
      if (!svg || !/viewBox="0 0 /.test(svg)) return undefined;
      const id = slug(path.posix.basename(name, '.svg')) || 'figure';
      figures[id] = svg;
      return id;
    };
    const { question, losses: own } = readItem(file, root, options, svgOf);
    losses.push(...own);
    if (!question) continue;
    if (question.figure) svgOf(`../figures/${question.figure}.svg`);
    questions.push({ ...question, id: unlike(question.id, taken) });
  }
  const title = (test && attribute(test.root, 'title').trim()) || interop.untitled;
  return { exchange: { title, questions, figures }, losses };
}

/** The items in the order of the test; those that it does not name after them. */
function inOrder<T extends { file: File }>(
  items: readonly T[],
  test: { file: File; root: Element } | undefined,
): T[] {
  const folder = test ? path.posix.dirname(test.file.name) : '.';
  const order = test
    ? below(test.root, /^qti-assessment-item-ref$/).map((one) =>
        path.posix.join(folder, attribute(one, 'href')),
      )
    : [];
  const place = ({ file }: T) => {
    const at = order.indexOf(file.name);
    return at === -1 ? order.length : at;
  };
  return items.toSorted((one, other) => place(one) - place(other));
}
