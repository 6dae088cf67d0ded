import { existsSync, readFileSync } from 'node:fs';
import type { Command } from 'commander';
import type { z } from 'zod';
import { type Balance, playAtRandom, tryStrategy } from '#features/simulation/balance.ts';
import { worldOf } from '#features/simulation/engine.ts';
import { Scenario } from '#features/simulation/scenario.ts';
import { strategiesFor } from '#features/simulation/strategy.ts';
import { type Tried, verdictsOn } from '#features/simulation/verdict.ts';
import { readYaml } from '#platform/yaml.server.ts';

const ending = '.scenario.yaml';
const percent = (count: number, of: number) => `${((100 * count) / of).toFixed(1)} %`;
const points = (value: number) => (Number.isNaN(value) ? '–' : value.toFixed(1));

/** Rows of figures under their heads, each column as wide as its widest. */
function table(heads: Iterable<string>, rows: { figures: string[]; about: string }[]): string {
  const all = [[...heads], ...rows.map(({ figures }) => figures)];
  const widths = all[0]!.map((_, at) => Math.max(6, ...all.map((row) => row[at]!.length)));
  return all
    .map((row, at) => {
      const cells = row.map((cell, column) => cell.padStart(widths[column]!));
      return `  ${cells.join('  ')}  ${at === 0 ? '' : rows[at - 1]!.about}`.trimEnd();
    })
    .join('\n');
}

interface Played {
  balance: Balance;
  seconds: number;
}

/** What a file holds, or an end of the command with all that its author has to put right. */
function readOrExit<S extends z.ZodType>(schema: S, file: string): z.infer<S> {
  const { sheet, faults } = readYaml(schema, readFileSync(file, 'utf8'), { file });
  for (const { line, message } of faults) console.error(`${file}:${line}  ${message}`);
  return sheet ? sheet.data : process.exit(1);
}

/** Adds `simulate`, with which authors see how a scenario plays. */
export function addSimulateCommand(campus: Command) {
  campus
    .command('simulate')
    .description('Play a scenario many times at random, and say how it comes out.')
    .argument('<file>', `a ${ending}`)
    .option(
      '--runs <count>',
      'how many runs',
      (text) => Math.max(1, Number.parseInt(text, 10) || 1),
      10_000,
    )
    .action((file: string, { runs }: { runs: number }) => {
      if (!file.endsWith(ending) || !existsSync(file)) {
        console.error(
          existsSync(file)
            ? `${file}: the name of a scenario ends in ${ending}.`
            : `There is no file ${file}.`,
        );
        return process.exit(1);
      }
      const scenario = readOrExit(Scenario, file);
      const beside = file.replace(ending, '.strategies.yaml');
      const strategies = existsSync(beside) ? readOrExit(strategiesFor(scenario), beside) : {};
      const world = worldOf(scenario);
      // The first time, much of it goes into compiling; what it can do shows the second time.
      const [cold, warm] = [1, 2].map(() => {
        const began = performance.now();
        const balance = playAtRandom(world, runs);
        return { balance, seconds: (performance.now() - began) / 1000 };
      }) as [Played, Played];
      const { balance } = cold;
      const tried: Tried[] = Object.entries(strategies).map(([name, strategy]) => ({
        name,
        strategy,
        result: tryStrategy(world, strategy, 100),
      }));

      const speed = ({ seconds }: Played) => Math.round(runs / seconds);
      console.log(
        `${scenario.title}: ${runs} random runs, ${speed(cold)} a second, and ${speed(warm)} when played once more.`,
      );
      const verdicts = verdictsOn(balance, tried);
      const kept = verdicts.filter(({ off }) => off.length === 0).length;
      console.log(`\nBalance: ${kept} of ${verdicts.length} rules are kept`);
      for (const { rule, measured, off } of verdicts) {
        console.log(`  ${off.length === 0 ? 'kept' : 'OFF '}  ${rule}: ${measured}.`);
        for (const line of off) console.log(`        - ${line}`);
      }

      console.log('\nHow the random runs ended');
      for (const [id, count] of balance.endings) {
        console.log(`${percent(count, runs).padStart(8)}  ${id}: ${scenario.endings[id]!.title}`);
      }
      console.log('\nThe axes, in points of 100: so many of 100 random runs stayed below');
      console.log(
        table(
          ['5', '25', '50', '75', '95'],
          [...balance.axes].map(([id, values]) => ({
            figures: values.map(points),
            about: `${id}: ${scenario.axes[id]!.label}`,
          })),
        ),
      );
      console.log(
        '\nThe decisions: in how many random runs each was taken, and by how many points these runs came out better\n' +
          'or worse (-) on each axis than the others; "–" where all or none took it',
      );
      console.log(
        table(
          ['taken', ...balance.axes.keys()],
          [...balance.decisions].map(([id, { runs: taken, lead }]) => ({
            figures: [percent(taken, runs), ...[...lead.values()].map(points)],
            about: `${id}: ${scenario.decisions[id]!.title}`,
          })),
        ),
      );
      console.log('\nThe events: in how many random runs each happened');
      for (const [id, count] of balance.events) {
        console.log(`${percent(count, runs).padStart(8)}  ${id}: ${scenario.events[id]!.title}`);
      }
      if (tried.length === 0) {
        console.log(`\nNo strategies: there is no ${beside}.`);
        return undefined;
      }
      console.log(
        '\nThe strategies, 100 runs each: how many random runs they beat by the mean of all axes; the axes; how they ended',
      );
      console.log(
        table(
          ['beats', ...balance.axes.keys()],
          tried.map(({ name, result }) => {
            const beaten = balance.overall.filter((one) => one < result.overall).length;
            const ends = [...result.endings].map(([id, count]) => `${id} ${count}`).join(', ');
            return {
              figures: [percent(beaten, runs), ...[...result.axes.values()].map(points)],
              about: `${name} (${ends})`,
            };
          }),
        ),
      );
      return undefined;
    });
}
