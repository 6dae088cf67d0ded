import { readFileSync } from 'node:fs';
import { readYaml } from '#platform/yaml.server.ts';
import { Scenario } from '#features/simulation/scenario.ts';

const file = 'docs/market-day.scenario.yaml';

/** The scenario that authors learn from: three rounds of a market. */
export const marketDay: Scenario = readYaml(Scenario, readFileSync(file, 'utf8'), { file }).sheet!
  .data;
