import type { Element, Nodes as HtmlNodes } from 'hast';
import type { Nodes, Root, RootContent } from 'mdast';
import rehypeParse from 'rehype-parse';
import rehypeRemark from 'rehype-remark';
import remarkParse from 'remark-parse';
import remarkStringify from 'remark-stringify';
import { unified } from 'unified';
import { visit } from 'unist-util-visit';
import { toHtml } from '#features/questions/markdown.server.ts';

const style = { bullet: '-', fences: true, rule: '-' } as const;
const written = (root: Root): string =>
  unified().use(remarkStringify, style).stringify(root).trim();

const pairsOf = (plain: string, small: string): Record<string, string> =>
  Object.fromEntries(Array.from(plain, (sign, at) => [sign, small.charAt(at)]));
const raised = pairsOf('0123456789+-−=()ni', '⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱ');
const lowered = pairsOf('0123456789+-−=()', '₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎');

const textIn = (node: HtmlNodes): string =>
  node.type === 'text' ? node.value : 'children' in node ? node.children.map(textIn).join('') : '';

/** Small signs above or below the line where there are such letters, else after a caret or a low line. */
function small(text: string, signs: Record<string, string>, otherwise: string): string {
  const letters = Array.from(text);
  return letters.every((letter) => signs[letter])
    ? letters.map((letter) => signs[letter]).join('')
    : otherwise + text;
}

const isSafe = (address: string) => /^(https?:|mailto:|#)/i.test(address.trim());

/** What stands for an HTML element for which Markdown has nothing; `lose` hears of it, a sentence each. */
function handlers(lose: (what: string) => void) {
  const say = (value: string) => ({ type: 'text' as const, value });
  const gone = (what: string) => () => {
    lose(`${what} is not carried over.`);
    return undefined;
  };
  const paragraph = (value: string) => ({ type: 'paragraph' as const, children: [say(value)] });
  const within = (state: { all(node: Element): unknown[] }, node: Element) =>
    state.all(node) as RootContent[];
  return {
    img: (_: unknown, { properties }: Element) => {
      const alt = typeof properties.alt === 'string' ? properties.alt.trim() : '';
      lose(alt ? `The image "${alt}" is not carried over.` : 'An image is not carried over.');
      return alt ? say(`[${alt}]`) : undefined;
    },
    a: (state: { all(node: Element): unknown[] }, node: Element) => {
      const { href } = node.properties;
      const address = typeof href === 'string' ? href : '';
      if (!address) return within(state, node);
      if (isSafe(address)) {
        return { type: 'link' as const, url: address, title: null, children: within(state, node) };
      }
      lose(`The link to "${address}" is not carried over.`);
      return within(state, node);
    },
    table: (_: unknown, node: Element) => {
      lose('A table is carried over as lines.');
      const lines: string[] = [];
      visit(node, 'element', (row) => {
        if (row.tagName !== 'tr') return;
        const cells = row.children.filter(({ type }) => type === 'element');
        lines.push(cells.map((cell) => textIn(cell).trim()).join(' | '));
      });
      return lines.map(paragraph);
    },
    sub: (_: unknown, node: Element) => say(small(textIn(node), lowered, '_')),
    sup: (_: unknown, node: Element) => say(small(textIn(node), raised, '^')),
    del: within,
    s: within,
    strike: within,
    audio: gone('A recording'),
    video: gone('A video'),
    iframe: gone('An embedded page'),
    object: gone('An embedded page'),
    svg: gone('A drawing'),
    math: gone('A formula'),
    input: gone('A field'),
    select: gone('A field'),
    textarea: gone('A field'),
  };
}

/** HTML as Markdown; `lose` hears of all that Markdown or we have no place for, a sentence each. */
export function htmlToMarkdown(html: string, lose: (what: string) => void): string {
  if (/\\\(|\\\[|\$\$/.test(html)) lose('A formula in TeX is shown as it is typed.');
  const reader = unified()
    .use(rehypeParse, { fragment: true })
    .use(rehypeRemark, { handlers: handlers(lose) as never });
  return unlessTooDeep(
    () => written(reader.runSync(reader.parse(html))),
    () => {
      lose('Tags stand within tags too deep to follow; only the words are carried over.');
      return plainToMarkdown(wordsIn(html));
    },
  );
}

const wordsIn = (html: string) =>
  html
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();

/** A tree that is walked by recursion ends where the stack ends; a file made to break us must not. */
function unlessTooDeep(read: () => string, otherwise: () => string): string {
  try {
    return read();
  } catch (error) {
    if (error instanceof RangeError) return otherwise();
    throw error;
  }
}

/** The words of an HTML text, without any markup. */
export function htmlToPlain(html: string): string {
  const tree = unified().use(rehypeParse, { fragment: true }).parse(html);
  return unlessTooDeep(
    () => textIn(tree).replace(/\s+/g, ' ').trim(),
    () => wordsIn(html),
  );
}

export const escapeHtml = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');

/** Plain words as Markdown that reads the same. */
export function plainToMarkdown(text: string): string {
  const lines = text
    .split('\n')
    .flatMap((line, at): Nodes[] => [
      ...(at > 0 ? [{ type: 'break' as const }] : []),
      { type: 'text', value: line },
    ]);
  return written({ type: 'root', children: [{ type: 'paragraph', children: lines as never }] });
}

/** A text as Moodle keeps it in one of its formats, as Markdown. */
export function fromFormat(text: string, format: string, lose: (what: string) => void): string {
  const bare = text.trim();
  if (bare === '') return '';
  if (format === 'plain') return plainToMarkdown(bare);
  if (format === 'markdown') return cleaned(bare, lose);
  if (format === 'moodle') {
    const paragraphs = bare.split(/\n{2,}/).map((one) => `<p>${one.replaceAll('\n', '<br>')}</p>`);
    return htmlToMarkdown(paragraphs.join(''), lose);
  }
  return htmlToMarkdown(bare, lose);
}

/** Markdown from elsewhere stays as it is, unless it holds images, HTML or links that we don't take. */
function cleaned(markdown: string, lose: (what: string) => void): string {
  const foreign: string[] = [];
  visit(unified().use(remarkParse).parse(markdown), (node) => {
    const kinds = ['html', 'image', 'imageReference', 'definition'];
    const isForeign = node.type === 'link' ? !isSafe(node.url) : kinds.includes(node.type);
    // Made HTML, it has lost its address already.
    if (node.type === 'link' && isForeign) lose(`The link to "${node.url}" is not carried over.`);
    if (isForeign) foreign.push(node.type);
  });
  if (foreign.includes('html')) lose('HTML within Markdown is not carried over.');
  return foreign.length > 0 ? htmlToMarkdown(toHtml(markdown), lose) : markdown;
}
