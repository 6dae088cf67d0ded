import { isSignedIn, myRecord } from '#features/learning-log/my-record.client.ts';
import { post } from '#features/learning-log/outbox.client.ts';

/** Makes a lesson page its reader's own: ticks, the button that marks it done, private notes. */
const page = document.querySelector<HTMLElement>('[data-lesson]')!;
const lesson = page.dataset.lesson!;
const questions = JSON.parse(page.dataset.questions ?? '[]') as string[];
const [course = ''] = lesson.split('/');
const answered = new Set<string>();
let done = false;

function tick(id: string) {
  const link = document.querySelector(`[data-tick="${CSS.escape(id)}"]`);
  link?.setAttribute('data-done', '');
}

const form = document.querySelector<HTMLFormElement>('[data-mark-done]');
const status = form?.querySelector('[role=status]');

function showDone(words: string) {
  done = true;
  tick(lesson);
  if (!form || !status) return;
  form.querySelector('button')!.hidden = true;
  status.textContent = words;
  if (!isSignedIn()) form.querySelector<HTMLElement>('[data-sign-up]')!.hidden = false;
}

async function markDone(by: 'learner' | 'questions') {
  if (done) return;
  const { kept = '', keptVisitor = '', received = '' } = form?.dataset ?? {};
  const held = isSignedIn() ? kept : keptVisitor;
  done = true;
  showDone(held);
  const receipt = await post({ verb: 'completed', object: lesson, result: { by } });
  showDone(receipt === 'received' ? received : held);
}

form?.addEventListener('submit', (event) => {
  event.preventDefault();
  void markDone('learner');
});

addEventListener('campus:answered', (event) => {
  answered.add((event as CustomEvent<string>).detail);
  if (questions.length > 0 && questions.every((id) => answered.has(id))) void markDone('questions');
});

for (const note of document.querySelectorAll<HTMLFormElement>('[data-reflect]')) {
  const field = note.querySelector('textarea')!;
  const state = note.querySelector('[role=status]')!;
  note.querySelector('button')!.disabled = false;
  note.addEventListener('submit', (event) => {
    event.preventDefault();
    const { reflect = '', kept = '', received = '', refused = '' } = note.dataset;
    void post({ verb: 'commented', object: reflect, result: { response: field.value } }).then(
      (receipt) => (state.textContent = { kept, received, refused }[receipt]),
    );
  });
}

// Where this person is, for "continue" on any device: once a day is enough.
async function noteVisit() {
  const key = `campus.visit.${lesson}`;
  const today = new Date().toISOString().slice(0, 10);
  try {
    if (localStorage.getItem(key) === today) return;
    localStorage.setItem(key, today);
  } catch {
    return;
  }
  await post({ verb: 'experienced', object: lesson });
}

const record = await myRecord(course, lesson);
for (const id of record.done) tick(id);
for (const id of Object.keys(record.answers)) answered.add(id);
if (record.done.includes(lesson)) showDone(form?.dataset.done ?? '');
form?.querySelector('button')?.removeAttribute('disabled');
for (const note of document.querySelectorAll<HTMLFormElement>('[data-reflect]')) {
  const field = note.querySelector('textarea')!;
  const known = record.notes[note.dataset.reflect ?? ''];
  // Never over what is being typed.
  if (known && field.value === '') field.value = known;
}
await noteVisit();
