/** A share as whole percent, rounded down: nobody reads 75 % who had a little less. */
export function percent(share: number, language: string): string {
  // A thousandth of a percent is for shares such as 0.57, which is a little less in binary.
  const whole = Math.floor(share * 100 + 0.001) / 100;
  return new Intl.NumberFormat(language, { style: 'percent' }).format(whole);
}

/** A time as day and time of day, in the campus's own zone: UTC unless the server's is set. */
export function when(time: string, language: string): string {
  return new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' }).format(
    new Date(time),
  );
}

/** A time or ISO date as a day. */
export function day(time: string, language: string): string {
  const zone = time.length === 10 ? { timeZone: 'UTC' } : {};
  return new Intl.DateTimeFormat(language, { dateStyle: 'medium', ...zone }).format(new Date(time));
}
