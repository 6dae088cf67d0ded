import { lastSeen, remember, visitor } from './identity.client.ts';
import { claimVisitorWork, flush, waiting } from './outbox.client.ts';

/** Runs on every page: knows who is here, shows the navigation that fits, and sends what waits. */
const page = document.documentElement.dataset;

// A page made on the server says who is signed in; the empty text is a visitor.
if (page.learner === '') remember(undefined);
else if (page.learner && lastSeen()?.id !== page.learner) {
  remember({ id: page.learner, name: '', role: 'learner' });
}

function showNavigation() {
  if (page.learner !== undefined) return;
  const learner = lastSeen();
  const fits: Record<string, boolean> = {
    learner: learner !== undefined,
    instructor: learner !== undefined && learner.role !== 'learner',
    visitor: learner === undefined,
  };
  for (const link of document.querySelectorAll<HTMLElement>('[data-for]')) {
    link.hidden = !fits[link.dataset.for ?? ''];
  }
}

async function takeAlong() {
  const learner = lastSeen();
  if (!learner) return;
  const offer = document.querySelector<HTMLElement>('[data-visitor-work]');
  // Just signed up on this device: what was done before is theirs.
  if (new URLSearchParams(location.search).has('welcome')) {
    await claimVisitorWork(learner.id);
  } else if (offer) {
    // Signed in to an older account, perhaps on a shared device: ask.
    const events = await waiting(visitor);
    offer.hidden = events.length === 0;
    offer.querySelector('button')?.addEventListener('click', () => {
      void claimVisitorWork(learner.id)
        .then(() => flush())
        .then(() => location.reload());
    });
  }
}

showNavigation();
addEventListener('campus:learner', showNavigation);
addEventListener('online', () => void flush());
void takeAlong().then(() => flush());
