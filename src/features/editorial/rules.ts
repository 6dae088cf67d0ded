import { checkLayout } from './figure-layout.ts';
import { sharedRun } from './fingerprint.ts';
import type { BankText, Finding, LessonText, Manuscript } from './manuscript.ts';
import { gradeOf, likeness, runsOf, sentencesOf, wordsOf } from './prose.ts';
import { compile, namesIn as namesOf } from '#features/questions/formula.ts';
import type { Question } from '#features/questions/question.ts';

/** What a lesson and a bank must be, in one place. */
const measures = {
  words: { least: 600, most: 1100 },
  grade: { most: 9 },
  /** Compressed: a lesson, its bank and its figures. */
  weight: { most: 16 * 1024 },
  practice: { least: 3, most: 7 },
  graded: { least: 16, kinds: 4 },
  /** Questions that assess an outcome. */
  assessed: { practice: 2, graded: 2 },
  /** The right choice may be so much longer than the longest wrong one, or so much shorter than the shortest. */
  length: { ratio: 1.5, characters: 18 },
  /** A length that is so many times another is noticed. */
  noticeably: 1.1,
  /** In so many of a course's choices, at most, the right one may be noticeably the longest. */
  longest: 0.45,
  /** So many of a course's right choices, at most, may be written at the same place. */
  samePlace: 0.5,
  /** True or false: the rarer of the two must make up so much of a course. */
  truth: 0.25,
  /** Sentences of two lessons with so much in common are one sentence told twice. */
  likeness: 0.75,
};

type Rule = (all: Manuscript) => Finding[];
const error = (file: string, line: number, message: string): Finding => ({
  level: 'error',
  file,
  line,
  message,
});
const advice = (file: string, line: number, message: string): Finding => ({
  level: 'advice',
  file,
  line,
  message,
});
const percent = (share: number) => `${Math.round(share * 100)} %`;
const number = (text: string) => Number(text.replaceAll(/[,\s\u00a0]/g, ''));

/** All that a lesson says in sentences: what reading level and likeness are measured on. */
const proseOf = (lesson: LessonText) => lesson.blocks.filter(({ kind }) => kind === 'paragraph');
/** Each text of a question by the name of its field: prompt, text, feedback and so on. */
function textsOf(value: unknown, field = ''): { field: string; text: string }[] {
  if (typeof value === 'string') return [{ field, text: value }];
  if (Array.isArray(value)) return value.flatMap((each) => textsOf(each, field));
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([name, each]) =>
    textsOf(each, field === 'feedback' || field === 'hints' ? field : name),
  );
}
const feedbackFields = new Set(['feedback', 'otherwise']);
const banksOf = (all: Manuscript, graded: boolean) =>
  all.banks.filter((bank) => bank.graded === graded);

/** A lesson is read at one sitting: neither a note nor a chapter. */
const lengthOfLessons: Rule = ({ lessons }) =>
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
const readingLevel: Rule = ({ lessons }) =>
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
const partsOfLessons: Rule = ({ lessons }) =>
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

/** A slow line brings the lesson whole. */
const weightOfLessons: Rule = ({ lessons }) =>
  lessons
    .filter(({ weight }) => weight > measures.weight.most)
    .map(({ file, weight }) =>
      error(
        file,
        1,
        `With its bank and figures it weighs ${Math.ceil(weight / 1024)} KB compressed; the limit is ${measures.weight.most / 1024} KB.`,
      ),
    );

/** Every outcome is taught, practised and checked. */
const coverage: Rule = (all) =>
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

