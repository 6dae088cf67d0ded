/** What of a scenario has names. */
interface Named {
  groups: Record<string, string>;
  variables: Record<string, { grouped: boolean }>;
  decisions: Record<string, { allocate?: { parts: Record<string, string> } | undefined }>;
  events: Record<string, unknown>;
}

/** The names of a variable's values: itself, or one for each group. */
export const slotsOf = (
  id: string,
  { grouped }: { grouped: boolean },
  groups: Record<string, string>,
) => (grouped ? Object.keys(groups).map((group) => `${id}.${group}`) : [id]);

/** Every name that a formula of a scenario may read. */
export function namesOf({ groups, variables, decisions, events }: Named): string[] {
  return [
    'round',
    ...Object.entries(variables).flatMap(([id, one]) => slotsOf(id, one, groups)),
    ...Object.keys(decisions).map((id) => `did.${id}`),
    ...Object.keys(events).map((id) => `happened.${id}`),
    ...Object.entries(decisions).flatMap(([id, { allocate }]) =>
      Object.keys(allocate?.parts ?? {}).map((part) => `share.${id}.${part}`),
    ),
  ];
}
