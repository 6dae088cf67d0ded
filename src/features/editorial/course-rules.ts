import { sharedRun } from './fingerprint.ts';
import { type Rule, advice, banksOf, error, textsOf } from './finding.ts';
import { measures } from './measures.ts';
import { sentencesOf, wordsOf } from './prose.ts';

/** Every outcome is taught, practised and checked. */
export const coverage: Rule = (all) =>
  all.courses.flatMap(({ id: course, file, draft, outcomes }) =>
    outcomes.flatMap(({ id, line }) => {
      const find = draft ? advice : error;
      const taught = all.lessons.some((one) => one.course === course && one.outcomes.includes(id));
      const asked = (graded: boolean) =>
        banksOf(all, graded)
          .filter((bank) => bank.course === course)
          .flatMap(({ questions }) => questions)
          .filter(({ question }) => question.outcome === id).length;
      const few = (['practice', 'graded'] as const).flatMap((kind) => {
        const count = asked(kind === 'graded');
        const least = measures.assessed[kind];
        return count >= least
          ? []
          : [
              find(
                file,
                line,
                `"${id}" has ${count} ${kind} questions; give it at least ${least}.`,
              ),
            ];
      });
      return taught ? few : [find(file, line, `No lesson teaches "${id}".`), ...few];
    }),
  );

/** Nothing is taken over from the sources word by word. */
export const ownWords: Rule = ({ lessons, banks, scenarios, glossary, cases, fingerprints }) => {
  const message = (run: string) =>
    `"${run} …" stands like this in a source: say it in your own words.`;
  return [
    ...lessons.flatMap(({ file, blocks }) =>
      blocks.flatMap(({ text, line }) => {
        const run = sharedRun(text, fingerprints);
        return run ? [error(file, line, message(run))] : [];
      }),
    ),
    ...banks.flatMap(({ file, questions }) =>
      questions.flatMap(({ question, line }) =>
        textsOf(question).flatMap(({ text }) => {
          const run = sharedRun(text, fingerprints);
          return run ? [error(file, line, message(run))] : [];
        }),
      ),
    ),
    ...scenarios.flatMap(({ file, texts }) =>
      texts.flatMap(({ text, line }) => {
        const run = sharedRun(text, fingerprints);
        return run ? [error(file, line, message(run))] : [];
      }),
    ),
    ...glossary.terms.flatMap(({ definition, line }) => {
      const run = sharedRun(definition, fingerprints);
      return run ? [error(glossary.file, line, message(run))] : [];
    }),
    ...cases.entries.flatMap(({ texts, line }) =>
      texts.flatMap((text) => {
        const run = sharedRun(text, fingerprints);
        return run ? [error(cases.file, line, message(run))] : [];
      }),
    ),
  ];
};

/** What is kept is used: terms, sources and figures. */
export const nothingUnused: Rule = ({
  lessons,
  scenarios,
  figures,
  glossary,
  references,
  cases,
  termsInQuestions,
}) => {
  const used = (name: string) =>
    new Set(
      lessons.flatMap(({ tags }) =>
        tags.filter((tag) => tag.name === name).map(({ attributes }) => attributes.id ?? ''),
      ),
    );
  const terms = new Set([...used('Term'), ...termsInQuestions]);
  const sources = new Set([...used('Source'), ...cases.entries.flatMap((one) => one.sources)]);
  return [
    ...glossary.terms
      .filter(({ id }) => !terms.has(id))
      .map(({ id, line }) =>
        error(glossary.file, line, `No lesson or question explains "${id}": use or remove it.`),
      ),
    ...references.sources
      .filter(({ id }) => !sources.has(id))
      .map(({ id, line }) =>
        error(references.file, line, `Nothing cites "${id}": cite or remove it.`),
      ),
    ...scenarios
      .filter((one) => !one.invited)
      .map(({ file, name }) =>
        error(
          file,
          1,
          `No lesson of the module invites to it: write <Simulation name="${name}" />.`,
        ),
      ),
    ...figures
      .filter((one) => !one.used)
      .map(({ file }) => error(file, 1, 'Nothing shows this figure: show or remove it.')),
  ];
};