/** Banks are large and varied enough. */
const sizeOfBanks: Rule = ({ banks }) =>
  banks.flatMap(({ file, graded, questions }) => {
    const count = questions.length;
    const essays = questions.every(({ question }) => question.kind === 'open-response');
    if (!graded) {
      const { least, most } = measures.practice;
      if (count >= least && count <= most) return [];
      return [
        error(file, 1, `A lesson practises with ${least} to ${most} questions; this has ${count}.`),
      ];
    }
    // An assignment is read by a person: one task is enough.
    if (essays) return [];
    const kinds = new Set(questions.map(({ question }) => question.kind));
    const { least, kinds: fewest } = measures.graded;
    return [
      ...(count < least
        ? [error(file, 1, `A graded bank has at least ${least} questions; this has ${count}.`)]
        : []),
      ...(kinds.size < fewest
        ? [error(file, 1, `Ask in at least ${fewest} kinds; this has ${[...kinds].join(', ')}.`)]
        : []),
      ...(new Set(questions.map(({ question }) => question.difficulty)).size < 3
        ? [error(file, 1, 'Give questions of each difficulty: easy, medium and hard.')]
        : []),
      ...questions
        .filter(({ question }) => !question.reread)
        .map(({ line }) => error(file, line, 'Name what to read again after a mistake: "reread".')),
    ];
  });

/** Each answer is told why in words of its own. */
const ownFeedback: Rule = ({ banks }) =>
  banks.flatMap(({ file, questions }) =>
    questions.flatMap(({ question, line }) => {
      const all = textsOf(question)
        .filter(({ field }) => feedbackFields.has(field))
        .map(({ text }) => text);
      const twice = all.find((text, at) => all.indexOf(text) !== at);
      const short = all.find((text) => wordsOf(text).length < 4);
      return [
        ...(twice
          ? [
              error(
                file,
                line,
                `Two answers are told "${twice}": say to each why it is right or wrong.`,
              ),
            ]
          : []),
        ...(short
          ? [error(file, line, `Feedback "${short}" doesn't say why: explain in a sentence.`)]
          : []),
      ];
    }),
  );

type Choice = Extract<Question, { kind: 'choice' }>;
const singleChoices = (banks: BankText[]) =>
  banks.flatMap(({ file, questions }) =>
    questions.flatMap(({ question, line }) =>
      question.kind === 'choice' && !question.multiple ? [{ file, line, question }] : [],
    ),
  );
const lengthsOf = ({ choices }: Choice) => {
  const of = (correct: boolean) =>
    choices.filter((one) => one.correct === correct).map(({ text }) => text.length);
  return { right: of(true)[0]!, wrong: of(false) };
};

/** The right choice is neither the longest by far nor the shortest by far. */
const lengthsOfChoices: Rule = ({ banks }) =>
  singleChoices(banks).flatMap(({ file, line, question }) => {
    const { right, wrong } = lengthsOf(question);
    const [least, most] = [Math.min(...wrong), Math.max(...wrong)];
    const { ratio, characters } = measures.length;
    if (right > most * ratio && right - most > characters)
      return [
        error(
          file,
          line,
          'The right choice is much longer than all others: its length gives it away.',
        ),
      ];
    if (least > right * ratio && least - right > characters)
      return [
        error(
          file,
          line,
          'The right choice is much shorter than all others: its length gives it away.',
        ),
      ];
    return [];
  });

/** Over a course, neither length nor place nor truth is a good guess. */
const guessing: Rule = ({ courses, banks }) =>
  courses.flatMap(({ id, file }) => {
    const own = banks.filter(({ course }) => course === id);
    const choices = singleChoices(own);
    const found: Finding[] = [];
    const fewest = 8;
    if (choices.length >= fewest) {
      const longest =
        choices.filter(({ question }) => {
          const { right, wrong } = lengthsOf(question);
          return right > Math.max(...wrong) * measures.noticeably;
        }).length / choices.length;
      if (longest > measures.longest) {
        const message = `In ${percent(longest)} of its questions with one right choice, that is the longest; at most ${percent(measures.longest)}. Lengthen wrong ones.`;
        found.push(error(file, 1, message));
      }
      const places = new Map<number, number>();
      for (const { question } of choices) {
        const at = question.choices.findIndex(({ correct }) => correct);
        places.set(at, (places.get(at) ?? 0) + 1);
      }
      const [place, count] = [...places].sort((one, other) => other[1] - one[1])[0]!;
      if (count / choices.length > measures.samePlace) {
        const message = `In ${percent(count / choices.length)} of its questions the right choice is number ${place + 1}; at most ${percent(measures.samePlace)}.`;
        found.push(error(file, 1, message));
      }
    }
    const truths = own
      .flatMap(({ questions }) => questions)
      .flatMap(({ question }) => (question.kind === 'true-false' ? [question.answer] : []));
    const rarer = Math.min(truths.filter(Boolean).length, truths.filter((one) => !one).length);
    if (truths.length >= fewest && rarer / truths.length < measures.truth) {
      const message = `Of ${truths.length} statements only ${rarer} are ${rarer === truths.filter(Boolean).length ? 'true' : 'false'}; at least ${percent(measures.truth)}.`;
      found.push(error(file, 1, message));
    }
    return found;
  });

