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
import { authorWords, yamlWords } from './author-words.ts';
import { findSlip } from './yaml-slip.ts';

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
    const slip = findSlip(schema, text, { code: first.code, line: noticed - 1 });
    const fault = slip
      ? { line: slip.at + firstLine, message: slip.message }
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
