import { type State, type World, formulaOf } from './engine.ts';
import { slotsOf } from './names.ts';
import type { Scenario } from './scenario.ts';

/** One value that players see: a variable, or a variable of one group. */
export interface Instrument {
  name: string;
  label: string;
  /** Of a variable with groups. */
  group?: string;
  unit: string;
  good: 'more' | 'less' | 'neither';
  min: number;
  max: number;
}

/** What players see, in the author's order; of variables with groups those of `group` alone, if one is given. */
export function instrumentsOf(
  { variables, groups }: Scenario,
  group?: string,
): { label: string; instruments: Instrument[] }[] {
  return Object.entries(variables)
    .filter(([, { shown }]) => shown)
    .map(([id, variable]) => {
      const { label, unit, good, min, max } = variable;
      const instruments = slotsOf(id, variable, groups).map((name): Instrument => {
        const own = name.split('.')[1];
        return {
          name,
          label,
          unit,
          good,
          min,
          max,
          ...(variable.grouped && own ? { group: own } : {}),
        };
      });
      return {
        label,
        instruments: instruments.filter((one) => !group || !one.group || one.group === group),
      };
    });
}

/** The value of a name in a state. */
export const valueIn = ({ slots }: World, { values }: State, name: string): number =>
  values[slots.get(name)!]!;

/** Whether a condition holds in a state; one that isn't there does. */
export const holdsIn = (world: World, { values }: State, when?: number | string): boolean =>
  when === undefined || formulaOf(world, when)(values) > 0;

/** A text in paragraphs. */
export const paragraphs = (text: string): string[] => text.split(/\n\s*\n|\n/).filter(Boolean);

interface Said {
  when?: number | string | undefined;
  text: string;
}

/** What somebody says now: the first that holds. */
export const saying = (world: World, state: State, says: readonly Said[]): string | undefined =>
  says.find(({ when }) => holdsIn(world, state, when))?.text;

/**
 * Questions for whoever played: three at most on what came about in this run, and then those that always fit, which ask
 * about the player's own place.
 */
export const questionsAbout = <S extends Said>(
  world: World,
  end: State,
  discussion: readonly S[],
): S[] => [
  ...discussion.filter(({ when }) => when !== undefined && holdsIn(world, end, when)).slice(0, 3),
  ...discussion.filter(({ when }) => when === undefined),
];

/** A step from one value to the next. */
export interface Change {
  instrument: Instrument;
  from: number;
  to: number;
}

/** What changed between two states, as far as players see it; the largest for its range first. */
export function changesBetween(
  world: World,
  scenario: Scenario,
  [before, after]: readonly [State, State],
  group?: string,
): Change[] {
  const share = ({ instrument: { min, max }, from, to }: Change) =>
    Math.abs(to - from) / (max - min);
  return instrumentsOf(scenario, group)
    .flatMap(({ instruments }) => instruments)
    .map((instrument) => ({
      instrument,
      from: valueIn(world, before, instrument.name),
      to: valueIn(world, after, instrument.name),
    }))
    .filter(({ from, to }) => rounded(from) !== rounded(to))
    .sort((one, other) => share(other) - share(one));
}

/** As players read values: whole from 100, with one decimal below. */
export const rounded = (value: number): number =>
  Math.abs(value) >= 100 ? Math.round(value) : Math.round(value * 10) / 10;

/** Whether a change is for the better. */
export const turnOf = (good: Instrument['good'], by: number): 'better' | 'worse' | 'other' =>
  by === 0 || good === 'neither' ? 'other' : by > 0 === (good === 'more') ? 'better' : 'worse';
