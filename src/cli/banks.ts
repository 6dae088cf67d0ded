import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type Command, Option } from 'commander';
import type { CampusCourses } from '../app.server.ts';
import { type Format, exportAs, formats, importAs } from '#features/interop/formats.server.ts';
import type { Exchange, Loss } from '#features/interop/interop.ts';
import { bankYaml } from '#features/interop/write-bank.ts';

function fail(message: string) {
  console.error(message);
  process.exitCode = 1;
}

function tell(losses: readonly Loss[], file?: string) {
  for (const { question, line, what } of losses) {
    const place = file ? `${file}${line ? `:${line}` : ''}  ` : '';
    console.error(`${place}${question}: ${what}`);
  }
}

function findBank({ practice, graded }: CampusCourses, id: string): Exchange | undefined {
  if (Object.hasOwn(practice, id)) {
    const { questions, figures } = practice[id]!;
    return { title: id.split('/').at(-1)!, questions, figures };
  }
  return Object.hasOwn(graded, id) ? graded[id]!.bank : undefined;
}

interface ExportOptions {
  format: Format;
  out?: string;
}

async function exportBank(courses: CampusCourses, id: string, { format, out }: ExportOptions) {
  const exchange = findBank(courses, id);
  if (!exchange) {
    const ids = [...Object.keys(courses.practice), ...Object.keys(courses.graded)];
    return fail(`There is no bank "${id}". There are: ${ids.join(', ')}.`);
  }
  const { losses, file } = exportAs(format, exchange);
  const target = out ?? file.name;
  await writeFile(target, file.body);
  tell(losses);
  const left = losses.filter(({ what }) => what.startsWith('Left out')).length;
  console.log(`Wrote ${exchange.questions.length - left} questions to ${target}.`);
}

interface BankOptions {
  format?: Format;
  outcome: string;
  out: string;
}

async function importBank(file: string, { format, outcome, out }: BankOptions) {
  const kind = /\.(practice|graded)\.yaml$/.exec(out)?.[1] as 'practice' | 'graded' | undefined;
  if (!kind) return fail(`"${out}" must end in .practice.yaml or .graded.yaml.`);
  if (!existsSync(file)) return fail(`There is no file ${file}.`);
  if (existsSync(out)) return fail(`${out} is there already; name a file that is not.`);
  const body = await readFile(file);
  const result = importAs(body, { outcome, ...(format ? { format } : {}) });
  if (!result.ok) {
    for (const { line, message } of result.faults) console.error(`${file}:${line}  ${message}`);
    return fail(`${result.faults.length} to put right. Nothing was imported.`);
  }
  const { exchange, losses } = result.imported;
  tell(losses, file);
  if (exchange.questions.length === 0) return fail('No question is left to import.');
  await writeFile(out, bankYaml(exchange, kind), { flag: 'wx' });
  await writeFigures(exchange.figures, path.join(path.dirname(out), 'figures'));
  console.log(`Wrote ${exchange.questions.length} questions to ${out}. Now run: courses check`);
}

/** Beside the bank, where `courses check` looks at them before anybody sees them. */
async function writeFigures(figures: Exchange['figures'], folder: string) {
  for (const [name, svg] of Object.entries(figures)) {
    const file = path.join(folder, `${name}.svg`);
    await mkdir(folder, { recursive: true });
    if (existsSync(file)) console.error(`${file} is there already and was left as it is.`);
    else await writeFile(file, svg, { flag: 'wx' });
  }
}

/** Adds `banks export` and `banks import`: question banks to and from the files of other systems. */
export function addBankCommands(campus: Command, readCourses: () => CampusCourses): void {
  const banks = campus.command('banks').description('Exchange questions with other systems.');
  const format = () => new Option('--format <format>', 'of the file').choices(formats);
  banks
    .command('export')
    .description('Write a bank as a file for another system, and say what it can not hold.')
    .argument('<bankId>', 'such as sensitizing/relevance/winners')
    .addOption(format().makeOptionMandatory())
    .option('--out <file>', 'to write; named after the bank if left out')
    .action(async (id: string, options: ExportOptions) => exportBank(readCourses(), id, options));
  banks
    .command('import')
    .description("Read another system's file into a bank, and say what we can not hold.")
    .argument('<file>')
    .addOption(format())
    .option('--outcome <id>', 'the outcome of questions that name none', 'to-be-named')
    .requiredOption('--out <file>', 'name.practice.yaml or name.graded.yaml')
    .action(importBank);
}
