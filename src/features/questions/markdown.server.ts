import type { Link, Nodes, Root } from 'mdast';
import rehypeStringify from 'rehype-stringify';
import remarkParse from 'remark-parse';
import remarkRehype from 'remark-rehype';
import { unified } from 'unified';
import { visit } from 'unist-util-visit';
import { type Question, gapsIn } from './question.ts';
import { seedOf } from './shuffle.ts';

/** What a `[word](term:id)` is explained by. */
export type Terms = Readonly<Record<string, { term: string; definition: string }>>;

const termOf = (node: Nodes): string | undefined =>
  node.type === 'link' && node.url.startsWith('term:') ? node.url.slice(5) : undefined;

/**
 * Markdown as HTML, without any HTML of the text's own. One paragraph comes without its `<p>`, so that it fits into a
 * label. `[word](term:id)` opens the glossary's entry, as in a lesson.
 */
export function toHtml(markdown: string, terms: Terms = {}): string {
  let cards = 0;
  const html = unified()
    .use(remarkParse)
    .use(() => (tree: Root) => {
      // A code's language and a link's title would become attributes, in which XML takes no "<".
      visit(tree, 'code', (code) => {
        code.lang = null;
      });
      visit(tree, 'link', (link: Link) => {
        link.title = null;
        const id = termOf(link);
        if (id === undefined) {
          // A bank may come from anywhere: no link may run anything.
          if (!/^(https?:|mailto:|\/(?!\/)|#)/i.test(link.url)) link.url = '';
          return;
        }
        const entry = Object.hasOwn(terms, id) ? terms[id] : undefined;
        // Unlike on its page, and the same at every build.
        const card = `term-${seedOf(markdown) >>> 0}-${++cards}`;
        link.data = {
          hName: entry ? 'span' : 'em',
          // A link it is no more.
          hProperties: { href: undefined, ...(entry ? { className: ['term-place'] } : {}) },
          ...(entry
            ? {
                hChildren: [
                  {
                    type: 'element',
                    tagName: 'button',
                    properties: { type: 'button', className: ['term'], popoverTarget: card },
                    children: [{ type: 'text', value: textIn(link) }],
                  },
                  {
                    type: 'element',
                    tagName: 'span',
                    properties: { className: ['term-card'], id: card, popover: 'auto' },
                    children: [
                      {
                        type: 'element',
                        tagName: 'strong',
                        properties: {},
                        children: [{ type: 'text', value: entry.term }],
                      },
                      { type: 'text', value: ' ' },
                      {
                        type: 'element',
                        tagName: 'span',
                        properties: {},
                        children: [{ type: 'text', value: entry.definition }],
                      },
                    ],
                  },
                ],
              }
            : {}),
        };
      });
    })
    .use(remarkRehype)
    .use(rehypeStringify)
    .processSync(markdown);
  const text = String(html).trim();
  const only = /^<p>((?:(?!<p>)[\s\S])*)<\/p>$/.exec(text);
  return only ? only[1]! : text;
}

function textIn(node: Nodes): string {
  if ('value' in node) return node.value;
  return 'children' in node ? node.children.map(textIn).join('') : '';
}

/** Lists that end up in fields and buttons, where no markup can stand: their texts stay as they are. */
const plainLists = new Set(['options', 'categories', 'columns', 'spots', 'parameters', 'units']);
const markdownFields = new Set([
  'prompt',
  'text',
  'feedback',
  'hints',
  'explanation',
  'otherwise',
  'model',
  'low',
  'right',
  'high',
  'wrong',
  'true',
  'false',
]);

/** The ids of the terms that a question's texts explain. */
export function termsIn(question: Question): string[] {
  const found: string[] = [];
  mapTexts(question, (text) => {
    visit(unified().use(remarkParse).parse(text), 'link', (link: Link) => {
      const id = termOf(link);
      if (id !== undefined) found.push(id);
    });
    return text;
  });
  return found;
}

/** Changes every Markdown text of a question, asked or whole, and no other value. */
export function mapTexts<Q extends { kind: string }>(
  question: Q,
  change: (text: string) => string,
): Q {
  const walk = (value: unknown, field: string, plain: boolean): unknown => {
    if (typeof value === 'string') {
      // Feedback is Markdown wherever it stands; a label in a list is not.
      if (!markdownFields.has(field) || (plain && field === 'text')) return value;
      return field === 'text' && gapsIn(value).length > 0 && question.kind === 'gaps'
        ? aroundGaps(value, change)
        : change(value);
    }
    if (Array.isArray(value)) return value.map((one) => walk(one, field, plainLists.has(field)));
    if (value !== null && typeof value === 'object') {
      return Object.fromEntries(
        Object.entries(value).map(([name, one]) => [name, walk(one, name, plain)]),
      );
    }
    return value;
  };
  return walk(question, '', false) as Q;
}

/** The pieces between gaps are changed one by one, so that a field can stand between any two; paragraphs stay apart. */
function aroundGaps(text: string, change: (text: string) => string): string {
  return text
    .split(/\n{2,}/)
    .map((paragraph) =>
      paragraph
        .split(/(\{[a-z0-9-]+\})/)
        .map((piece, at) =>
          at % 2 === 1 ? piece : piece.replace(/\S(?:[\s\S]*\S)?/, (words) => change(words)),
        )
        .join(''),
    )
    .join('\n\n');
}

/** A question whose texts are HTML, ready for a page. */
export const rendered = <Q extends { kind: string }>(question: Q, terms: Terms): Q =>
  mapTexts(question, (text) => toHtml(text, terms));

/** A question whose texts are plain words, for lists and for reading out. */
export const unmarked = <Q extends { kind: string }>(question: Q): Q =>
  mapTexts(question, (text) => textIn(unified().use(remarkParse).parse(text)).trim());
