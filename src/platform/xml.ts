import { DOMParser, type Element, ParseError } from '@xmldom/xmldom';

/** What is wrong with an XML text, by line. */
interface XmlFault {
  line: number;
  /** A sentence, in the parser's words. */
  message: string;
}

/** Reads XML; the root element, or by line what is wrong with it. */
export function readXml(text: string): Element | XmlFault[] {
  const faults: XmlFault[] = [];
  const parser = new DOMParser({
    onError: (level, message, context) => {
      if (level === 'warning') return;
      const { lineNumber } = (context as { locator?: { lineNumber?: number } }).locator ?? {};
      faults.push({ line: lineNumber || 1, message: sentence(message) });
    },
  });
  try {
    const root = parser.parseFromString(text.replace(/^\uFEFF/, ''), 'text/xml').documentElement;
    if (faults.length > 0 || !root) return faults;
    return root;
  } catch (error) {
    if (!(error instanceof ParseError)) throw error;
    if (faults.length === 0) faults.push({ line: 1, message: sentence(error.message) });
    return faults;
  }
}

function sentence(message: string): string {
  const said = message.split('\n')[0]!.replace(/\.$/, '');
  const remedy = /unescaped '<'/i.test(said)
    ? ' Write &lt; for it.'
    : /tag mismatch/i.test(said)
      ? ' A tag before this line is not closed.'
      : '';
  return `This is not valid XML: ${said}.${remedy}`;
}
