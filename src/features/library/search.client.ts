import { say } from '#i18n/say.ts';
import { type Found, openIndex } from './search.ts';

/** The search of the library: asks for its index when somebody begins to type, and works alone from then on. */
const form = document.querySelector<HTMLFormElement>('[data-search]')!;
const field = form.querySelector('input')!;
const status = form.querySelector('[role=status]')!;
const list = form.querySelector('ol')!;
const words = JSON.parse(form.dataset.words!) as {
  searching: string;
  failed: string;
  none: string;
  found: { one: string; other: string };
  kinds: Record<Found['kind'], string>;
  language: string;
};

let index: Promise<ReturnType<typeof openIndex>> | undefined;
async function getIndex() {
  index ??= fetch('/library/search.json').then(async (answer) => {
    if (!answer.ok) throw new Error(`The index came with status ${answer.status}.`);
    return openIndex(await answer.text());
  });
  try {
    return await index;
  } catch (error) {
    // The next word typed tries again.
    index = undefined;
    throw error;
  }
}

function show(found: Found[]) {
  status.textContent =
    found.length > 0 ? say(words.found, { n: found.length }, words.language) : words.none;
  list.replaceChildren(
    ...found.map(({ url, kind, title, summary }) => {
      const link = document.createElement('a');
      link.href = url;
      link.textContent = title;
      const label = document.createElement('small');
      label.textContent = words.kinds[kind];
      const text = document.createElement('p');
      text.textContent = summary;
      const item = document.createElement('li');
      item.append(label, link, text);
      return item;
    }),
  );
}

async function search() {
  const query = field.value.trim();
  history.replaceState(null, '', query ? `?q=${encodeURIComponent(query)}` : location.pathname);
  if (!query) {
    status.textContent = '';
    return list.replaceChildren();
  }
  if (!index) status.textContent = words.searching;
  try {
    const find = await getIndex();
    // Typed on meanwhile: the later search answers.
    if (field.value.trim() === query) show(find(query));
  } catch {
    status.textContent = words.failed;
  }
}

form.addEventListener('submit', (event) => {
  event.preventDefault();
  void search();
});
field.addEventListener('input', () => void search());
field.addEventListener('focus', () => void getIndex().catch(() => undefined), { once: true });
const asked = new URLSearchParams(location.search).get('q');
if (asked) {
  field.value = asked;
  void search();
}
