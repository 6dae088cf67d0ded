import { toHtml } from '#features/questions/markdown.server.ts';
import { escapeHtml, htmlToMarkdown, htmlToPlain } from './html.server.ts';
import { type Gap, type Weighted, decimal, percentage } from './moodle.ts';

// As numbers, since these signs end an answer whatever stands before them; "&amp;#" would hide the sign behind it.
const guarded = (html: string) =>
  html
    .replaceAll('&amp;', '&#38;')
    .replace(/[\\}~]|^[=%]/g, (sign) => `&#${sign.charCodeAt(0)};`)
    .replace(/(?<!&)#/g, '&#35;')
    .replace(/\s*\n\s*/g, ' ');

const answer = ({ text, percent, feedback }: Weighted) =>
  `%${percentage(percent)}%${guarded(escapeHtml(text))}` +
  (feedback ? `#${guarded(toHtml(feedback))}` : '');

/** A gap as it stands in the HTML of a cloze question. */
export const writeGap = ({ list, weight, answers }: Gap): string =>
  `{${weight}:${list ? 'MULTICHOICE' : 'SHORTANSWER'}:${answers.map(answer).join('~')}}`;

const code =
  /\{\s*(\d*)\s*:\s*(MULTICHOICE|MULTIRESPONSE|SHORTANSWER|NUMERICAL|MC|MR|SA|MW|NM)(_?[CVHS]{1,2})?\s*:((?:\\[\s\S]|[^}\\])*)\}/gi;

/** What is read of the text of a cloze question. */
export interface Cloze {
  /** With `{id}` where a gap is. */
  text: string;
  gaps: Gap[];
  /** Why it can't be one of ours. */
  reason?: string;
}

/** Reads the gaps in a cloze text, named by `idOf`; `lose` hears of what is not carried over. */
export function readCloze(
  text: string,
  idOf: (at: number) => string,
  lose: (what: string) => void,
): Cloze {
  const gaps: Gap[] = [];
  let reason: string | undefined;
  const replaced = text.replace(
    code,
    (_, weight: string, type: string, variant: string | undefined, body: string) => {
      const id = idOf(gaps.length);
      const place = `Gap ${gaps.length + 1}`;
      const kind = type.toUpperCase();
      const answers = split(body, '~').map((one) => readAnswer(one, lose));
      if (kind.startsWith('MULTIRESPONSE') || kind === 'MR') {
        reason ??= `${place} takes several answers at once.`;
      }
      if (variant?.toUpperCase().endsWith('C') && !kind.startsWith('M')) {
        lose(`${place}: capital letters matter there.`);
      }
      if (kind === 'MW' && variant) lose(`${place}: capital letters matter there.`);
      const numeric = kind === 'NUMERICAL' || kind === 'NM';
      gaps.push({
        id,
        list: kind === 'MULTICHOICE' || kind === 'MC',
        weight: weight === '' ? 1 : Number(weight),
        answers: numeric ? numbers(answers, place, lose) : answers,
      });
      return `{${id}}`;
    },
  );
  return { text: replaced, gaps, ...(reason ? { reason } : {}) };
}

/** Cuts at a sign that is neither escaped nor, as in `&#35;`, part of a character's number. */
function split(text: string, sign: string, most = Infinity): string[] {
  const pieces: string[] = [];
  let piece = '';
  for (const [one] of text.matchAll(/\\[\s\S]|[\s\S]/g)) {
    const isNumber = sign === '#' && /&(amp;)?$/.test(piece);
    if (one === sign && pieces.length + 1 < most && !isNumber) {
      pieces.push(piece);
      piece = '';
    } else piece += one;
  }
  return [...pieces, piece];
}

const bare = (text: string) =>
  text.replace(/\\([\s\S])/g, (whole, sign: string) => (sign === '*' ? whole : sign));

function readAnswer(text: string, lose: (what: string) => void): Weighted {
  const [head = '', feedback] = split(text.trim(), '#', 2);
  const [, right, percent, words = ''] = /^(?:(=)|%(-?[\d.]+)%)?([\s\S]*)$/.exec(head)!;
  return {
    text: htmlToPlain(bare(words)),
    percent: right ? 100 : percent === undefined ? 0 : Number(percent),
    feedback: feedback?.trim() ? htmlToMarkdown(bare(feedback), lose) || undefined : undefined,
  };
}

/** A number in a text is typed words to us: written with a point or with a comma. */
function numbers(answers: Weighted[], place: string, lose: (what: string) => void): Weighted[] {
  return answers.flatMap((one) => {
    const [value = '', tolerance = '0'] = one.text.split(':').map((part) => part.trim());
    if (value === '*' || value === '') return [{ ...one, text: '*' }];
    if (Number(tolerance) !== 0) {
      lose(`${place}: ${value} is right within ${tolerance} there; here only as it stands.`);
    }
    const number = Number(value.replace(',', '.'));
    if (Number.isNaN(number)) return [one];
    const point = decimal(number);
    return [point, point.replace('.', ',')]
      .filter((text, at, all) => all.indexOf(text) === at)
      .map((text) => ({ ...one, text }));
  });
}
