import path from 'node:path';
import type { Element } from '@xmldom/xmldom';
import { unzipSync } from 'fflate';
import { z } from 'zod';
import { Question } from '#features/questions/question.ts';
import { interop } from '#i18n/en/interop.ts';
import type { ImportOptions } from './from-moodle.ts';
import { htmlToMarkdown } from './html.server.ts';
import { isId, slug, unlike } from './ids.ts';
import type { ImportFault, ImportResult, Loss } from './interop.ts';
import {
  LeftOut,
  type Reading,
  known,
  questionIn,
  readDeclarations,
  readFeedback,
} from './qti-interactions.server.ts';
import { attribute, below, inner, kid } from './qti-xml.server.ts';
import { digest, keptMark } from './qti.server.ts';
import { readXml } from '#platform/xml.ts';

/** More than any bank has; a file that unpacks to more is made to harm. */
const mostBytes = 20_000_000;
const mostFiles = 3000;

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
