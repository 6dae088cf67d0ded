import type { z } from 'zod';
import { nearestName } from './nearest-name.ts';

type RawIssue = z.core.$ZodRawIssue;

const kinds: Record<string, string> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list, each entry on a line of its own after "- "',
  object: 'fields, each with its name',
  record: 'fields, each with its name',
};

const shown = (value: unknown) =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? `"${String(value)}"`
    : Array.isArray(value)
      ? 'a list'
      : 'fields with names';

/** The names of fields that an object takes. */
function fieldsOf(schema: unknown): string[] {
  const shape = (schema as { _zod?: { def?: { shape?: object } } } | undefined)?._zod?.def?.shape;
  return Object.keys(shape ?? {});
}

function unrecognized(key: string, schema: unknown, value: unknown): string {
  // Within { } a comma ends a text, and what follows it becomes a name.
  if (/\s|[.?!]$/.test(key))
    return `Put quotes around the text that goes on with "${key}": a comma ends it otherwise.`;
  if (/^\d+$/.test(key)) return 'Write numbers without a comma: 1000, not 1,000.';
  const fields = fieldsOf(schema);
  const near = nearestName(key, fields);
  if (near) return `There is no field "${key}" here. Did you mean "${near}"?`;
  const holdsFields = typeof value === 'object' && value !== null && !Array.isArray(value);
  if (holdsFields)
    return `There is no field "${key}" here. If it stands by itself, begin it and all that belongs to it further left.`;
  return fields.length === 0
    ? `There is no field "${key}" here. Take it out.`
    : `There is no field "${key}" here. Take it out, or use one of: ${fields.join(', ')}.`;
}

/**
 * What an author reads about a value that a schema refuses, where the schema itself says nothing: a sentence that says what
 * to write instead. Undefined where zod's own words have to do.
 */
export function authorWords(issue: RawIssue): string | undefined {
  const { input } = issue;
  const missing = input === undefined || input === null;
  switch (issue.code) {
    case 'invalid_type': {
      const kind = kinds[issue.expected] ?? issue.expected;
      const field = issue.path?.at(-1);
      if (!missing) return `Write ${kind} here, not ${shown(input)}.`;
      return typeof field === 'string'
        ? `"${field}" is missing or empty. Write ${kind}.`
        : `Write ${kind} here.`;
    }
    case 'invalid_value': {
      const values = issue.values.map(String);
      const near = typeof input === 'string' ? nearestName(input, values) : undefined;
      const not = missing ? '' : `, not ${shown(input)}`;
      return near
        ? `Did you mean "${near}"? Write one of: ${values.join(', ')}.`
        : `Write one of these${not}: ${values.join(', ')}.`;
    }
    case 'unrecognized_keys':
      return unrecognized(
        issue.keys[0]!,
        issue.inst,
        (input as Record<string, unknown> | undefined)?.[issue.keys[0]!],
      );
    case 'too_small': {
      const least = `${issue.minimum}`;
      if (issue.origin === 'array') return `Write at least ${least} here.`;
      if (issue.origin === 'string') return 'Write a text here.';
      return issue.inclusive === false
        ? `Write a number above ${least}.`
        : `Write ${least} or more.`;
    }
    case 'too_big': {
      const most = `${issue.maximum}`;
      if (issue.origin === 'array') return `Write ${most} here at most.`;
      if (issue.origin === 'string') return `Write ${most} letters at most.`;
      return `Write ${most} or less.`;
    }
    default:
      return undefined;
  }
}

const yamlRemedies: Record<string, string> = {
  TAB_AS_INDENT: 'Indent with spaces; a tab can’t be used.',
  BAD_INDENT: 'Begin all fields that belong together at the same column.',
  DUPLICATE_KEY: 'This name stands here twice. Give one of the two another name, or take it out.',
  BAD_DQ_ESCAPE: 'Within double quotes \\ begins a sign; write \\\\ for one.',
  MISSING_CHAR: 'Close the quotes or brackets that were opened before.',
  BLOCK_AS_IMPLICIT_KEY:
    'A text that holds ": " needs quotes around it. Otherwise look at the spaces in front of this line.',
  MULTILINE_IMPLICIT_KEY: 'Put a ":" after the name, and quotes around a text that holds ": ".',
  UNEXPECTED_TOKEN:
    'A text that holds quotes or begins with a sign needs quotes around it: double ones, or single ones with every apostrophe written twice.',
};

/** What an author reads about YAML that can't be read: what to look for, and the parser's own words. */
export function yamlWords({ code, message }: { code: string; message: string }): string {
  const remedy = yamlRemedies[code];
  return `This is not valid YAML: ${message}.${remedy ? ` ${remedy}` : ''}`;
}
