/** What stands on every page, and on the first one. */
export const site = {
  name: 'LED Campus',
  titled: '{title} · {name}',
  skip: 'Skip to the content',
  footer:
    'LED Campus is an independent learning platform. It teaches from public material of the International Labour Organization and others, and is neither run nor endorsed by them.',
  nav: {
    label: 'Main',
    home: 'My learning',
    courses: 'Courses',
    library: 'Library',
    teach: 'Teaching',
    people: 'People',
    account: 'Account',
    signIn: 'Sign in',
  },
  landing: {
    title: 'Learn how places create decent work',
    lead: 'Short, practical lessons on local economic development: how a district’s own people turn what they have into good jobs. Free, light, and made for the phone in your hand.',
    start: 'Read the first lesson',
    startHint: '{minutes} minutes · {weight} KB · no account needed',
    join: 'I have a group code',
    coursesTitle: 'What you can learn',
    howTitle: 'How it works',
    how: [
      {
        title: 'One idea a lesson',
        text: 'Each lesson takes about ten minutes: a real situation, the idea, an example with numbers, and one thing to do in your own district on Monday.',
      },
      {
        title: 'Questions that explain',
        text: 'You learn why an answer is right or wrong at once, even without a network. A short check at the end of each module decides a pass.',
      },
      {
        title: 'Your work is safe',
        text: 'Answers are kept on your device first and then sent. You always see which of the two it is. Go on from any phone or computer.',
      },
      {
        title: 'Alone or with a group',
        text: 'Learn by yourself, or join your group with a code: a name and a six-digit PIN are enough. No e-mail address needed.',
      },
    ],
    instructorTitle: 'Do you teach a group?',
    instructor:
      'Make a cohort, print its code, and see who is moving and who is stuck. An administrator of this campus gives you the right to teach.',
  },
  notFound: {
    title: 'There is no page here',
    text: 'The address may be mistyped, or the page may be somebody else’s. Nothing of yours is lost.',
    action: 'See all courses',
  },
  failed: {
    title: 'Something went wrong on our side',
    text: 'Nothing that was saved is lost. Please try again in a minute.',
    action: 'Go to the first page',
  },
};