/** Where the order is ours, the key is spread over it. */
const spreadKeys: Rule = ({ banks }) =>
  banks.flatMap(({ file, questions }) =>
    questions.flatMap(({ question, line }) => {
      const keys =
        question.kind === 'matrix'
          ? question.rows.map(({ column }) => column)
          : question.kind === 'sorting'
            ? question.items.map(({ category }) => category)
            : [];
      if (keys.length < 3 || new Set(keys).size > 1) return [];
      return [error(file, line, 'Every row has the same key: who knows one knows all.')];
    }),
  );

/** A graded question is no copy of a practice question. */
const noCopies: Rule = (all) => {
  const practice = banksOf(all, false).flatMap(({ id, course, questions }) =>
    questions.map(({ question }) => ({
      id: `${id}/${question.id}`,
      course,
      runs: runsOf(question.prompt),
    })),
  );
  return banksOf(all, true).flatMap(({ course, file, questions }) =>
    questions.flatMap(({ question, line }) => {
      const own = runsOf(question.prompt);
      if (own.size < 6) return [];
      const twin = practice.find(
        (one) => one.course === course && likeness(own, one.runs) >= measures.likeness,
      );
      return twin
        ? [error(file, line, `This asks what practice asks in "${twin.id}": use another case.`)]
        : [];
    }),
  );
};

/** What a check says after handing in stands nowhere for all to read: it would tell the key. */
const keptFeedback: Rule = (all) => {
  const plain = (text: string) => text.replaceAll(/[’‘]/g, "'").replaceAll(/[*_]/g, '').trim();
  const open = [
    ...all.lessons.flatMap(({ id, blocks }) =>
      blocks.map(({ text }) => ({ id, text: plain(text) })),
    ),
    ...banksOf(all, false).flatMap(({ id, questions }) =>
      questions.flatMap(({ question }) =>
        textsOf(question).map(({ text }) => ({ id: `${id}/${question.id}`, text: plain(text) })),
      ),
    ),
  ];
  // By pairs of words, since to look for each text in all others takes minutes.
  const byPair = new Map<string, Set<(typeof open)[number]>>();
  for (const one of open) {
    for (const pair of runsOf(one.text, 2)) {
      if (!byPair.has(pair)) byPair.set(pair, new Set());
      byPair.get(pair)!.add(one);
    }
  }
  return banksOf(all, true).flatMap(({ file, questions }) =>
    questions.flatMap(({ question, line }) =>
      textsOf(question)
        .filter(({ field }) => feedbackFields.has(field))
        .flatMap(({ text }) => {
          const near = [...runsOf(text, 2)]
            .map((pair) => byPair.get(pair) ?? new Set<(typeof open)[number]>())
            .sort((one, other) => one.size - other.size)[0];
          const place = [...(near ?? [])].find((one) => one.text.includes(plain(text)));
          return place
            ? [
                error(
                  file,
                  line,
                  `"${text}" stands in "${place.id}" for all to read: say it otherwise.`,
                ),
              ]
            : [];
        }),
    ),
  );
};

