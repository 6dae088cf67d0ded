import { myRecord } from '#features/learning-log/my-record.client.ts';

/** Ticks what its reader has done on a course's overview. */
const { course } = document.querySelector<HTMLElement>('[data-course]')!.dataset;
const { done } = await myRecord(course!);
for (const id of done) {
  document.querySelector(`[data-tick="${CSS.escape(id)}"]`)?.setAttribute('data-done', '');
}
