import { apostrophes, coverage, names, nothingUnused, ownWords } from './course-rules.ts';
import type { Rule } from './finding.ts';
import {
  columnsOfTables,
  figuresInBothThemes,
  legibleFigures,
  lengthOfLessons,
  noEchoes,
  partsOfLessons,
  readingLevel,
  weightOfLessons,
} from './lesson-rules.ts';
import type { Finding, Manuscript } from './manuscript.ts';
import {
  guessing,
  keptFeedback,
  lengthsOfChoices,
  noCopies,
  ownFeedback,
  sizeOfBanks,
  spreadKeys,
} from './question-rules.ts';
import { workedSums } from './worked-sums.ts';

const rules: Rule[] = [
  lengthOfLessons,
  readingLevel,
  partsOfLessons,
  columnsOfTables,
  weightOfLessons,
  coverage,
  sizeOfBanks,
  ownFeedback,
  lengthsOfChoices,
  guessing,
  spreadKeys,
  noCopies,
  keptFeedback,
  noEchoes,
  ownWords,
  nothingUnused,
  legibleFigures,
  figuresInBothThemes,
  names,
  apostrophes,
  workedSums,
];

/** All that an editor should see to, errors first, by file and line. */
export function findingsIn(all: Manuscript): Finding[] {
  return rules
    .flatMap((rule) => rule(all))
    .sort(
      (one, other) =>
        Number(one.level === 'advice') - Number(other.level === 'advice') ||
        one.file.localeCompare(other.file) ||
        one.line - other.line,
    );
}
