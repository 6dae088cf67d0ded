/** Letters and digits that nobody mistakes for each other when a code is read out or copied from a board. */
export const alphabet = 'ACDEFGHJKLMNPQRTUVWXY34679';

/** A join code from eight random bytes. */
export function codeFrom(bytes: Uint8Array): string {
  return [...bytes.subarray(0, 8)].map((byte) => alphabet[byte % alphabet.length]).join('');
}

/** How a code is printed: in two groups of four. */
export const showCode = (code: string): string => `${code.slice(0, 4)}-${code.slice(4)}`;
