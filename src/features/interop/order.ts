/** Ours are marked by neighbours, and ask for all items. */
export function tellOrder(
  { shown, grading }: { shown: string; grading: string },
  lose: (what: string) => void,
): void {
  if (!/^(ALL|0|)$/.test(shown)) lose('It shows some of its items there; here it shows all.');
  if (grading !== 'RELATIVE_NEXT_EXCLUDE_LAST') {
    lose('It is marked in another way there; here by the share of neighbours in order.');
  }
}
