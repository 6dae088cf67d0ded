import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { readYaml } from '#features/catalog/yaml.server.ts';
import { playAtRandom, tryStrategy } from '#features/simulation/balance.ts';
import { worldOf } from '#features/simulation/engine.ts';
import { Scenario } from '#features/simulation/scenario.ts';
import { strategiesFor } from '#features/simulation/strategy.ts';

const percent = (count: number, of: number) => `${((100 * count) / of).toFixed(1)} %`.padStart(8);
const column = (value: number) => (Number.isNaN(value) ? '–' : value.toFixed(1)).padStart(8);

/** Adds `simulate`, with which authors see how a scenario plays. */
export function addSimulateCommand(campus: Command) {
  campus
    .command('simulate')
    .description('Play a scenario many times at random, and say how it comes out.')
    .argument('<file>', 'a .scenario.yaml')
    .option(
      '--runs <count>',
      'how many runs',
      (text) => Math.max(1, Number.parseInt(text, 10) || 1),
      10_000,
    )
    .action(async (file: string, { runs }: { runs: number }) => {
      const { sheet, faults } = readYaml(Scenario, await readFile(file, 'utf8'), { file });
      for (const { line, message } of faults) console.error(`${file}:${line}  ${message}`);
      if (!sheet) return process.exit(1);
      const beside = file.replace(/\.scenario\.yaml$/, '.strategies.yaml');
      const strategies = existsSync(beside)
        ? readYaml(strategiesFor(sheet.data), await readFile(beside, 'utf8'), { file: beside })
        : undefined;
      for (const { line, message } of strategies?.faults ?? [])
        console.error(`${beside}:${line}  ${message}`);
      if (strategies && !strategies.sheet) return process.exit(1);
      const world = worldOf(sheet.data);
      const began = performance.now();
      const balance = playAtRandom(world, runs);
      const seconds = (performance.now() - began) / 1000;
      console.log(
        `${sheet.data.title}: ${runs} random runs, ${Math.round(runs / seconds)} a second.`,
      );
      console.log('\nHow they ended');
      for (const [id, count] of balance.endings) console.log(`${percent(count, runs)}  ${id}`);
      console.log('\nAxes: 5, 25, 50, 75 and 95 in a hundred runs stayed below');
      for (const [id, values] of balance.axes) console.log(`${values.map(column).join('')}  ${id}`);
      console.log(
        `\nDecisions: taken in, and the lead of those runs on ${[...balance.axes.keys()].join(', ')}`,
      );
      for (const [id, { runs: taken, lead }] of balance.decisions) {
        console.log(`${percent(taken, runs)}${[...lead.values()].map(column).join('')}  ${id}`);
      }
      console.log('\nEvents: happened in');
      for (const [id, count] of balance.events) console.log(`${percent(count, runs)}  ${id}`);
      if (strategies?.sheet) {
        console.log(
          `\nStrategies, 100 runs each: beat so many random runs; ${[...balance.axes.keys()].join(', ')}; how they ended`,
        );
        for (const [id, strategy] of Object.entries(strategies.sheet.data)) {
          const { axes, overall, endings } = tryStrategy(world, strategy, 100);
          const beaten = balance.overall.filter((one) => one < overall).length;
          const ends = [...endings].map(([ending, count]) => `${ending} ${count}`).join(', ');
          const values = [...axes.values()].map(column).join('');
          console.log(`${percent(beaten, runs)}${values}  ${id}  (${ends})`);
        }
      }
      console.log(`\nRounds in which nothing could be decided: ${balance.idle}`);
      return undefined;
    });
}
