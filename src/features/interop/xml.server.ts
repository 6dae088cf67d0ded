import { type Element, XMLSerializer } from '@xmldom/xmldom';

/** A piece of XML that is written as it stands. */
export interface Xml {
  xml: string;
}
type Part = Xml | string | number | boolean | undefined | readonly Part[];

// XML has no way to write these at all.
const forbidden = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g;
const escaped = (text: string) =>
  text
    .replace(forbidden, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');

/** An XML element; texts are escaped, `undefined` is left out. */
export function element(
  name: string,
  attributes: Readonly<Record<string, string>>,
  ...content: Part[]
): Xml {
  const given = Object.entries(attributes).map(([key, value]) => ` ${key}="${escaped(value)}"`);
  const write = (part: Part): string => {
    if (part === undefined) return '';
    if (Array.isArray(part)) return (part as Part[]).map(write).join('');
    if (typeof part === 'object') return (part as Xml).xml;
    return escaped(String(part));
  };
  const within = content.map(write).join('');
  return {
    xml: within ? `<${name}${given.join('')}>${within}</${name}>` : `<${name}${given.join('')}/>`,
  };
}

/** A comment; the text may hold no two hyphens. */
export const commented = (text: string): Xml => ({ xml: `<!-- ${text} -->` });

/** The elements of a name directly within another. */
export function children(parent: Element, name?: string): Element[] {
  return [...parent.childNodes].filter(
    (node): node is Element =>
      node.nodeType === 1 && (name === undefined || node.nodeName === name),
  );
}

/** The first element of a name directly within another. */
export const child = (parent: Element, name: string): Element | undefined =>
  children(parent, name)[0];

/** The comments directly within an element. */
export const comments = (parent: Element): string[] =>
  [...parent.childNodes]
    .filter(({ nodeType }) => nodeType === 8)
    .map(({ nodeValue }) => nodeValue ?? '');

const serializer = new XMLSerializer();

/**
 * The text of the first element of a name within another, without space around it; empty where there is none.
 *
 * Elements in it are HTML that somebody forgot to escape.
 */
export function wordsOf(parent: Element | undefined, name: string): string {
  const found = parent && child(parent, name);
  if (!found) return '';
  const text =
    children(found).length > 0
      ? [...found.childNodes].map((node) => serializer.serializeToString(node)).join('')
      : found.textContent;
  return (text ?? '').trim();
}
