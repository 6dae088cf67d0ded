import type { Campus } from './app.server.ts';

/** Fills an empty campus with a demonstration cohort; returns what to tell the person at the terminal. */
export async function startDemo(_campus: Campus): Promise<string[]> {
  return [];
}
