import leven from 'leven';

/** The name that was probably meant by a misspelt one; undefined where none of them is near. */
export function nearestName(written: string, names: readonly string[]): string | undefined {
  // Two letters that changed places count as two slips.
  const most = written.length < 4 ? 1 : Math.max(2, Math.floor(written.length / 3));
  let nearest: string | undefined;
  let fewest = most + 1;
  for (const name of names) {
    const slips = leven(written.toLowerCase(), name.toLowerCase());
    if (slips < fewest) [nearest, fewest] = [name, slips];
  }
  return nearest;
}
