import { checkLayout } from './figure-layout.ts';
import { type Rule, advice, error, proseOf } from './finding.ts';
import { measures } from './measures.ts';
import { gradeOf, likeness, runsOf, sentencesOf, wordsOf } from './prose.ts';

/** A lesson is read at one sitting: neither a note nor a chapter. */
export const lengthOfLessons: Rule = ({ lessons }) =>
  lessons.flatMap(({ file, blocks }) => {
    const count = blocks.reduce((sum, { text }) => sum + wordsOf(text).length, 0);
    if (count < measures.words.least)
      return [
        error(file, 1, `It has ${count} words; a lesson has at least ${measures.words.least}.`),
      ];
    if (count > measures.words.most)
      return [
        error(file, 1, `It has ${count} words; cut it to ${measures.words.most} or divide it.`),
      ];
    return [];
  });

/** A lesson is easy to read. */
export const readingLevel: Rule = ({ lessons }) =>
  lessons.flatMap((lesson) => {
    const grade = gradeOf(proseOf(lesson).map(({ text }) => text));
    if (grade <= measures.grade.most) return [];
    const longest = proseOf(lesson)
      .flatMap(({ text, line }) =>
        sentencesOf(text).map((one) => ({ line, long: wordsOf(one).length })),
      )
      .sort((one, other) => other.long - one.long)[0]!;
    const message = `It asks for school grade ${grade.toFixed(1)}; aim at ${measures.grade.most}. The longest sentence, of ${longest.long} words, begins here.`;
    return [error(lesson.file, longest.line, message)];
  });

/** What every lesson has: a figure, questions, something to do, a note to oneself, and what to remember at its end. */
export const partsOfLessons: Rule = ({ lessons }) =>
  lessons.flatMap(({ file, tags, blocks }) => {
    const has = (name: string, kind?: string) =>
      tags.some((tag) => tag.name === name && (!kind || tag.attributes.kind === kind));
    const last = blocks.findLast(({ kind }) => kind === 'heading');
    return [
      ...(has('Figure') || has('Simulation')
        ? []
        : [error(file, 1, 'Add a figure that carries meaning: <Figure name="…" />.')]),
      ...(has('Quiz') ? [] : [error(file, 1, 'Add practice questions: <Quiz name="…" />.')]),
      ...(has('Note', 'try')
        ? []
        : [
            error(file, 1, 'Give the reader one thing to do: <Note kind="try" title="On Monday">.'),
          ]),
      ...(has('Reflect')
        ? []
        : [advice(file, 1, 'Ask for a private note on the reader’s own place: <Reflect id="…">.')]),
      ...(last?.text === 'What to remember'
        ? []
        : [error(file, last?.line ?? 1, 'End with the heading "What to remember".')]),
    ];
  });

/** A table fits on a phone. */
export const columnsOfTables: Rule = ({ lessons }) =>
  lessons.flatMap(({ file, blocks }) => {
    const rows = Map.groupBy(
      blocks.filter(({ kind }) => kind === 'cell'),
      ({ line }) => line,
    );
    const wide = [...rows].find(([, cells]) => cells.length > measures.columns.most);
    return wide
      ? [
          error(
            file,
            wide[0],
            `This table has ${wide[1].length} columns; a phone shows ${measures.columns.most}. Divide it, or turn it round.`,
          ),
        ]
      : [];
  });

/** A slow line brings the lesson whole. */
export const weightOfLessons: Rule = ({ lessons }) =>
  lessons
    .filter(({ weight }) => weight > measures.weight.most)
    .map(({ file, weight }) =>
      error(
        file,
        1,
        `With its bank and figures it weighs ${Math.ceil(weight / 1024)} KB compressed; the limit is ${measures.weight.most / 1024} KB.`,
      ),
    );

/** A sentence is said in one lesson only. */
export const noEchoes: Rule = ({ lessons }) => {
  const sentences = lessons.flatMap((lesson) =>
    proseOf(lesson).flatMap(({ text, line }) =>
      sentencesOf(text)
        .map((sentence) => ({ file: lesson.file, line, sentence, runs: runsOf(sentence) }))
        .filter(({ runs }) => runs.size >= 6),
    ),
  );
  const byRun = new Map<string, number[]>();
  return sentences.flatMap((one, at) => {
    const near = new Set([...one.runs].flatMap((run) => byRun.get(run) ?? []));
    for (const run of one.runs) byRun.set(run, [...(byRun.get(run) ?? []), at]);
    const twin = [...near]
      .map((other) => sentences[other]!)
      .find(
        (other) => other.file !== one.file && likeness(one.runs, other.runs) >= measures.likeness,
      );
    if (!twin) return [];
    return [
      error(
        one.file,
        one.line,
        `"${one.sentence}" stands in ${twin.file}:${twin.line} too: say it once.`,
      ),
    ];
  });
};

/** Figures can be read. */
export const legibleFigures: Rule = ({ figures }) =>
  figures.flatMap(({ file, svg }) =>
    checkLayout(svg).map(({ line, message }) => error(file, line, message)),
  );

/** How a part looks in one theme alone. */
const inOneTheme = /\b(dark|darker|light|lighter|pale|paler|black|white)\b/i;

/** Words about a figure hold in the light as in the dark: what is dark by day shines by night. */
export const figuresInBothThemes: Rule = ({ lessons, figures }) => {
  const message = (word: string) =>
    `"${word}" holds in one theme alone: say "in strong colour", "filled" or "open", or name the part.`;
  const check = (file: string, line: number, text: string) => {
    const word = inOneTheme.exec(text)?.[0];
    return word ? [error(file, line, message(word))] : [];
  };
  return [
    ...lessons.flatMap(({ file, tags }) =>
      tags
        .filter(({ name }) => name === 'Figure')
        .flatMap(({ line, attributes }) => check(file, line, attributes.caption ?? '')),
    ),
    ...figures.flatMap(({ file, svg }) => {
      const [, before = '', words = ''] = /^([^]*?)<desc>([^]*?)<\/desc>/.exec(svg) ?? [];
      return check(file, before.split('\n').length, words);
    }),
  ];
};
