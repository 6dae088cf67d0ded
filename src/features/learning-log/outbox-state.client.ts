import { say } from '#i18n/say.ts';
import { flush, waiting } from './outbox.client.ts';

/** Says on a page what of a learner's work still waits on this device, once it has been tried to send it. */
const line = document.querySelector<HTMLElement>('[data-outbox]');

async function show() {
  if (!line) return;
  const n = (await waiting()).length;
  const { one = '', other = '', received = '' } = line.dataset;
  line.textContent = n > 0 ? say({ one, other }, { n }, document.documentElement.lang) : received;
}

addEventListener('campus:sent', () => void show());
await flush();
await show();
