import { brotliCompressSync } from 'node:zlib';

/** What a page loads on a first visit, in bytes as brotli sends them. */
export interface Weight {
  html: number;
  css: number;
  script: number;
  font: number;
  all: number;
}

/** Loads a page and all that it asks for by itself, scripts' own imports included. */
export async function weigh(url: string, path: string, cookie = ''): Promise<Weight> {
  const page = await (await fetch(url + path, { headers: { cookie } })).text();
  // The kinds of question that a page asks are loaded by name.
  const kinds = [...page.matchAll(/data-kinds="([^"]+)"/g)].flatMap(([, all]) => all!.split(' '));
  const fields = kinds.map(
    (kind) => `${kind.replace(/(^|-)(\w)/g, (_, __, one: string) => one.toUpperCase())}Fields.`,
  );
  const seen = new Set<string>();
  const weight: Weight = {
    html: brotliCompressSync(page).length,
    css: 0,
    script: 0,
    font: 0,
    all: 0,
  };
  const follow = async (address: string): Promise<void> => {
    if (seen.has(address)) return;
    seen.add(address);
    const text = await (await fetch(url + address)).text();
    const size = brotliCompressSync(text).length;
    if (address.endsWith('.css')) weight.css += size;
    else if (address.endsWith('.woff2')) weight.font += size;
    else weight.script += size;
    const imports = text.matchAll(/(?:from|import)\s*"\.\/([\w.@-]+\.js)"/g);
    if (address.endsWith('.js')) for (const [, name] of imports) await follow(`/_astro/${name}`);
    for (const [, name] of text.matchAll(/import\([`"]\.\/([\w.@-]+\.js)[`"]\)/g)) {
      if (fields.some((one) => name!.startsWith(one))) await follow(`/_astro/${name!}`);
    }
    for (const [, font] of text.matchAll(/url\((\/_astro\/[\w.@-]+\.woff2)\)/g))
      await follow(font!);
  };
  for (const [address] of page.matchAll(/\/_astro\/[\w.@-]+\.(?:js|css)/g)) await follow(address);
  weight.all = weight.html + weight.css + weight.script + weight.font;
  return weight;
}
