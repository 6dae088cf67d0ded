/** A text with places for values in braces; by number where the language needs it. */
export type Template = string | (Partial<Record<Intl.LDMLPluralRule, string>> & { other: string });

/**
 * Fills a text: `say('{n} of {all}', { n: 2, all: 8 })`.
 *
 * A template by number (`{ one: '1 answer', other: '{n} answers' }`) is chosen by the value called `n`.
 * Numbers are written as the language writes them.
 */
export function say(
  template: Template,
  values: Record<string, string | number> = {},
  language = 'en',
): string {
  const n = Number(values.n ?? 0);
  const text =
    typeof template === 'string'
      ? template
      : (template[new Intl.PluralRules(language).select(n)] ?? template.other);
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = values[name];
    if (value === undefined) return whole;
    return typeof value === 'number' ? value.toLocaleString(language) : value;
  });
}
