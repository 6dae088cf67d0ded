import { say } from '#i18n/say.ts';

/** Hides the entries of a list that do not fit what is chosen above it. The choice stands in the address. */
const form = document.querySelector<HTMLFormElement>('[data-filter]')!;
const entries = [...document.querySelectorAll<HTMLElement>('[data-entry]')];
const status = form.querySelector('[role=status]')!;
const { shown, none } = form.dataset as { shown: string; none: string };

function filter() {
  const chosen = [...new FormData(form)].flatMap(([name, value]) =>
    typeof value === 'string' && value.trim() ? [[name, value.trim()] as const] : [],
  );
  let count = 0;
  for (const entry of entries) {
    entry.hidden = !chosen.every(([name, value]) =>
      name === 'q'
        ? entry.textContent.toLowerCase().includes(value.toLowerCase())
        : (JSON.parse(entry.dataset.entry!) as Record<string, string[]>)[name]?.includes(value),
    );
    if (!entry.hidden) count++;
  }
  status.textContent =
    chosen.length === 0 ? '' : count === 0 ? none : say(shown, { n: count, all: entries.length });
  const query = new URLSearchParams(chosen.map(([name, value]) => [name, value])).toString();
  history.replaceState(null, '', `${query ? `?${query}` : location.pathname}${location.hash}`);
}

for (const [name, value] of new URLSearchParams(location.search)) {
  const field = form.elements.namedItem(name);
  if (field instanceof HTMLInputElement || field instanceof HTMLSelectElement) field.value = value;
}
form.hidden = false;
form.addEventListener('input', filter);
form.addEventListener('submit', (event) => event.preventDefault());
filter();
