import { nearestName } from '#platform/nearest-name.ts';

/** A label of a figure, as near as its place can be told without drawing it. */
interface Label {
  line: number;
  text: string;
  classes: string[];
  left: number;
  right: number;
  /** Of its baseline. */
  y: number;
  size: number;
}

const known = new Set(
  'line line-strong line-soft dashed line-primary line-accent fill-paper fill-tint fill-tint-2 fill-primary fill-accent fill-accent-tint fill-ink t-strong t-soft t-mid t-end t-big t-on grow-up grow-along fade'.split(
    ' ',
  ),
);
const dark = new Set(['fill-primary', 'fill-accent', 'fill-ink']);
/** Of a letter's height: a mean over plain words in the faces that we use. */
const meanWidth = 0.5;

const attributesOf = (tag: string) =>
  Object.fromEntries(
    [...tag.matchAll(/([\w-]+)="([^"]*)"/g)].map(([, name, value]) => [name!, value!]),
  );
const plain = (text: string) =>
  text
    .replaceAll(/<[^>]*>/g, '')
    .replaceAll('&amp;', '&')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&#160;', ' ')
    .trim();

/** The box around a shape; of a path, around all its points. */
function boxOf(name: string, at: Record<string, string>) {
  const number = (key: string) => Number(at[key] ?? 0);
  if (name === 'rect')
    return {
      left: number('x'),
      right: number('x') + number('width'),
      top: number('y'),
      bottom: number('y') + number('height'),
    };
  if (name === 'circle' || name === 'ellipse') {
    const rx = Number(at.r ?? at.rx ?? 0);
    const ry = Number(at.r ?? at.ry ?? 0);
    return {
      left: number('cx') - rx,
      right: number('cx') + rx,
      top: number('cy') - ry,
      bottom: number('cy') + ry,
    };
  }
  if (name !== 'path' || /[a-z]/.test((at.d ?? '').replaceAll(/[zZ]/g, ''))) return undefined;
  const xs: number[] = [];
  const ys: number[] = [];
  for (const [, letter, rest] of (at.d ?? '').matchAll(/([MLHVCSQTA])([^MLHVCSQTAZ]*)/g)) {
    const numbers = (rest!.match(/-?\d+(?:\.\d+)?/g) ?? []).map(Number);
    if (letter === 'H') xs.push(...numbers);
    else if (letter === 'V') ys.push(...numbers);
    else if (letter === 'A') {
      for (let each = 5; each < numbers.length; each += 7) {
        xs.push(numbers[each]!);
        ys.push(numbers[each + 1]!);
      }
    } else for (const [each, value] of numbers.entries()) (each % 2 ? ys : xs).push(value);
  }
  if (xs.length === 0 || ys.length === 0) return undefined;
  return {
    left: Math.min(...xs),
    right: Math.max(...xs),
    top: Math.min(...ys),
    bottom: Math.max(...ys),
  };
}

/**
 * What a reader could not make out in a figure: labels that leave it, touch each other, are too small, or lack contrast with
 * the shape under them. Lengths are estimated, so it errs where a label is full of wide or narrow letters.
 *
 * Colours go by class, and the style sheet's pairs of ink and paper have contrast: what is left to check is the pairing.
 */
export function checkLayout(svg: string): { line: number; message: string }[] {
  const found: { line: number; message: string }[] = [];
  const [, width = 0, height = 0] = (/viewBox="0 0 (\d+) (\d+)"/.exec(svg) ?? []).map(Number);
  const lineAt = (index: number) => svg.slice(0, index).split('\n').length;
  const shapes: { box: NonNullable<ReturnType<typeof boxOf>>; isDark: boolean }[] = [];
  const labels: Label[] = [];

  // Where the groups that we are in have moved their origin to; not a number where they turn or stretch it.
  const origins = [{ x: 0, y: 0 }];
  for (const match of svg.matchAll(/<(\/g|g|rect|circle|ellipse|path|text)\b([^>]*?)(\/>|>)/g)) {
    const [tag, name = '', inside = '', end] = match;
    const at = attributesOf(inside);
    if (name === '/g') origins.pop();
    const origin = origins.at(-1)!;
    if (name === 'g') {
      const [, x = NaN, y = NaN] = at.transform
        ? (/^translate\(([-\d.]+)[ ,]+([-\d.]+)\)$/.exec(at.transform) ?? []).map(Number)
        : [0, 0, 0];
      origins.push({ x: origin.x + x, y: origin.y + y });
    }
    if (name === 'g' || name === '/g' || Number.isNaN(origin.x)) continue;
    const line = lineAt(match.index);
    const classes = (at.class ?? '').split(/\s+/).filter(Boolean);
    for (const one of classes.filter((each) => !known.has(each))) {
      const near = nearestName(one, [...known]);
      found.push({
        line,
        message: `There is no class "${one}" for figures: ${near ? `did you mean "${near}"?` : 'it would have no colour.'}`,
      });
    }
    if (name !== 'text') {
      const box = boxOf(name, at);
      if (box && classes.some((one) => one.startsWith('fill-')))
        shapes.push({
          box: {
            left: box.left + origin.x,
            right: box.right + origin.x,
            top: box.top + origin.y,
            bottom: box.bottom + origin.y,
          },
          isDark: classes.some((one) => dark.has(one)),
        });
      continue;
    }
    if (end !== '>' || at.transform) continue;
    const text = plain(svg.slice(match.index + tag.length, svg.indexOf('</text>', match.index)));
    const size = classes.includes('t-big') ? 19 : 15;
    const long = text.length * size * (classes.includes('t-strong') ? meanWidth + 0.02 : meanWidth);
    const x = Number(at.x ?? 0) + origin.x;
    const y = Number(at.y ?? 0) + origin.y;
    const left = classes.includes('t-mid')
      ? x - long / 2
      : classes.includes('t-end')
        ? x - long
        : x;
    const label = { line, text, classes, left, right: left + long, y, size };
    labels.push(label);

    if (label.left < 0 || label.right > width || y - size < -4 || y > height) {
      found.push({ line, message: `"${text}" runs out of the figure: shorten or move it.` });
    }
    // The last shape drawn below the label's middle is what one sees behind it.
    const middle = { x: (label.left + label.right) / 2, y: y - size / 3 };
    const under = shapes.findLast(
      ({ box }) =>
        box.left <= middle.x &&
        middle.x <= box.right &&
        box.top <= middle.y &&
        middle.y <= box.bottom,
    );
    if (under?.isDark && !classes.includes('t-on')) {
      found.push({ line, message: `"${text}" is ink on a dark shape: give it the class t-on.` });
    }
    if (!under?.isDark && classes.includes('t-on')) {
      found.push({ line, message: `"${text}" is light on light: t-on is for dark shapes only.` });
    }
  }
  for (const [at, one] of labels.entries()) {
    const other = labels
      .slice(at + 1)
      .find(
        (each) =>
          Math.abs(each.y - one.y) < Math.min(each.size, one.size) * 0.8 &&
          each.left < one.right - 3 &&
          one.left < each.right - 3,
      );
    if (other) {
      const message = `"${one.text}" and "${other.text}" cover each other: move one.`;
      found.push({ line: other.line, message });
    }
  }
  return found;
}
