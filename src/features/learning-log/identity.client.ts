/** Who works on this device right now, as last seen; a lesson page is a file and does not know its reader. */
export interface Identity {
  id: string;
  name: string;
  role: 'learner' | 'instructor' | 'administrator';
}

/** The outbox of someone who has not signed in; it is never sent, but taken along when they sign up. */
export const visitor = 'visitor';
const key = 'campus.learner';

/** The learner last seen on this device, or undefined for a visitor. */
export function lastSeen(): Identity | undefined {
  try {
    return (JSON.parse(localStorage.getItem(key) ?? 'null') as Identity | null) ?? undefined;
  } catch {
    // Storage is barred or broken: everyone is a visitor then.
    return undefined;
  }
}

/** Remembers who the server says is here; tells the page when it is somebody else than before. */
export function remember(identity: Identity | undefined): void {
  const before = lastSeen();
  try {
    if (identity) localStorage.setItem(key, JSON.stringify(identity));
    else localStorage.removeItem(key);
  } catch {
    return;
  }
  if (before?.id !== identity?.id) dispatchEvent(new Event('campus:learner'));
}

/** Whose outbox is used now. */
export const owner = (): string => lastSeen()?.id ?? visitor;
