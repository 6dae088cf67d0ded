const idPattern = /^[a-z0-9]+(-[a-z0-9]+)*$/;

/** Whether a text is an id of ours as it stands. */
export const isId = (text: string): boolean => idPattern.test(text);

/** Lower-case words joined by hyphens, cut at a word; empty where a text has no Latin letter or digit. */
export function slug(text: string, longest = 48): string {
  const words = text
    .normalize('NFKD')
    .replace(/[\u0300-\u036f'’]/g, '')
    .toLowerCase()
    .match(/[a-z0-9]+/g);
  let result = '';
  for (const word of words ?? []) {
    const more = result ? `${result}-${word}` : word.slice(0, longest);
    if (more.length > longest) break;
    result = more;
  }
  return result;
}

/** The id, or the id with the first number from 2 that nobody has yet. It is taken then. */
export function unlike(id: string, taken: Set<string>): string {
  let result = id;
  for (let n = 2; taken.has(result); n++) result = `${id}-${n}`;
  taken.add(result);
  return result;
}

/**
 * An id for each text of a list, alike for the same texts.
 *
 * Those that were kept are used when there is one for each; `otherwise` is for texts in scripts that ids don't know.
 */
export function idsFor(
  texts: readonly string[],
  otherwise: string,
  kept: readonly string[] = [],
): string[] {
  if (kept.length === texts.length && new Set(kept).size === kept.length && kept.every(isId)) {
    return [...kept];
  }
  const taken = new Set<string>();
  return texts.map((text) => unlike(slug(text, 30) || otherwise, taken));
}
