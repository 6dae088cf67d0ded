import { stringify } from 'csv-stringify/sync';

/**
 * A table as CSV that a spreadsheet opens well and never runs: a text that looks like a formula is marked as text.
 *
 * With a byte order mark, without which some spreadsheets break accents.
 */
export function toCsv(
  header: readonly string[],
  rows: readonly (readonly (string | number | null)[])[],
): string {
  return stringify([header, ...rows], { bom: true, escape_formulas: true });
}
