import {
  type Document,
  LineCounter,
  type YAMLParseError,
  isNode,
  parseDocument,
  visit,
} from 'yaml';
import type { z } from 'zod';
import { authorWords, yamlWords } from './author-words.ts';

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
function beginningOf({ code, pos: [noticed] }: YAMLParseError, document: Document): number {
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
  if (document.errors.length > 0) {
    // The first alone: what follows it is mostly the same slip, seen from further on.
    const [first] = document.errors as [YAMLParseError];
    const line = lines.linePos(beginningOf(first, document)).line + firstLine - 1;
    return { sheet: undefined, faults: [{ file, line, message: yamlWords(first) }] };
  }

  const lineOf = (path: readonly PropertyKey[]) => {
    // The nearest value that exists: a missing field is reported where it should stand.
    for (let depth = path.length; depth >= 0; depth--) {
      const node: unknown = document.getIn(path.slice(0, depth), true);
      if (isNode(node) && node.range) return lines.linePos(node.range[0]).line + firstLine - 1;
    }
    return firstLine;
  };

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
    const at = issue.path.length > 0 ? `${issue.path.join('.')}: ` : '';
    const path = issue.code === 'unrecognized_keys' ? [...issue.path, issue.keys[0]!] : issue.path;
    // Of a name that is not allowed zod says why only inside.
    const message =
      issue.code === 'invalid_key' ? (issue.issues[0]?.message ?? issue.message) : issue.message;
    return { file, line: lineOf(path), message: at + message };
  });
  return { sheet: undefined, faults };
}
