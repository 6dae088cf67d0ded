/** What stands on every page, and on the first one. */
export const site = {
  name: 'LED Campus',
  skip: 'Skip to the content',
  nav: {
    label: 'Main',
    home: 'My learning',
    courses: 'Courses',
    teach: 'Teaching',
    people: 'People',
    account: 'Account',
    signIn: 'Sign in',
    signUp: 'Sign up',
    join: 'Join with a code',
  },
};
