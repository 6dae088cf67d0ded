import {
  type Document,
  LineCounter,
  type Node,
  Scalar,
  isMap,
  isNode,
  isScalar,
  parseDocument,
  visit,
} from 'yaml';
import type { z } from 'zod';
import { authorWords, spacesWords, yamlWords } from './author-words.ts';

/** Something an author has to put right. */
export interface Fault {
  /** From the folder of courses. */
  file: string;
  line: number;
  /** One sentence that says what to do. */
  message: string;
}

/** YAML that a schema has accepted, with a way back to the line of a value. */
export interface Sheet<T> {
  data: T;
  lineOf: (path: readonly PropertyKey[]) => number;
}

/** Where the slip was made: quotes that are never closed are noticed only where the file ends. */
function beginningOf(
  { code, pos: [noticed] }: { code: string; pos: [number, number] },
  document: Document,
): number {
  let beginning = noticed;
  if (code === 'MISSING_CHAR') {
    visit(document, {
      Scalar(_, { range }) {
        if (range && range[0] <= noticed && noticed <= range[1]) beginning = range[0];
      },
    });
  }
  return beginning;
}

const spacesOf = (line: string) => /^ */.exec(line)![0].length;
const indented = (line: string, spaces: number) => ' '.repeat(spaces) + line.trimStart();
/** What a parser says where fields don't stand at one column. */
const spoiltBySpaces = new Set([
  'BAD_INDENT',
  'BLOCK_AS_IMPLICIT_KEY',
  'MISSING_CHAR',
  'MULTILINE_IMPLICIT_KEY',
  'UNEXPECTED_TOKEN',
]);
/** What a document holds; undefined where a text that begins with * refers to nothing. */
function valueOf(document: Document): unknown {
  try {
    return document.toJS();
  } catch {
    return undefined;
  }
}
/** A line that begins a field or an entry of a list: only these can stand at a wrong column. */
const begins = /^ *(- |["']?[\w.-]+["']?:(\s|$))/;

/**
 * The line whose spaces in front are to blame for YAML that can't be read, and how many it needs; undefined where no
 * one line is. A parser notices such a slip at a line near it: so each line thereabouts is tried at the columns at which
 * its neighbours begin, alone and with what stands under it, and the change after which least is wrong is the one.
 */
function indentSlip(schema: z.ZodType, text: string, noticed: number) {
  const lines = text.split('\n');
  const near = Array.from({ length: 42 }, (_, at) => noticed - 40 + at).filter(
    (at) => at >= 0 && begins.test(lines[at] ?? ''),
  );
  const found = near.map((at) => spacesOf(lines[at]!));
  const often = (column: number) => found.filter((one) => one === column).length;
  // A column at which many lines begin is rather the right one.
  const columns = [...new Set(found)].toSorted((one, other) => often(other) - often(one));
  let best: { at: number; spaces: number; wrong: number } | undefined;
  for (const column of columns) {
    for (const at of near.toReversed()) {
      const spaces = spacesOf(lines[at]!);
      if (column === spaces) continue;
      const after = lines.findIndex(
        (line, other) => other > at && line.trim() !== '' && spacesOf(line) <= spaces,
      );
      for (const last of new Set([at + 1, after === -1 ? lines.length : after])) {
        const moved = lines.map((line, other) =>
          other < at || other >= last || line.trim() === ''
            ? line
            : indented(line, Math.max(0, spacesOf(line) + column - spaces)),
        );
        const document = parseDocument(moved.join('\n'), { prettyErrors: false });
        if (document.errors.length > 0) continue;
        const wrong = schema.safeParse(valueOf(document)).error?.issues.length ?? 0;
        if (wrong < (best?.wrong ?? Infinity)) best = { at, spaces: column, wrong };
        if (wrong === 0) return best;
      }
    }
  }
  return best;
}

/** Where a value stands, as people count: `questions 3.choices 1.text`. */
const inWords = (path: readonly PropertyKey[]) =>
  path
    .map((step) => (typeof step === 'number' ? ` ${step + 1}` : `.${String(step)}`))
    .join('')
    .replace(/^\./, '');

/**
 * Parses YAML and checks it; faults carry the line of the value that is wrong.
 *
 * `firstLine` is the line of the file on which `text` begins, for front matter.
 */
export function readYaml<S extends z.ZodType>(
  schema: S,
  text: string,
  { file, firstLine = 1 }: { file: string; firstLine?: number },
): { sheet: Sheet<z.infer<S>> | undefined; faults: Fault[] } {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  // The first alone: what follows it is mostly the same slip, seen from further on.
  const [first] = document.errors;
  if (first) {
    const noticed = lines.linePos(beginningOf(first, document)).line;
    const slip = spoiltBySpaces.has(first.code) ? indentSlip(schema, text, noticed - 1) : undefined;
    const fault = slip
      ? { line: slip.at + firstLine, message: spacesWords(slip.spaces) }
      : { line: noticed + firstLine - 1, message: yamlWords(first) };
    return { sheet: undefined, faults: [{ file, ...fault }] };
  }

  const lineAt = ({ range }: Node) => lines.linePos(range![0]).line + firstLine - 1;
  /** Where a value begins: at its name, where it has one. */
  const beginsAt = (path: readonly PropertyKey[]): Node | undefined => {
    const parent: unknown = document.getIn(path.slice(0, -1), true);
    const key = isMap(parent)
      ? parent.items.find(({ key: one }) => isScalar(one) && one.value === path.at(-1))?.key
      : undefined;
    const node: unknown = isNode(key) ? key : document.getIn(path, true);
    return isNode(node) && node.range ? node : undefined;
  };
  const lineOf = (path: readonly PropertyKey[]) => {
    // The nearest value that exists: a missing field is reported where it should stand.
    for (let depth = path.length; depth >= 0; depth--) {
      const node = beginsAt(path.slice(0, depth));
      if (node) return lineAt(node);
    }
    return firstLine;
  };

  const cut: Fault[] = [];
  visit(document, {
    Scalar(_, node) {
      // "Stand #2": YAML takes what follows a space and a # for a remark.
      if (node.type !== Scalar.PLAIN || !/^[^\s#]/.test(node.comment ?? '')) return;
      const message = `Put quotes around the text: it ends before "#${node.comment!.split('\n')[0]!}" otherwise.`;
      cut.push({ file, line: lineAt(node), message });
    },
  });
  if (cut.length > 0) return { sheet: undefined, faults: cut };

  let value: unknown;
  try {
    value = document.toJS();
  } catch (error) {
    // A text that begins with an asterisk is a reference in YAML.
    const line = lines.linePos(Math.max(0, text.search(/(^|\s)\*/))).line + firstLine - 1;
    const message = `This is not valid YAML: ${(error as Error).message}. Put quotes around texts that begin with *.`;
    return { sheet: undefined, faults: [{ file, line, message }] };
  }
  const parsed = schema.safeParse(value, { error: authorWords });
  if (parsed.success) return { sheet: { data: parsed.data, lineOf }, faults: [] };
  const faults = parsed.error.issues.map((issue) => {
    const at = issue.path.length > 0 ? `${inWords(issue.path)}: ` : '';
    const path = issue.code === 'unrecognized_keys' ? [...issue.path, issue.keys[0]!] : issue.path;
    // Of a name that is not allowed zod says why only inside.
    const message =
      issue.code === 'invalid_key' ? (issue.issues[0]?.message ?? issue.message) : issue.message;
    return { file, line: lineOf(path), message: at + message };
  });
  return { sheet: undefined, faults };
}
