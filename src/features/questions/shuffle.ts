import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import type { Shuffle } from './kind.ts';

/** Orders lists at random, but always alike for one seed and the same sequence of calls. */
export function shuffler(seed: number): Shuffle {
  const random = xoroshiro128plus(seed);
  // Fisher and Yates: every order is equally likely.
  return (list) => {
    const out = [...list];
    for (let at = out.length - 1; at > 0; at--) {
      const other = uniformInt(random, 0, at);
      [out[at], out[other]] = [out[other]!, out[at]!];
    }
    return out;
  };
}

/** A seed made of a text, for what must stay the same from build to build (FNV-1a). */
export function seedOf(text: string): number {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, 0x01000193);
  return hash | 0;
}
