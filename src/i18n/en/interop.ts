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
};
