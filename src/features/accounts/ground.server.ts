import { wordsIn } from '#i18n/words.ts';
import type { Ground } from './account.server.ts';

/** What account use cases need, from a page's locals. */
export function groundOf({ app, courses, address }: App.Locals): Ground {
  return {
    read: app.read,
    write: app.write,
    mail: app.mail,
    origin: app.config.origin,
    address,
    now: new Date(),
    trouble: (error) => app.log.error({ err: error }, 'letter not sent'),
    letters: wordsIn(courses.language).accounts.letters,
  };
}
