import { readXml } from '#platform/xml.ts';

/** The first attribute whose value stands in no straight double quotes: readers of XML pass over some of these. */
function unquotedAttribute(svg: string): { line: number; message: string } | undefined {
  const bare = svg.replace(/"[^"]*"/g, (value) => `"${value.replace(/[^\n]/g, '')}"`);
  for (const tag of bare.matchAll(/<[a-z][^<>]*>/gi)) {
    const found = /\s([\w:-]+)=(?!")/.exec(tag[0]);
    if (!found) continue;
    const line = bare.slice(0, tag.index + found.index + 1).split('\n').length;
    return { line, message: `Put straight double quotes around the value: ${found[1]}="…".` };
  }
  return undefined;
}

/** What is wrong with a figure's SVG, each with its line. The site's style sheet colours it, so it holds no looks. */
export function checkFigure(svg: string): { line: number; message: string }[] {
  const unquoted = unquotedAttribute(svg);
  if (unquoted) return [unquoted];
  const read = readXml(svg);
  // The first alone: what follows it is mostly the same slip.
  if (Array.isArray(read)) return read.slice(0, 1);

  const faults: { line: number; message: string }[] = [];
  const lineAt = (index: number) => svg.slice(0, index).split('\n').length;
  const fault = (index: number, message: string) => faults.push({ line: lineAt(index), message });

  if (!/^\s*<svg\b/.test(svg)) fault(0, 'A figure begins with <svg …>, without an XML header.');
  const opening = /<svg\b[^>]*>/.exec(svg)?.[0] ?? '';
  if (!/\bviewBox="0 0 \d+ \d+"/.test(opening)) {
    fault(0, 'Give the figure a viewBox such as "0 0 360 240".');
  }
  if (/\b(width|height)=/.test(opening)) {
    fault(0, 'Remove width and height from <svg>: the page decides the size.');
  }
  for (const tag of ['title', 'desc']) {
    const words = new RegExp(`<${tag}\\b[^>]*>([^<]*)</${tag}>`).exec(svg)?.[1]?.trim() ?? '';
    if (words.length < 3) {
      fault(
        0,
        `Add a <${tag}> that says what the figure shows: it is read out instead of the picture.`,
      );
    }
  }
  const barred: [RegExp, string][] = [
    [/\sstyle=/g, 'Remove style="…": use the classes of the figure guide.'],
    [/<style\b/g, 'Remove <style>: use the classes of the figure guide.'],
    [
      /\s(fill|stroke|font-family|font-size|color)=["'](?!none["'])/g,
      'Remove colours and fonts: use the classes of the figure guide.',
    ],
    [/<(script|image|foreignObject|a|iframe)\b/g, 'Figures hold only shapes and text.'],
    [/\son\w+=/g, 'Figures hold no scripts.'],
    [/(href|src)=/g, 'Figures hold no links.'],
  ];
  for (const [pattern, message] of barred) {
    for (const match of svg.matchAll(pattern)) fault(match.index, message);
  }
  return faults;
}
