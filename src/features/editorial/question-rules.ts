import { type Rule, banksOf, error, textsOf } from './finding.ts';
import type { BankText, Finding } from './manuscript.ts';
import { measures } from './measures.ts';
import { likeness, runsOf, wordsOf } from './prose.ts';
import type { Question } from '#features/questions/question.ts';

const percent = (share: number) => `${Math.round(share * 100)} %`;
const feedbackFields = new Set(['feedback', 'otherwise']);

/** Banks are large and varied enough. */
export const sizeOfBanks: Rule = ({ banks }) =>
  banks.flatMap(({ file, graded, drawn = 0, questions }) => {
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
    const { least, kinds: fewest, draws } = measures.graded;
    return [
      ...(count < draws * drawn
        ? [
            error(
              file,
              1,
              `An attempt draws ${drawn} of ${count}; write at least ${draws * drawn}, or draw less, so that a second attempt asks anew.`,
            ),
          ]
        : []),
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
export const ownFeedback: Rule = ({ banks }) =>
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
export const lengthsOfChoices: Rule = ({ banks }) =>
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
export const guessing: Rule = ({ courses, banks }) =>
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
export const spreadKeys: Rule = ({ banks }) =>
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
export const noCopies: Rule = (all) => {
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
export const keptFeedback: Rule = (all) => {
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
