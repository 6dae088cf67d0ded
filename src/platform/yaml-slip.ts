import { type Document, parseDocument } from 'yaml';
import type { z } from 'zod';

/** A change to a line after which it may be right, and what tells its author to make it. */
interface Repair {
  line: string;
  message: string;
}

const name = `["']?[\\w.-]+["']?`;
/** A line that begins a field or an entry of a list. */
const begins = new RegExp(`^ *(- |${name}:(\\s|$))`);
const spacesOf = (line: string) => /^ */.exec(line)![0].length;
const closing = /([\s}\]]*)$/;

/** A field whose "- " was forgotten, so that it stands beside the last of the entry before it. */
const asEntry = (line: string): Repair => ({
  line: line.replace(/^( *)  (?=\w)/, '$1- '),
  message: 'Begin this entry of the list with "- ".',
});

/** What may be wrong within a line, the most frequent first. */
function repairsOf(line: string): Repair[] {
  const before = line.replace(closing, '');
  const after = line.slice(before.length);
  const field = /^(\s*(?:- )?(?:\{ *)?[\w.-]+: )(.*)$/.exec(before);
  const all: Repair[] = [
    {
      line: line.replace(
        /: '(.*)'([\s}\]]*)$/,
        (_, words: string, rest: string) => `: "${words.replaceAll('"', '\\"')}"${rest}`,
      ),
      message:
        'Write every apostrophe twice within single quotes, or put double quotes around the text.',
    },
    {
      line: line.replaceAll('\u00a0', ' '),
      message: 'Write plain spaces: one of these is a no-break space.',
    },
    { line: `${before}"${after}`, message: 'Close the quotes that are opened on this line.' },
    { line: `${line.trimEnd()} }`, message: 'Close with } what is opened with { on this line.' },
    { line: `${line.trimEnd()}]`, message: 'Close with ] what is opened with [ on this line.' },
    { line: line.replace(/\s*\}\s*$/, ''), message: 'Take one } away: it closes nothing.' },
    { line: line.replace(/\s*\]\s*$/, ''), message: 'Take one ] away: it closes nothing.' },
    { line: line.replace(/^( *)-(?=[\w{"'])/, '$1- '), message: 'Put a space after the -.' },
    asEntry(line),
    {
      line: line.replace(/^(\s*(?:- )?[\w.-]+):(?=\S)/, '$1: '),
      message: 'Put a space after the ":".',
    },
    { line: line.replace(/^(\s*(?:- )?[\w.-]+) /, '$1: '), message: 'Put a ":" after the name.' },
    { line: line.replaceAll(';', ','), message: 'Part the fields with commas.' },
    {
      line: line.replace(/(\w) ([\w.-]+: )/g, '$1, $2'),
      message: 'Part the fields with commas.',
    },
    ...(field
      ? [
          {
            line: `${field[1]}"${field[2]!.replaceAll('"', '\\"')}"${after}`,
            message: field[2]!.includes('"')
              ? 'Put double quotes around the text, and write \\" for each in it.'
              : 'Put quotes around the text.',
          },
        ]
      : []),
    {
      line: line.replace(/(\btext: )([^"'].*?)(\s*\}.*)?$/, '$1"$2"$3'),
      message: 'Put quotes around the text.',
    },
    {
      line: `      ${line.trimStart()}`,
      message: 'Begin what goes on with a text further right than its field.',
    },
  ];
  return all.filter((one) => one.line !== line);
}

const columnWords = (spaces: number) => {
  const so = { 0: 'without spaces', 1: 'with 1 space' }[spaces] ?? `with ${spaces} spaces`;
  return `This line begins at the wrong column: begin it ${so} in front.`;
};

/** What a document holds; undefined where a text that begins with * refers to nothing. */
function valueOf(document: Document): unknown {
  try {
    return document.toJS();
  } catch {
    return undefined;
  }
}

/**
 * The line that spoils YAML, and what its author should do about it; undefined where no change to one line helps.
 *
 * `code` and `line`, counted from 0, are what a parser noticed, and where: at a line near the slip. So what people often
 * get wrong is put right on the lines thereabouts, one at a time; and lines are tried at the columns at which their
 * neighbours begin, alone and with what stands under them. The change after which least is wrong is the one.
 */
export function findSlip(
  schema: z.ZodType,
  text: string,
  { code, line: noticed }: { code: string; line: number },
): { at: number; message: string } | undefined {
  const lines = text.split('\n');
  let best: { at: number; message: string; wrong: number } | undefined;
  /** Whether nothing is wrong any more. */
  const isRight = (at: number, message: string, changed: string[]) => {
    const document = parseDocument(changed.join('\n'), { prettyErrors: false });
    if (document.errors.length > 0) return false;
    const wrong = schema.safeParse(valueOf(document)).error?.issues.length ?? 0;
    if (wrong < (best?.wrong ?? Infinity)) best = { at, message, wrong };
    return wrong === 0;
  };

  /** The lines with something on them from the one after what was noticed upwards, the nearest first. */
  const upTo = (count: number) =>
    Array.from({ length: count }, (_, at) => noticed + 1 - at).filter((at) => lines[at]?.trim());
  if (code === 'DUPLICATE_KEY') {
    // Two of one name are what they are, unless a forgotten "- " made them so.
    const { line, message } = asEntry(lines[noticed]!);
    return isRight(noticed, message, lines.with(noticed, line)) ? best : undefined;
  }
  for (const at of upTo(13)) {
    for (const { line, message } of repairsOf(lines[at]!)) {
      if (isRight(at, message, lines.with(at, line))) return best;
    }
  }

  const starts = upTo(42).filter((at) => begins.test(lines[at]!));
  const found = starts.map((at) => spacesOf(lines[at]!));
  const often = (column: number) => found.filter((one) => one === column).length;
  // A column at which many lines begin is rather the right one.
  const columns = [...new Set(found)].toSorted((one, other) => often(other) - often(one));
  for (const column of columns) {
    for (const at of starts) {
      const spaces = spacesOf(lines[at]!);
      if (column === spaces) continue;
      const after = lines.findIndex(
        (line, other) => other > at && line.trim() !== '' && spacesOf(line) <= spaces,
      );
      for (const end of new Set([at + 1, after === -1 ? lines.length : after])) {
        const moved = lines.map((line, other) =>
          other < at || other >= end || line.trim() === ''
            ? line
            : ' '.repeat(Math.max(0, spacesOf(line) + column - spaces)) + line.trimStart(),
        );
        if (isRight(at, columnWords(column), moved)) return best;
      }
    }
  }
  return best;
}