/** A sentence is said in one lesson only. */
const noEchoes: Rule = ({ lessons }) => {
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

/** Nothing is taken over from the sources word by word. */
const ownWords: Rule = ({ lessons, banks, glossary, cases, fingerprints }) => {
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
const nothingUnused: Rule = ({
  lessons,
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
    ...figures
      .filter((one) => !one.used)
      .map(({ file }) => error(file, 1, 'Nothing shows this figure: show or remove it.')),
  ];
};

/** Figures can be read. */
const legibleFigures: Rule = ({ figures }) =>
  figures.flatMap(({ file, svg }) =>
    checkLayout(svg).map(({ line, message }) => error(file, line, message)),
  );

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
const names: Rule = ({ lessons, banks, names: known, references }) => {
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
        error(file, line, `"${word}" is not in names.yaml: add it to real, invented or people.`),
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
    ...banks.flatMap(({ file, questions, graded }) =>
      questions.flatMap(({ question, line }) => {
        const own = textsOf(question)
          .filter(
            ({ field }) =>
              !['id', 'kind', 'outcome', 'figure', 'reread', 'difficulty', 'difficulty'].includes(
                field,
              ),
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

const numberWords: Record<string, number> = Object.fromEntries(
  [
    'one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'
      .split(' ')
      .map((word, at) => [word, at + 1] as const),
    'twenty thirty forty fifty sixty seventy eighty ninety'
      .split(' ')
      .map((word, at) => [word, 20 + at * 10] as const),
  ].flat(),
);

/** Sums that a lesson shows come out. */
const workedSums: Rule = ({ lessons }) =>
  lessons.flatMap(({ file, blocks, worked }) => {
    const shown = new Set(
      blocks.flatMap(({ text }) =>
        (text.match(/\d[\d,\u00a0]*(?:\.\d+)?/g) ?? []).map((one) => number(one.replace(/,$/, ''))),
      ),
    );
    for (const { text } of blocks) {
      for (const word of wordsOf(text.toLowerCase())) {
        if (Object.hasOwn(numberWords, word)) shown.add(numberWords[word]!);
      }
    }
    // Scores of one figure are given and not reckoned.
    const cells = blocks.filter(
      ({ kind, text }) => kind === 'cell' && /^[−-]?\d[\d,.]+( ?%)?$/.test(text),
    );
    if (worked.length === 0 && cells.length >= 6) {
      return [
        error(
          file,
          cells[0]!.line,
          'This table reckons: add "worked" to the front matter, so that it is checked.',
        ),
      ];
    }
    return worked.flatMap(({ given, finds, line }) => [
      ...Object.entries(given)
        .filter(([, value]) => !shown.has(Math.abs(value)))
        .map(([name, value]) =>
          error(file, line, `worked: the lesson nowhere gives ${name} = ${value}.`),
        ),
      ...finds.flatMap(({ shown: text, formula }) => {
        const found = number(text);
        let value: number;
        let missing: string[];
        try {
          value = compile(formula)(given);
          missing = namesOf(formula).filter((name) => !Object.hasOwn(given, name));
        } catch (problem) {
          return [error(file, line, `worked: ${(problem as Error).message}`)];
        }
        if (missing.length > 0)
          return [
            error(file, line, `worked: "${formula}" needs ${missing.join(', ')} among "given".`),
          ];
        const decimals = /\.(\d+)$/.exec(text)?.[1]?.length ?? 0;
        const tolerance = 0.5 * 10 ** -decimals + 1e-9;
        return [
          ...(Math.abs(value - found) > tolerance
            ? [
                error(
                  file,
                  line,
                  `worked: ${formula} makes ${Number(value.toFixed(decimals + 2))}, and not ${text}.`,
                ),
              ]
            : []),
          ...(shown.has(Math.abs(found))
            ? []
            : [error(file, line, `worked: the lesson nowhere shows ${text}.`)]),
        ];
      }),
    ]);
  });

const rules: Rule[] = [
  lengthOfLessons,
  readingLevel,
  partsOfLessons,
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
  names,
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
