import { LineCounter, isNode, parseDocument } from 'yaml';
import type { z } from 'zod';

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
    const faults = document.errors.map(({ pos, message }) => ({
      file,
      line: lines.linePos(pos[0]).line + firstLine - 1,
      message: `This is not valid YAML: ${message}`,
    }));
    return { sheet: undefined, faults };
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
  const parsed = schema.safeParse(value);
  if (parsed.success) return { sheet: { data: parsed.data, lineOf }, faults: [] };
  const faults = parsed.error.issues.map((issue) => {
    const at = issue.path.length > 0 ? `${issue.path.join('.')}: ` : '';
    const path = issue.code === 'unrecognized_keys' ? [...issue.path, issue.keys[0]!] : issue.path;
    // Of a name that is not allowed zod says why only inside.
    const message =
      issue.code === 'invalid_key'
        ? (issue.issues[0]?.message ?? issue.message)
        : // Within { } a comma ends a text, and what follows it becomes a name.
          issue.code === 'unrecognized_keys' && /\s|[.?!]$/.test(issue.keys[0]!)
          ? `Put quotes around the text that goes on with "${issue.keys[0]}": a comma ends it otherwise.`
          : issue.message;
    return { file, line: lineOf(path), message: at + message };
  });
  return { sheet: undefined, faults };
}
