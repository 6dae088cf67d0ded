import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import type { z } from 'zod';
import { nearestName } from '#platform/nearest-name.ts';
import { type Fault, type Sheet, readYaml } from '#platform/yaml.server.ts';
import { checkFigure } from './figure.ts';

/** The write door takes no other: see `learning-log/event.ts`. */
const lastingId = /^[a-z0-9-]+(\/[a-z0-9-]+)*$/;

/** What an author may have meant by a name that nothing has; begins with a space, or is empty. */
export function hint(name: string, known: readonly string[]): string {
  const near = nearestName(name, known);
  if (near) return ` Did you mean "${near}"?`;
  return known.length === 0 || known.length > 12 ? '' : ` There are: ${known.join(', ')}.`;
}

/** A folder of courses while it is read: its files, the ids that are taken, and what its author has to put right. */
export class CourseFolder {
  readonly faults: Fault[] = [];
  readonly #root: string;
  /** Which file has which id. */
  readonly #taken = new Map<string, string>();
  readonly #figures = new Set<string>();

  constructor(root: string) {
    this.#root = root;
  }

  /** Files are named from the root of the folder, here as everywhere. */
  has(file: string): boolean {
    return existsSync(path.join(this.#root, file));
  }

  text(file: string): string {
    return readFileSync(path.join(this.#root, file), 'utf8');
  }

  /** What a folder holds, sorted; nothing where there is none. */
  list(folder: string): string[] {
    return this.has(folder) ? readdirSync(path.join(this.#root, folder)).sort() : [];
  }

  /** The names of those files in a folder that end so, without their ending. */
  named(folder: string, ending: string): string[] {
    return this.list(folder).flatMap((name) =>
      name.endsWith(ending) ? name.slice(0, -ending.length) : [],
    );
  }

  fault(file: string, line: number, message: string) {
    this.faults.push({ file, line, message });
  }

  /** A file of YAML; undefined, with its faults told, where it is missing or wrong. */
  sheet<S extends z.ZodType>(file: string, schema: S): Sheet<z.infer<S>> | undefined {
    if (!this.has(file)) {
      this.fault(file, 1, 'This file is missing.');
      return undefined;
    }
    const read = readYaml(schema, this.text(file), { file });
    this.faults.push(...read.faults);
    return read.sheet;
  }

  /** Takes an id: they are lasting, and unique over all kinds of content. */
  claim(id: string, file: string, line = 1) {
    const other = this.#taken.get(id);
    if (other) this.fault(file, line, `The id "${id}" is taken by ${other}.`);
    if (!lastingId.test(id))
      this.fault(file, line, `"${id}" can't be an id: use lower-case words joined by hyphens.`);
    this.#taken.set(id, file);
  }

  isTaken(id: string): boolean {
    return this.#taken.has(id);
  }

  /** The SVG of a module's figure; undefined, and told where it was named, if there is none. Each is checked once. */
  figure(module: string, name: string, named: { file: string; line: number }): string | undefined {
    const file = `${module}/figures/${name}.svg`;
    if (!this.has(file)) {
      const known = this.named(`${module}/figures`, '.svg');
      this.fault(named.file, named.line, `There is no figure ${file}.${hint(name, known)}`);
      return undefined;
    }
    const svg = this.text(file);
    if (!this.#figures.has(file))
      this.faults.push(...checkFigure(svg).map((each) => ({ file, ...each })));
    this.#figures.add(file);
    return svg;
  }
}
