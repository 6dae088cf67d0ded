import type { Element, Nodes } from 'hast';

const number = /^[+\-−±~]?\d[\d.,\u00a0 ]*\s?(%|\p{L}{1,2})?$/u;

/**
 * Which columns of a table hold numbers, from 0; the first row is the head.
 *
 * A column is one of numbers where most of its cells are; what stands between them ("nothing", "–") is short. The first
 * column names its rows, and is none.
 */
export function numberColumnsOf([head = [], ...body]: readonly (readonly string[])[]): number[] {
  return head.flatMap((_, at) => {
    const texts = body.flatMap((row) => row[at] ?? []);
    const numbers = texts.filter((text) => number.test(text)).length;
    const isNumbers = numbers > texts.length / 2 && texts.every(({ length }) => length <= 12);
    return at > 0 && isNumbers ? [at] : [];
  });
}

const childrenOf = (node: Readonly<Nodes>, ...tags: string[]) =>
  ('children' in node ? node.children : []).filter(
    (one): one is Element => one.type === 'element' && tags.includes(one.tagName),
  );

/** A step in reading the Markdown of lessons: digits of a column of numbers stand below each other. */
export const numberColumns = {
  name: 'number-columns',
  element: {
    filter: ['table'],
    visit(
      table: Readonly<Element>,
      context: {
        textContent: (node: Readonly<Element>) => string;
        setProperty: (node: Readonly<Element>, key: string, value: unknown) => void;
      },
    ) {
      const rows = childrenOf(table, 'thead', 'tbody')
        .flatMap((part) => childrenOf(part, 'tr'))
        .map((row) => childrenOf(row, 'th', 'td'));
      const texts = rows.map((row) => row.map((cell) => context.textContent(cell).trim()));
      for (const at of numberColumnsOf(texts)) {
        for (const row of rows) if (row[at]) context.setProperty(row[at], 'className', ['number']);
      }
    },
  },
};
