import { existsSync, readFileSync } from 'node:fs';
import type { Command } from 'commander';
import type { z } from 'zod';
import { playAtRandom, tryStrategy } from '#features/simulation/balance.ts';
import { worldOf } from '#features/simulation/engine.ts';
import { Scenario } from '#features/simulation/scenario.ts';
import { strategiesFor } from '#features/simulation/strategy.ts';
import { type Tried, verdictsOn } from '#features/simulation/verdict.ts';
import { readYaml } from '#platform/yaml.server.ts';

const ending = '.scenario.yaml';
const percent = (count: number, of: number) => `${((100 * count) / of).toFixed(1)} %`.padStart(8);
const column = (value: number) => (Number.isNaN(value) ? '–' : value.toFixed(1)).padStart(8);
const columns = (values: Iterable<number>) => [...values].map(column).join('');
const head = (names: Iterable<string>) =>
  [...names].map((name) => ` ${name.slice(0, 7)}`.padStart(8)).join('');

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
      const began = performance.now();
      const balance = playAtRandom(world, runs);
      const seconds = (performance.now() - began) / 1000;
      const tried: Tried[] = Object.entries(strategies).map(([name, strategy]) => ({
        name,
        strategy,
        result: tryStrategy(world, strategy, 100),
      }));

      console.log(
        `${scenario.title}: ${runs} random runs, ${Math.round(runs / seconds)} a second.`,
      );
      const verdicts = verdictsOn(scenario, balance, tried);
      const kept = verdicts.filter(({ off }) => off.length === 0).length;
      console.log(`\nBalance: ${kept} of ${verdicts.length} rules are kept`);
      for (const { rule, off } of verdicts) {
        console.log(`  ${off.length === 0 ? 'kept' : 'OFF '}  ${rule}.`);
        for (const line of off) console.log(`        - ${line}`);
      }

      console.log('\nHow the random runs ended');
      for (const [id, count] of balance.endings) {
        console.log(`${percent(count, runs)}  ${id}: ${scenario.endings[id]!.title}`);
      }
      console.log('\nThe axes, in points of 100: so many of 100 random runs stayed below');
      console.log(head(['5', '25', '50', '75', '95']));
      for (const [id, values] of balance.axes) {
        console.log(`${columns(values)}  ${id}: ${scenario.axes[id]!.label}`);
      }
      console.log(
        '\nThe decisions: in how many random runs each was taken, and by how many points these runs came out better\n' +
          'or worse (-) on each axis than the others; "–" where all or none took it',
      );
      console.log(head(['taken', ...balance.axes.keys()]));
      for (const [id, { runs: taken, lead }] of balance.decisions) {
        console.log(
          `${percent(taken, runs)}${columns(lead.values())}  ${id}: ${scenario.decisions[id]!.title}`,
        );
      }
      console.log('\nThe events: in how many random runs each happened');
      for (const [id, count] of balance.events) {
        console.log(`${percent(count, runs)}  ${id}: ${scenario.events[id]!.title}`);
      }
      if (tried.length === 0) {
        console.log(`\nNo strategies: there is no ${beside}.`);
        return undefined;
      }
      console.log(
        '\nThe strategies, 100 runs each: how many random runs they beat by the mean of all axes; the axes; how they ended',
      );
      console.log(head(['beats', ...balance.axes.keys()]));
      for (const { name, result } of tried) {
        const beaten = balance.overall.filter((one) => one < result.overall).length;
        const ends = [...result.endings].map(([id, count]) => `${id} ${count}`).join(', ');
        console.log(`${percent(beaten, runs)}${columns(result.axes.values())}  ${name} (${ends})`);
      }
      return undefined;
    });
}
