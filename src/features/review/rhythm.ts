/** How a learner has come back lately. */
export interface Rhythm {
  /** Of the last seven days, today included, those with an answer. */
  daysOfWeek: number;
  /** Whole days since the last one before today; undefined when there was none. */
  daysAway: number | undefined;
  today: boolean;
}

const dayOf = (time: Date) => time.toISOString().slice(0, 10);

/** The rhythm of some days of work (ISO 8601 times, any order). Days are of UTC. */
export function rhythmOf(times: readonly string[], now: Date): Rhythm {
  const days = new Set(times.map((time) => dayOf(new Date(time))));
  const daysBack = (n: number) => dayOf(new Date(now.getTime() - n * 86_400_000));
  const before = [...days].filter((day) => day < daysBack(0)).sort();
  const last = before.at(-1);
  return {
    daysOfWeek: [0, 1, 2, 3, 4, 5, 6].filter((n) => days.has(daysBack(n))).length,
    daysAway:
      last === undefined
        ? undefined
        : Math.round((Date.parse(daysBack(0)) - Date.parse(last)) / 86_400_000),
    today: days.has(daysBack(0)),
  };
}
