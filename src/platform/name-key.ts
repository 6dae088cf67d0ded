/**
 * A name folded for looking up and sorting: case, accents of Latin letters and extra spaces make no difference.
 *
 * Marks of other scripts stay, since there they are letters.
 */
export function nameKey(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .normalize('NFC')
    .toLowerCase()
    .trim()
    .replace(/\s+/g, ' ');
}
