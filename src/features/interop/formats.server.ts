import { interop } from '#i18n/en/interop.ts';
import { exportGift, importGift } from './gift.server.ts';
import type { Exchange, Exported, ImportResult } from './interop.ts';
import { importMoodleXml } from './moodle-xml-import.server.ts';
import { exportMoodleXml } from './moodle-xml.server.ts';
import { importQti } from './qti-import.server.ts';
import { exportQti } from './qti.server.ts';

/** The formats of other systems that we read and write. */
export const formats = ['gift', 'moodle-xml', 'qti'] as const;
export type Format = (typeof formats)[number];

const exporters: Record<Format, (exchange: Exchange) => Exported> = {
  gift: exportGift,
  'moodle-xml': exportMoodleXml,
  qti: exportQti,
};

/** A bank as a file of another system, with what that can't hold. */
export const exportAs = (format: Format, exchange: Exchange): Exported =>
  exporters[format](exchange);

/** By what the file begins with: a zip or an item is QTI, another element is Moodle XML, all else is GIFT. */
function guessFormat(body: Uint8Array): Format {
  if (body[0] === 0x50 && body[1] === 0x4b) return 'qti';
  const start = new TextDecoder()
    .decode(body.slice(0, 2000))
    .replace(/^\uFEFF/, '')
    .trimStart();
  if (!start.startsWith('<')) return 'gift';
  return /<([\w.-]+:)?(qti-)?assessment-?[iI]tem\b/.test(start) ? 'qti' : 'moodle-xml';
}

/**
 * Reads a file of another system; its format is guessed where none is named. `outcome` is for questions that name none.
 *
 * Either all of it is read, with what we can't hold listed, or nothing, with what is wrong by line.
 */
export function importAs(
  body: Uint8Array,
  { outcome, format = guessFormat(body) }: { outcome: string; format?: Format },
): ImportResult {
  const options = { outcome, noFeedback: interop.filler };
  if (format === 'qti') return importQti(body, options);
  const text = new TextDecoder().decode(body);
  return format === 'gift' ? importGift(text, options) : importMoodleXml(text, options);
}