const capitalised = /^[A-Z][\p{L}’'-]*\p{Ll}/u;
/** Names in a text: words with a capital where no sentence begins. */
function namesIn(text: string): string[] {
  return sentencesOf(text).flatMap((sentence) => {
    const parts = sentence.split(/(?<=[:“"(])/u);
    return parts.flatMap((part) =>
      wordsOf(part)
        .slice(1)
        .filter((word) => capitalised.test(word))
        .map((word) => word.replace(/[’'](s|S)?$/u, '')),
    );
  });
}
const wordsIn = (names: readonly string[]) =>
  new Set(names.flatMap((name) => wordsOf(name).flatMap((word) => [word, ...word.split('-')])));
/** How a text says that a place is made up. */
const saysInvented = /\b(invented|made up|imaginary)\b/i;

/** Every name is known, and an invented place is called invented where it first comes up. */
export const names: Rule = ({ lessons, banks, scenarios, names: known, references }) => {
  const all = wordsIn([
    ...known.invented,
    ...known.real,
    ...known.people,
    ...known.words,
    ...references.sources.map(({ words }) => words),
  ]);
  const invented = known.invented.map((name) => ({
    name,
    pattern: new RegExp(`\\b${name}\\b`, 'u'),
  }));
  const unknown = (text: string, file: string, line: number) =>
    [...new Set(namesIn(text))]
      .filter((word) => !all.has(word))
      .map((word) =>
        error(
          file,
          line,
          `"${word}" is not in courses/names.yaml: add it to real, invented or people.`,
        ),
      );
  return [
    ...lessons.flatMap(({ file, blocks, summary, title }) => [
      ...blocks
        .filter(({ kind }) => kind === 'paragraph')
        .flatMap(({ text, line }) => unknown(text, file, line)),
      ...invented.flatMap(({ name, pattern }) => {
        const first = blocks.findIndex(({ text }) => pattern.test(text));
        if (first < 0) return [];
        const near = [summary, title, blocks[first]!.text, blocks[first + 1]?.text ?? ''];
        if (near.some((text) => saysInvented.test(text))) return [];
        return [error(file, blocks[first]!.line, `Call ${name} invented where it first comes up.`)];
      }),
    ]),
    ...scenarios.flatMap(({ file, texts, place }) => [
      ...(saysInvented.test(place.text)
        ? []
        : [error(file, place.line, 'Say here that the place is invented.')]),
      ...texts.flatMap(({ text, line }) => unknown(text, file, line)),
    ]),
    ...banks.flatMap(({ file, questions, graded }) =>
      questions.flatMap(({ question, line }) => {
        const own = textsOf(question)
          .filter(
            ({ field }) =>
              !['id', 'kind', 'outcome', 'figure', 'reread', 'difficulty'].includes(field),
          )
          .map(({ text }) => text.replaceAll(/\[([^\]]*)\]\(term:[^)]*\)/g, '$1'));
        const place = invented.find(({ pattern }) => own.some((text) => pattern.test(text)));
        return [
          ...own.flatMap((text) => unknown(text, file, line)),
          // Practice stands in a lesson, which has said so; a check stands alone.
          ...(graded && place && !own.some((text) => saysInvented.test(text))
            ? [error(file, line, `Call ${place.name} invented in the prompt.`)]
            : []),
        ];
      }),
    ),
  ];
};

const straight = /\p{L}+'\p{L}+|\p{L}+s'(?= \p{Ll})/u;
/** Apostrophes are curved everywhere: in lessons that happens by itself, in all else it has to be written. */
export const apostrophes: Rule = ({ lessons, banks, scenarios, figures, glossary, cases }) => {
  const check = (file: string, line: number, texts: string[]) => {
    const found = texts.map((text) => straight.exec(text)?.[0]).find((one) => one !== undefined);
    return found ? [error(file, line, `Write ’ for the apostrophe in "${found}".`)] : [];
  };
  return [
    ...lessons.flatMap(({ file, title, summary, tags }) => [
      ...check(file, 1, [title, summary]),
      ...tags.flatMap(({ attributes, line }) => check(file, line, Object.values(attributes))),
    ]),
    ...banks.flatMap(({ file, questions }) =>
      questions.flatMap(({ question, line }) =>
        check(
          file,
          line,
          textsOf(question).map(({ text }) => text),
        ),
      ),
    ),
    ...scenarios.flatMap(({ file, texts }) =>
      texts.flatMap(({ text, line }) => check(file, line, [text])),
    ),
    ...figures.flatMap(({ file, svg }) =>
      svg.split('\n').flatMap((text, at) => check(file, at + 1, [text])),
    ),
    ...glossary.terms.flatMap(({ definition, line }) => check(glossary.file, line, [definition])),
    ...cases.entries.flatMap(({ texts, line }) => check(cases.file, line, texts)),
  ];
};
