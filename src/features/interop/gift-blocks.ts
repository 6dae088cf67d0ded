import { type Kept, readKept } from './moodle.ts';

/** One question of a GIFT file, or a category, as far as lines tell. */
export interface Block {
  /** Without its comments. */
  lines: { line: number; text: string }[];
  /** From the comments. */
  id?: string;
  tags: string[];
  kept: Kept;
}

/** A GIFT file cut at its blank lines, as Moodle cuts it. */
export function blocksOf(text: string): Block[] {
  const blocks: Block[] = [];
  let block: Block = { lines: [], tags: [], kept: {} };
  const close = () => {
    if (block.lines.length > 0) blocks.push(block);
    block = { lines: [], tags: [], kept: {} };
  };
  for (const [at, line] of text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\r|\n/)
    .entries()) {
    const bare = line.trim();
    if (bare === '') close();
    else if (bare.startsWith('//')) comment(block, bare.slice(2));
    else {
      block.lines.push({ line: at + 1, text: line });
      // Some write the first question of a category right below it.
      if (bare.startsWith('$CATEGORY:')) close();
    }
  }
  close();
  return blocks;
}

function comment(block: Block, text: string) {
  const kept = readKept(text);
  if (kept) {
    block.kept = kept;
    return;
  }
  const id = /\[id:((?:\\.|[^\]\\])+)\]/.exec(text)?.[1];
  if (id !== undefined) block.id = bareTag(id);
  for (const [, tag] of text.matchAll(/\[tag:((?:\\.|[^\]\\])+)\]/g))
    block.tags.push(bareTag(tag!));
}
const bareTag = (text: string) => text.replace(/\\([\]\\])/g, '$1').trim();

/** What is wrong with a question's braces, and how far into it. */
export interface BraceFault {
  at: number;
  message: string;
}

/** The places of a sign that no backslash stands before, from a place on. */
function* unescaped(text: string, from = 0): Generator<[number, string]> {
  for (let at = from; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else yield [at, text[at]!];
  }
}

function find(text: string, sign: string, from = 0): number {
  for (const [at, found] of unescaped(text, from)) if (found === sign) return at;
  return -1;
}

const escaped = (text: string, signs: RegExp): string =>
  text.replace(/\\[\s\S]|[\s\S]/g, (one) =>
    one.length === 1 && signs.test(one) ? `\\${one}` : one,
  );

/** The parts of a question: before the answers, the answers without their braces, and behind them. */
export interface Parts {
  title: string | undefined;
  stem: string;
  /** Undefined in a description. */
  answers: string | undefined;
  tail: string;
}

/** Takes a question apart at the first braces, as Moodle does. */
export function partsOf(text: string): Parts | BraceFault {
  const [, head = '', title] = /^(\s*::((?:\\[\s\S]|(?!::)[^\\])*)::)/.exec(text) ?? [];
  const open = find(text, '{', head.length);
  const close = find(text, '}', head.length);
  if (open < 0 && close < 0) {
    return { title, stem: text.slice(head.length), answers: undefined, tail: '' };
  }
  if (close < 0) return { at: open, message: 'The answers begin with { here, but no } ends them.' };
  if (open < 0 || close < open)
    return { at: close, message: 'There is a } here, but no { before it.' };
  return {
    title,
    stem: text.slice(head.length, open),
    answers: text.slice(open + 1, close),
    tail: text.slice(close + 1),
  };
}

/**
 * A question in the strict spelling that the parser knows: Moodle takes signs as words where they can't mean anything,
 * and so do people. No line is added or taken away.
 */
export function strict({ title, stem, answers, tail }: Parts): string {
  const name = title === undefined ? '' : `::${escaped(title, /[:=~#{}]/)}::`;
  const before = escaped(stem, /[:=~#]/);
  if (answers === undefined) return name + before;
  return `${name}${before}{${strictAnswers(answers)}}${escaped(tail, /[:=~#{}]/)}`;
}

/** Stands within an arrow that makes no pair: the parser would take it for one. To be taken out of what is read. */
export const hidden = '\uE000';

function strictAnswers(answers: string): string {
  const general = answers.lastIndexOf('####');
  const body = general < 0 ? answers : answers.slice(0, general);
  const rest = general < 0 ? '' : `####${escaped(answers.slice(general + 4), /[:=~#{]/)}`;
  const numeric = /^\s*#/.test(body);
  if (numeric) return strictNumbers(body) + rest;
  const truth = /^\s*(TRUE|FALSE|T|F)\s*(#|$)/.test(body);
  const matching = !truth && find(body, '~') < 0 && /=[\s\S]*->/.test(body);
  let feedbacks = 0;
  let result = '';
  let done = 0;
  for (const [at, sign] of unescaped(body)) {
    if (sign === '-' && body[at + 1] === '>' && !matching) {
      result += body.slice(done, at + 1) + hidden;
      done = at + 1;
    }
    if (sign === '=' || sign === '~') feedbacks = 0;
    else if (sign === '#') feedbacks++;
    const meant =
      sign === '#' ? !matching && feedbacks <= (truth ? 2 : 1) : !(sign === ':' || sign === '{');
    if (meant) continue;
    result += `${body.slice(done, at)}\\`;
    done = at;
  }
  return result + body.slice(done) + rest;
}

const number = /[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?/gi;

/** Numbers without exponents, spaces or a missing zero; the first answer begins with `=` like the others. */
function strictNumbers(body: string): string {
  const at = body.indexOf('#') + 1;
  const answers = body.slice(at);
  const first = /^\s*/.exec(answers)![0];
  const begun = /^[=~]/.test(answers.slice(first.length));
  return `${body.slice(0, at)}${first}${begun || answers.trim() === '' ? '' : '='}${answers
    .slice(first.length)
    .replace(/(\\[\s\S]|[^\\=~])+/g, (answer) => {
      const feedback = find(answer, '#');
      const value = feedback < 0 ? answer : answer.slice(0, feedback);
      const said = feedback < 0 ? '' : `#${escaped(answer.slice(feedback + 1), /[:#{]/)}`;
      return strictValue(value) + said;
    })}`;
}

function strictValue(value: string): string {
  const [, before = '', weight = '', rest = ''] = /^(\s*)((?:%[^%]*%)?)([\s\S]*)$/.exec(value)!;
  // Whatever lines the spaces held must stay, for the lines of faults.
  const lines = (before.match(/\n/g) ?? []).join('');
  const tight = rest.replace(/[ \t]*(:|\.\.)[ \t]*/g, '$1').replace(/^\s+/, '');
  const parts = tight.split('..');
  const plain = parts
    .map((part) =>
      part.replace(number, (one) =>
        Number(one).toLocaleString('en-US', { useGrouping: false, maximumFractionDigits: 100 }),
      ),
    )
    .join('..');
  // "~" alone, or with "*", is for any other number.
  return weight + plain.replace(/^\*\s*(:[^#]*)?/, '') + lines;
}
