import { interop } from '#i18n/en/interop.ts';
import type { Loss } from './interop.ts';

/** The last name of a category's path; a slash in a name is written twice. */
function categoryName(path: string): string {
  const names = path.trim().split(/(?<!\/)\/(?!\/)/);
  return names.at(-1)!.replaceAll('//', '/').trim() || interop.untitled;
}

/**
 * The title of a bank from a file that may have several categories: the first one with a question. Of the others it is
 * told, once each, that they are in the same bank here.
 */
export function categories() {
  let title: string | undefined;
  let current: { name: string; line: number } | undefined;
  const told = new Set<string>();
  return {
    enter(path: string, line: number): void {
      current = { name: categoryName(path), line };
    },
    /** A question of the category that was entered last. */
    hold(): Loss[] {
      title ??= current?.name ?? interop.untitled;
      if (!current || current.name === title || told.has(current.name)) return [];
      told.add(current.name);
      const what = 'It is a category of its own there; its questions are in the same bank here.';
      return [{ question: current.name, line: current.line, what }];
    },
    /** Of the category that was entered last. */
    name: (): string => current?.name ?? interop.untitled,
    title: (): string => title ?? current?.name ?? interop.untitled,
  };
}
