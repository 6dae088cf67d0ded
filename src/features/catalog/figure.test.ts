import { expect, test } from 'vitest';
import { checkFigure } from './figure.ts';

const good = `<svg viewBox="0 0 360 240" role="img">
  <title>Two towns</title>
  <desc>One town has a factory, the other a market.</desc>
  <rect class="box" x="1" y="1" width="10" height="10" fill="none" />
  <text x="2" y="2">Town</text>
</svg>
`;

test('a figure of shapes and text, with words for those who do not see it, is fine', () => {
  expect(checkFigure(good)).toEqual([]);
});

test.for([
  ['no title', '<title>Two towns</title>', '', 1, /Add a <title>/],
  ['an empty title', 'Two towns', '  ', 1, /Add a <title>/],
  ['no description', /<desc>.*<\/desc>/, '', 1, /Add a <desc>.*read out instead/],
  ['no viewBox', ' viewBox="0 0 360 240"', '', 1, /Give the figure a viewBox such as/],
  ['a size of its own', '<svg ', '<svg width="360" ', 1, /Remove width and height/],
  ['an XML header', '<svg', '<?xml version="1.0"?>\n<svg', 1, /without an XML header/],
  ['a style', 'class="box"', 'style="fill: red"', 4, /Remove style/],
  ['a style sheet', '<text', '<style>text { color: red }</style><text', 5, /Remove <style>/],
  ['a colour', 'fill="none"', 'fill="#f00"', 4, /Remove colours and fonts/],
  ['a font', '<text', '<text font-size="9"', 5, /Remove colours and fonts/],
  ['a script', '<text', '<script>alert(1)</script><text', 5, /only shapes and text/],
  ['a photograph', '<text', '<image x="1" /><text', 5, /only shapes and text/],
  ['HTML inside', '<text', '<foreignObject /><text', 5, /only shapes and text/],
  ['something to run on a click', '<rect', '<rect onclick="go()"', 4, /no scripts/],
  ['a link', '<text', '<use href="https://example.org/x.svg#a" /><text', 5, /no links/],
] as const)('a figure with %s is sent back, with the line', ([, from, to, line, message]) => {
  const changed = good.replace(from, to);
  expect(changed).not.toBe(good);
  expect(checkFigure(changed)).toEqual([
    { line, message: expect.stringMatching(message) as string },
  ]);
});

test('every mistake in a figure is told at once', () => {
  const bad = good.replaceAll('<rect', '<rect stroke="red" onload="x()"').replace('Two towns', '');
  expect(checkFigure(bad)).toHaveLength(3);
});

test('a file that is empty or no XML is told so, on its line', () => {
  expect(checkFigure('')).toEqual([
    { line: 1, message: expect.stringMatching(/not valid XML/) as string },
  ]);
  expect(checkFigure(good.replace('</svg>', '\n<g>\n</svg>'))).toEqual([
    {
      line: expect.any(Number) as number,
      message: expect.stringMatching(/not valid XML/) as string,
    },
  ]);
});

test('a colour in single quotes is a colour', () => {
  const svg = `<svg viewBox="0 0 9 9"><title>Abc</title><desc>Abc</desc><rect fill='red' /></svg>`;
  expect(checkFigure(svg)).not.toEqual([]);
});

test.for([
  ["<rect data-when='did.roof' />", 'data-when'],
  ['<rect data-when=did.roof />', 'data-when'],
  ['<rect data-says=“A roof” />', 'data-says'],
] as const)('a value without straight double quotes is told: %s', ([part, name]) => {
  expect(checkFigure(good.replace('</svg>', `\n${part}\n</svg>`))).toEqual([
    {
      line: good.split('\n').length,
      message: `Put straight double quotes around the value: ${name}="…".`,
    },
  ]);
});
