declare namespace App {
  interface Locals {
    /** The running campus: database, write door, sessions, mail. Absent while pages are prerendered. */
    app: import('./app.server.ts').Campus;
    /** All that is taught, in the page's language. */
    courses: import('./app.server.ts').CampusCourses;
    /** The person signed in, or undefined for a visitor. */
    learner: import('./features/accounts/session.server.ts').SignedIn | undefined;
    /** The visitor's network address, for rate limits and nothing else. */
    address: string;
    /** The lesson being rendered, for tags inside MDX. */
    lesson: import('./features/catalog/course.ts').Lesson;
  }
}
