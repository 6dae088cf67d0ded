/** How the questions of a check do. */
export const itemAnalysis = {
  title: 'How the questions do',
  lead: {
    one: 'From the first attempt of 1 learner. Later attempts have seen the feedback.',
    other: 'From the first attempts of {n} learners. Later attempts have seen the feedback.',
  },
  none: 'Nobody in this group has handed in this check yet. When some have, you see here which questions do their work.',
  findings: {
    'too-few': {
      one: '1 attempt is too few to say anything about the questions. Come back when there are five.',
      other:
        '{n} attempts are too few to say anything about the questions. Come back when there are five.',
    },
    'first-signs': 'With {n} attempts these are first signs, not proof.',
    'misleads-best':
      'Question {number} misleads your best learners: {chose} of {of} chose “{part}”. Check the key and the wording.',
    'wrong-way-round':
      'Question {number} works the wrong way round: those who do well elsewhere do worse here. Look for a second right answer.',
    'sure-and-wrong':
      'Question {number} meets a firm belief: {sure} of {of} who were sure had it wrong. Talk about it in class.',
    'too-hard': 'Question {number} is very hard: {share} of the marks. Was it taught?',
    'too-easy': 'Question {number} tells little: nearly everybody has it right ({share}).',
    'never-chosen': 'In question {number} nobody chose {parts}. Replace what misleads nobody.',
    reliable: 'As a whole the check is dependable (alpha {alpha}).',
    unreliable:
      'As a whole the check tells learners apart poorly (alpha {alpha}). More questions, or clearer ones, would help.',
  },
  good: 'Nothing stands out. The questions do their work.',
  question: 'Question {n}',
  facility: '{share} of the marks, from {n} answers.',
  discrimination: {
    well: 'It tells strong from weak learners well ({value}).',
    some: 'It tells strong from weak learners a little ({value}).',
    no: 'It does not tell strong from weak learners ({value}).',
    reversed: 'It works the wrong way round ({value}).',
    unknown: 'Whether it tells strong from weak learners can’t be said yet.',
  },
  table: 'What was answered to question {n}',
  answer: 'Answer',
  all: 'All',
  best: 'Best third',
  weakest: 'Weakest third',
  key: 'right',
  of: '{n} of {all}',
  calibration: {
    3: 'Sure: {n}, right to {share}.',
    2: 'Fairly sure: {n}, right to {share}.',
    1: 'Guessing: {n}, right to {share}.',
  },
  correct: 'Correct this question',
  figures: 'The figures and where they come from',
  overall: 'Mean {mean}, standard deviation {deviation}, reliability (alpha) {alpha}.',
  formulae: [
    'Share of the marks (facility): the mean mark of all who had the question.',
    'Discrimination: the correlation of the marks for the question with the mean mark for the rest of the attempt; from 0.3 it is good, below 0 something is wrong. As in Moodle’s quiz statistics.',
    'Best and weakest third: by the rest of the attempt. T. L. Kelley, 1939, found 27 % best for large groups; small groups need more.',
    'Reliability: Cronbach’s alpha (L. J. Cronbach, Psychometrika 16, 1951), from the mean variance of the questions and the mean covariance of pairs, since attempts draw different questions.',
    'Certainty: guessing, fairly sure, sure, after A. R. Gardner-Medwin.',
  ],
};
