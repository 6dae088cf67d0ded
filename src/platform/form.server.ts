import { z } from 'zod';

/** A form as it came in: good data, or what is wrong with each field and what was typed. */
export type Filled<T> =
  | { ok: true; data: T }
  | { ok: false; errors: Record<string, string>; values: Record<string, string> };

/** Never sent back to a page. */
const secret = /password|pin|current/;

/** Reads a posted form and checks it. Errors are the schema's messages by field: keys of the interface's texts. */
export async function readForm<S extends z.ZodType>(
  request: Request,
  schema: S,
): Promise<Filled<z.infer<S>>> {
  const form = await request.formData().catch(() => new FormData());
  const given: Record<string, string> = {};
  for (const [name, value] of form) {
    // PostgreSQL stores no NUL, and nobody types one.
    if (typeof value === 'string') given[name] = value.replaceAll('\0', '');
  }

  const parsed = schema.safeParse(given);
  if (parsed.success) return { ok: true, data: parsed.data };
  const errors: Record<string, string> = {};
  for (const { path, message } of parsed.error.issues) errors[String(path[0])] ??= message;
  return { ok: false, errors, values: withoutSecrets(given) };
}

/** What was typed, for showing it again, without passwords and PINs. */
function withoutSecrets(values: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).filter(([name]) => !secret.test(name)));
}
