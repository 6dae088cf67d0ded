import { nearestName } from '#platform/nearest-name.ts';

/** What to write instead of a name that nothing in a scenario has. */
export function remedyFor(name: string, names: ReadonlySet<string>): string {
  if (/^[−–]/.test(name)) return 'Write the minus of the keyboard: -.';
  const grouped = [...names].filter((one) => one.startsWith(`${name}.`));
  if (grouped.length > 0) return `"${name}" has groups: write ${grouped.join(' or ')}.`;
  const nothing = `Nothing is called "${name}".`;
  const called = ['did', 'happened'].map((what) => `${what}.${name}`).find((one) => names.has(one));
  const near = called ?? nearestName(name, [...names]);
  if (near) return `${nothing} Did you mean "${near}"?`;
  const [kind = '', rest] = name.split('.');
  const kin = rest === undefined ? [] : [...names].filter((one) => one.startsWith(`${kind}.`));
  return kin.length > 0
    ? `${nothing} There are: ${kin.join(', ')}.`
    : `${nothing} Variables are called by their name, decisions did.<name>, events happened.<name>.`;
}
