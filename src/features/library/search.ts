import MiniSearch, { type Options } from 'minisearch';

/** Something that can be found. */
export interface Entry {
  /** Where it is read. */
  url: string;
  kind: 'lesson' | 'term' | 'case';
  title: string;
  summary: string;
  /** All its words; searched, and never shown. */
  text: string;
}
/** What a search gives: best first. */
export type Found = Pick<Entry, 'url' | 'kind' | 'title' | 'summary'>;

/** Words that stand everywhere and tell nothing: they would only weigh. */
const empty = new Set(
  'a an and are as at be but by can for from had has have how i if in is it its no not of on one or so than that the their them then there they this to was we were what when which who will with you your'.split(
    ' ',
  ),
);
const plain = (word: string) => word.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();

const options: Options<Entry> = {
  idField: 'url',
  fields: ['title', 'summary', 'text'],
  storeFields: ['kind', 'title', 'summary'],
  processTerm: (word) => {
    const term = plain(word);
    return empty.has(term) ? null : term;
  },
  searchOptions: {
    boost: { title: 6, summary: 3 },
    prefix: (term) => term.length > 2,
    // A slip of the finger in a longer word is forgiven.
    fuzzy: (term) => (term.length > 4 ? 0.2 : false),
  },
};

/** The index of these entries, as text to be kept or sent. */
export function indexOf(entries: readonly Entry[]): string {
  const index = new MiniSearch(options);
  index.addAll(entries);
  return JSON.stringify(index);
}

/**
 * Opens an index made by `indexOf`.
 *
 * What it returns finds at most `most` entries: those with all the words, or where there are none, those with some.
 */
export function openIndex(text: string): (query: string, most?: number) => Found[] {
  const index = MiniSearch.loadJSON(text, options);
  return (query, most = 20) => {
    const all = index.search(query, { combineWith: 'AND' });
    const found = all.length > 0 ? all : index.search(query, { combineWith: 'OR' });
    return found.slice(0, most).map((one) => ({
      url: String(one.id),
      kind: one.kind as Found['kind'],
      title: String(one.title),
      summary: String(one.summary),
    }));
  };
}
