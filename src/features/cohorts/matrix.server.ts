import type { Reader } from '#platform/db/schema.ts';
import { type Scope, readMembers, readSums } from './cohort.store.ts';
import type { MembersQuery } from './forms.ts';

/** What a member has done with one lesson or bank. */
export type Cell =
  | { state: 'none' }
  | { state: 'begun' }
  | { state: 'done' }
  | { state: 'tried'; best: number; passed: boolean; attempts: number };

interface MatrixRow {
  id: string;
  name: string;
  /** When they last sent something; null when never. */
  seen: string | null;
  /** Lessons done. */
  done: number;
  lessons: Cell[];
  banks: Cell[];
}

/** How many members a page of the table holds. */
export const pageSize = 50;

/** A page of the cohort's table: members by lessons and banks. */
export async function readMatrix(db: Reader, scope: Scope, query: MembersQuery, limit = pageSize) {
  const { count, page, members } = await readMembers(db, scope, query, { limit });
  const ids = members.map(({ id }) => id);
  const sums = await readSums(db, ids, [...scope.lessons, ...scope.banks]);
  const byKey = new Map(sums.map((sum) => [`${sum.actor_id} ${sum.object}`, sum]));

  const rows: MatrixRow[] = members.map(({ id, name, seen, done }) => ({
    id,
    name,
    seen,
    done,
    lessons: scope.lessons.map((lesson): Cell => {
      const sum = byKey.get(`${id} ${lesson}`);
      if (!sum) return { state: 'none' };
      return { state: sum.completed_at ? 'done' : 'begun' };
    }),
    banks: scope.banks.map((bank): Cell => {
      const sum = byKey.get(`${id} ${bank}`);
      if (!sum) return { state: 'none' };
      if (sum.best_score === null) return { state: 'begun' };
      const { best_score: best, attempts } = sum;
      return { state: 'tried', best, passed: sum.passed_at !== null, attempts };
    }),
  }));
  return { count, page, pages: Math.max(1, Math.ceil(count / limit)), rows };
}
