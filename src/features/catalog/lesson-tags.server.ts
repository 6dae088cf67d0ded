import GithubSlugger from 'github-slugger';
import type { Nodes } from 'mdast';
import remarkFrontmatter from 'remark-frontmatter';
import remarkGfm from 'remark-gfm';
import remarkMdx from 'remark-mdx';
import remarkParse from 'remark-parse';
import { unified } from 'unified';
import { visit } from 'unist-util-visit';
import type { Fault } from '#platform/yaml.server.ts';

/** The tags a lesson may use, with the attributes each must and may have. */
const tags: Record<string, { must: string[]; may: string[] }> = {
  Quiz: { must: ['name'], may: [] },
  Simulation: { must: ['name'], may: [] },
  Figure: { must: ['name'], may: ['caption'] },
  Term: { must: ['id'], may: [] },
  Source: { must: ['id'], may: ['at'] },
  Note: { must: ['kind'], may: ['title'] },
  Reflect: { must: ['id'], may: [] },
};
/** Those that stand in sentences; the others stand by themselves. */
const inSentences = ['Term', 'Source'];
const noteKinds = ['key', 'case', 'try', 'careful'];

/** One tag in a lesson. */
interface Tag {
  name: string;
  attributes: Record<string, string>;
  line: number;
}

/** A piece of prose: nothing in it runs on into the next. */
interface Block {
  kind: 'paragraph' | 'heading' | 'cell';
  text: string;
  line: number;
}
const blockKinds: Partial<Record<Nodes['type'], Block['kind']>> = {
  paragraph: 'paragraph',
  heading: 'heading',
  tableCell: 'cell',
};

const parser = unified().use(remarkParse).use(remarkGfm).use(remarkMdx).use(remarkFrontmatter);

const textIn = (node: Nodes): string =>
  'value' in node ? node.value : 'children' in node ? node.children.map(textIn).join('') : '';

/** Takes a lesson apart: its front matter, its tags in order, its headings by anchor, and what an author has to put right. */
export function readLesson(text: string, file: string) {
  const faults: Fault[] = [];
  const found: Tag[] = [];
  // As the build names them.
  const slugger = new GithubSlugger();
  const headings: { anchor: string; text: string }[] = [];
  /** Its prose in pieces that stand by themselves. */
  const blocks: Block[] = [];
  let front = { text: '', firstLine: 1 };

  let tree;
  try {
    tree = parser.parse(text);
  } catch (error) {
    const { reason = String(error), line } = error as { reason?: string; line?: number };
    // Of a tag that is left open the parser tells the place in words alone.
    const [, place] = /\((\d+):\d+-/.exec(reason) ?? [];
    const remedy = reason.includes('closing tag')
      ? ' End the tag with "/>", or close it behind its words.'
      : reason.includes('attribute value')
        ? ' Put straight double quotes around the value: name="…".'
        : '';
    faults.push({
      file,
      line: line ?? (Number(place) || 1),
      message: `This cannot be read: ${reason}.${remedy}`,
    });
    return { front, tags: found, headings, blocks, faults, unreadable: true };
  }

  visit(tree, (node, _, parent) => {
    const line = node.position?.start.line ?? 1;
    if (node.type === 'yaml') front = { text: node.value, firstLine: line + 1 };
    if (node.type === 'mdxjsEsm') {
      faults.push({ file, line, message: 'Lessons have no imports or exports: remove this line.' });
    }
    if (node.type === 'mdxFlowExpression' || node.type === 'mdxTextExpression') {
      faults.push({
        file,
        line,
        message: 'Lessons have no { … } code: write a backslash before "{".',
      });
    }
    const kind = blockKinds[node.type];
    if (kind) {
      const words = textIn(node).replaceAll(/\s+/g, ' ').trim();
      if (words) blocks.push({ kind, text: words, line });
    }
    if (node.type === 'heading') {
      const words = textIn(node);
      headings.push({ anchor: slugger.slug(words), text: words });
    }
    if (node.type === 'heading' && node.depth === 1) {
      faults.push({ file, line, message: 'Headings start at level two: write "## " here.' });
    }
    if (node.type === 'image') {
      faults.push({ file, line, message: 'Use <Figure name="…" /> instead of an image.' });
    }
    if (node.type !== 'mdxJsxFlowElement' && node.type !== 'mdxJsxTextElement') return;

    const name = node.name ?? '';
    const known = tags[name];
    if (!known) {
      const all = Object.keys(tags).join(', ');
      faults.push({ file, line, message: `There is no tag <${name}>. Lessons may use: ${all}.` });
      return;
    }
    const attributes: Record<string, string> = {};
    for (const attribute of node.attributes) {
      if (attribute.type !== 'mdxJsxAttribute' || typeof attribute.value !== 'string') {
        faults.push({ file, line, message: `In <${name}>, write attributes as name="text".` });
      } else if (![...known.must, ...known.may].includes(attribute.name)) {
        const all = [...known.must, ...known.may].join(', ');
        const message = `<${name}> has no attribute "${attribute.name}". It may have: ${all}.`;
        faults.push({ file, line, message });
      } else {
        attributes[attribute.name] = attribute.value;
      }
    }
    // Inside of a sentence it would break the sentence in two.
    const standsAlone =
      inSentences.includes(name) ||
      parent?.type !== 'paragraph' ||
      parent.children.every((one) => one === node || textIn(one).trim() === '');
    if (!standsAlone)
      faults.push({
        file,
        line,
        message: `Write <${name}> on a line of its own, with an empty line before and after.`,
      });
    const missing = known.must.filter((key) => !attributes[key]);
    if (missing.length > 0) {
      faults.push({ file, line, message: `<${name}> needs ${missing.join(' and ')}="…".` });
      return;
    }
    if (name === 'Note' && !noteKinds.includes(attributes.kind!)) {
      const message = `There is no kind of note "${attributes.kind}". Use one of: ${noteKinds.join(', ')}.`;
      faults.push({ file, line, message });
    }
    found.push({ name, attributes, line });
  });
  return { front, tags: found, headings, blocks, faults, unreadable: false };
}
