/** What a lesson explains and cites, by id. */
interface Explaining {
  terms: readonly string[];
  sources: readonly string[];
}

/** In which lessons each term is explained and each source is cited, in the order given, by id. */
export function usesIn<L extends Explaining>(
  lessons: readonly L[],
): { terms: Map<string, L[]>; sources: Map<string, L[]> } {
  const uses = { terms: new Map<string, L[]>(), sources: new Map<string, L[]>() };
  for (const lesson of lessons) {
    for (const kind of ['terms', 'sources'] as const) {
      for (const id of lesson[kind]) {
        uses[kind].set(id, [...(uses[kind].get(id) ?? []), lesson]);
      }
    }
  }
  return uses;
}

/** Entries in the order of a dictionary of that language. */
export function sorted<T>(entries: Iterable<T>, by: (entry: T) => string, language: string): T[] {
  const collator = new Intl.Collator(language, { sensitivity: 'base' });
  return [...entries].sort((one, other) => collator.compare(by(one), by(other)));
}
