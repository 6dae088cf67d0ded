/** What a practice bank takes off: the share of the marks for each further try and each hint. */
interface Price {
  penalty: number;
}

/** The share of a question's marks that a right answer is still worth, 1 at the first try without hints, down to 0. */
export function worth(
  { penalty }: Price,
  { tries = 1, hints = 0 }: { tries?: number | undefined; hints?: number | undefined },
): number {
  return Math.max(0, Math.round((1 - penalty * (tries - 1 + hints)) * 1e9) / 1e9);
}
