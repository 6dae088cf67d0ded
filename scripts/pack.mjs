// @ts-check
/**
 * Finishes a build: writes each page's weight into it, then keeps every text file compressed as well, so that nothing is
 * compressed while somebody waits.
 */
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, brotliCompressSync, constants, gzip } from 'node:zlib';

const client = path.resolve('dist/client');
const brotli = { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } };
const files = readdirSync(client, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && !/\.(br|gz)$/.test(entry.name))
  .map((entry) => path.join(entry.parentPath, entry.name));

/** @type {Map<string, number>} */
const sizes = new Map();
/** Compressed size of a built file, in bytes. @param {string} file */
function sizeOf(file) {
  const known = sizes.get(file);
  if (known !== undefined) return known;
  const size = brotliCompressSync(readFileSync(file), brotli).length;
  sizes.set(file, size);
  return size;
}

/** A kind of question as its fields are named: `short-answer` → `ShortAnswerFields`. @param {string} kind */
const fieldsOf = (kind) =>
  `${kind.replace(/(^|-)(\w)/g, (_, __, letter) => letter.toUpperCase())}Fields`;

// A script finds out late which kinds a page asks; on a slow line that is one wait more, so the page says it at once.
for (const page of files.filter((file) => file.endsWith('.html'))) {
  const text = readFileSync(page, 'utf8');
  const kinds = [...text.matchAll(/data-kinds="([^"]+)"/g)].flatMap(([, all]) => all?.split(' '));
  const links = [...new Set(kinds)].flatMap((kind) => {
    const script = files.find((file) => path.basename(file).startsWith(`${fieldsOf(kind ?? '')}.`));
    const address = script && `/${path.relative(client, script).replaceAll(path.sep, '/')}`;
    return address?.endsWith('.js') ? [`<link rel="modulepreload" href="${address}">`] : [];
  });
  if (links.length > 0) writeFileSync(page, text.replace('</head>', `${links.join('')}</head>`));
}

/** The built files that a page or script asks for by itself. @param {string} file */
function asksFor(file) {
  const text = readFileSync(file, 'utf8');
  const found = file.endsWith('.html')
    ? [...text.matchAll(/\/_astro\/[\w.@-]+\.(?:js|css)/g)].map(([url]) => path.join(client, url))
    : [...text.matchAll(/(?:from|import)\s*"(\.\/[\w.@-]+\.js)"/g)].map(([, to]) =>
        path.join(path.dirname(file), to ?? ''),
      );
  return found.filter((one) => existsSync(one));
}

/** All that a first visit to a page loads, the page included. @param {string} page */
function loads(page) {
  const all = new Set([page]);
  for (const file of all)
    if (/\.(html|js)$/.test(file)) for (const one of asksFor(file)) all.add(one);
  return all;
}

/** A page's weight on a first visit, in whole KB. @param {string} page */
const weigh = (page) =>
  String(Math.ceil([...loads(page)].reduce((sum, file) => sum + sizeOf(file), 0) / 1000));

const pages = files.filter((file) => file.endsWith('.html'));
const weights = new Map(pages.map((page) => [page, weigh(page)]));
for (const page of pages) {
  const text = readFileSync(page, 'utf8');
  const weighed = text
    .replaceAll('%weight%', weights.get(page) ?? '')
    .replace(
      /%weight:([^%]+)%/g,
      (_, url) => weights.get(path.join(client, url, 'index.html')) ?? '',
    );
  if (weighed !== text) writeFileSync(page, weighed);
}

const packable = files.filter((file) => /\.(html|js|css|svg|json|txt|xml|webmanifest)$/.test(file));
await Promise.all(
  packable.map(async (file) => {
    const bytes = readFileSync(file);
    if (bytes.length < 512) return;
    writeFileSync(`${file}.br`, await promisify(brotliCompress)(bytes, brotli));
    writeFileSync(`${file}.gz`, await promisify(gzip)(bytes, { level: 9 }));
  }),
);
