/** Question banks from and for other systems. */
export const interop = {
  /** Put in where a file says nothing, for the author to better. */
  filler: {
    right: 'That is right.',
    wrong: 'That is not right.',
    either: 'Compare this with the lesson.',
    complete: 'Complete the text.',
    model: 'There is no model answer yet.',
    criterion: 'The answer says what the question asks for.',
  },
  untitled: 'Imported questions',
  page: {
    title: 'Exchange questions',
    lead: 'Take the questions of this course to another system, or read what another system has written.',
    out: 'Take questions out',
    outText: 'The file holds the right answers. Keep it where your learners can’t find it.',
    bank: 'Questions of',
    format: 'Format',
    formats: {
      gift: 'GIFT (text, for Moodle and others)',
      'moodle-xml': 'Moodle XML',
      qti: 'QTI 3.0 (a zip, for many systems)',
    },
    show: 'Show what this format can hold',
    holdsAll: 'This format holds all {n} questions as they are.',
    losses: {
      one: 'This format can’t hold 1 thing:',
      other: 'This format can’t hold {n} things:',
    },
    download: 'Download {name}',
    into: 'Read a file',
    intoText:
      'GIFT, Moodle XML or QTI 3.0, up to 240 KB. You see everything before anything is kept: we show what we read and what we can’t hold, and give you a file for the folder of the course.',
    file: 'File',
    read: 'Read it',
    faults: 'Nothing was read. Put this right in the file, then try again:',
    line: 'Line {line}: {message}',
    found: { one: '1 question was read.', other: '{n} questions were read.' },
    lost: { one: '1 thing is different here:', other: '{n} things are different here:' },
    none: 'No question in it can be one of ours.',
    take: 'Download as a bank of this campus',
    next: 'Put the file into a module’s folder, give each question its outcome, and run: npm run campus -- courses check',
    noFile: 'Choose a file first.',
    tooLarge:
      'This file is larger than 240 KB. Split it, or use the command line, which takes any size.',
    key: 'Right: {answer}',
  },
};
