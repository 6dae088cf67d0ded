import { readFileSync, readdirSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Command } from 'commander';
import { openCampus, readCampusCourses } from '../app.server.ts';
import { addBankCommands } from './banks.ts';
import { addSimulateCommand } from './simulate.ts';
import { lessonsOf } from '#features/catalog/course.ts';
import { fingerprintsOf } from '#features/editorial/fingerprint.ts';
import { findingsIn } from '#features/editorial/rules.ts';
import { readManuscript } from './manuscript.ts';
import { newLesson } from './new-lesson.ts';
import { reportOf } from './report.ts';
import { idsOf } from '#features/catalog/courses.server.ts';
import { rebuildProgress } from '#features/learning-log/progress.store.ts';
import { readConfig } from '#platform/config.server.ts';

const campus = new Command('campus').description('Look after the campus.');
const courses = campus.command('courses').description('Check and publish what is taught.');

/** The courses, or an end of the command with all that authors have to put right. */
function checkedCourses() {
  const read = readCampusCourses('courses');
  if (read.faults.length === 0) return read.courses;
  for (const { file, line, message } of read.faults) {
    console.error(`courses/${file}:${line}  ${message}`);
  }
  console.error(`${read.faults.length} to put right.`);
  return process.exit(1);
}

courses
  .command('check')
  .description('Read all courses and say what authors have to put right.')
  .option('--quiet', 'say nothing when all is well')
  .action(({ quiet }: { quiet?: boolean }) => {
    const all = checkedCourses();
    const { manuscript, faults } = readManuscript('courses', all);
    const findings = [
      ...faults.map((fault) => ({ level: 'error' as const, ...fault })),
      ...findingsIn(manuscript),
    ];
    const errors = findings.filter(({ level }) => level === 'error').length;
    for (const { level, file, line, message } of findings) {
      if (level === 'error') console.error(`courses/${file}:${line}  ${message}`);
      else if (!quiet) console.log(`courses/${file}:${line}  (advice) ${message}`);
    }
    if (errors > 0) {
      console.error(`${errors} to put right.`);
      process.exit(1);
    }
    if (quiet) return;
    const lessons = all.courses.flatMap(lessonsOf).length;
    console.log(`${all.courses.length} courses with ${lessons} lessons: nothing to put right.`);
  });

courses
  .command('report')
  .description('Say what each course holds: lessons, words, minutes, questions, figures, sources.')
  .action(() => {
    const all = checkedCourses();
    const { manuscript } = readManuscript('courses', all);
    console.log(all.courses.map((one) => reportOf(one, manuscript).join('\n')).join('\n\n'));
  });

courses
  .command('new')
  .description('Begin something new.')
  .command('lesson')
  .description('Write a lesson to begin with, its practice questions and its figure.')
  .argument('<module>', 'such as value-chains/mapping')
  .argument('<slug>', 'its lasting name in addresses, such as walk-the-road')
  .requiredOption('--title <text>', 'what readers see')
  .action((module: string, slug: string, { title }: { title: string }) => {
    try {
      for (const file of newLesson('courses', { module, slug, title })) {
        console.log(`courses/${file}`);
      }
      console.log(
        'Write it, look at it with "npm run dev", and ask "courses check" what is missing.',
      );
    } catch (error) {
      console.error(error instanceof Error ? error.message : error);
      process.exit(1);
    }
  });

courses
  .command('publish')
  .description('Write the checked courses, keys included, for the server to read.')
  .argument('<file>')
  .action(async (file: string) => writeFile(file, JSON.stringify(checkedCourses())));

courses
  .command('record-ids')
  .description('Record the ids of everything that is published, so that none can vanish.')
  .action(async () => {
    const ids = idsOf(checkedCourses());
    await writeFile(path.join('courses', 'published-ids.txt'), `${ids.join('\n')}\n`);
    console.log(`Recorded ${ids.length} ids.`);
  });

courses
  .command('fingerprint')
  .description(
    'Take the fingerprints of texts that our lessons may draw facts from, but no sentences.',
  )
  .argument('<folder>', 'a folder of texts')
  .action(async (folder: string) => {
    const files = readdirSync(folder).filter((name) => /\.(txt|md)$/.test(name));
    const prints = new Set(
      files.flatMap((name) => fingerprintsOf(readFileSync(path.join(folder, name), 'utf8'))),
    );
    const lines = [...prints].sort((one, other) => one - other).map((one) => one.toString(36));
    const rows = lines.map((one, at) => one + (at % 16 === 15 ? '\n' : ' ')).join('');
    await writeFile(path.join('courses', 'fingerprints.txt'), `${rows.trimEnd()}\n`);
    console.log(`${lines.length} fingerprints of ${files.length} texts.`);
  });

campus
  .command('rebuild-progress')
  .description('Sum up every learner again from the learning log.')
  .action(async () => {
    const app = await openCampus(readConfig(process.env), checkedCourses());
    const count = await rebuildProgress(app.write);
    await app.close();
    console.log(`Rebuilt ${count} sums.`);
  });

addBankCommands(campus, checkedCourses);
addSimulateCommand(campus);

await campus.parseAsync();
