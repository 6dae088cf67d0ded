import { expect, test } from 'vitest';
import { readCampusCourses } from '../../src/app.server.ts';
import { readManuscript } from '../../src/cli/manuscript.ts';
import { fingerprintsOf, sharedRun } from '#features/editorial/fingerprint.ts';
import { checkLayout } from '#features/editorial/figure-layout.ts';
import { gradeOf } from '#features/editorial/prose.ts';
import { findingsIn } from '#features/editorial/rules.ts';
import type { Question } from '#features/questions/question.ts';

const ours = readManuscript('courses', readCampusCourses('courses').courses).manuscript;
type Manuscript = typeof ours;

/** The findings after a change, as lines. */
function after(change: (all: Manuscript) => void): string[] {
  const all = structuredClone(ours);
  change(all);
  return findingsIn(all).map(
    ({ level, file, line, message }) => `${level} ${file}:${line} ${message}`,
  );
}
const lesson = (all: Manuscript) => all.lessons[0]!;
const bank = (all: Manuscript, graded = false) => all.banks.find((one) => one.graded === graded)!;
const says = (text: string, line = 30) => ({ kind: 'paragraph' as const, text, line });
const choice = (
  id: string,
  choices: [text: string, correct?: boolean, feedback?: string][],
  prompt = `What should the forum of an invented place do about matter ${id}?`,
): { question: Question; line: number } => ({
  line: 7,
  question: {
    id,
    kind: 'choice',
    outcome: 'explain-why-now',
    difficulty: 'easy',
    prompt,
    hints: [],
    multiple: false,
    choices: choices.map(([text, correct = false, feedback], at) => ({
      id: `c${at}`,
      text,
      correct,
      feedback: feedback ?? `This is reason number ${at} for it.`,
    })),
  },
});

test('a check that draws more than half of its questions is told', () => {
  const { length } = bank(ours, true).questions;
  expect(after((all) => (bank(all, true).drawn = Math.ceil((length + 1) / 2)))).toContainEqual(
    expect.stringMatching(
      /module\.graded\.yaml:1 An attempt draws \d+ of \d+; write at least \d+, or draw less/,
    ),
  );
});

test('what we publish has nothing that an editor must put right', () => {
  expect(findingsIn(ours).filter(({ level }) => level === 'error')).toEqual([]);
});

test('a lesson that is too short or too long is told, with its words', () => {
  expect(after((all) => (lesson(all).blocks = lesson(all).blocks.slice(-3)))).toContainEqual(
    expect.stringMatching(/01-winners.*mdx:1 It has \d+ words; a lesson has at least 600/),
  );
  const long = says(Array.from({ length: 900 }, (_, at) => `go${at}.`).join(' '));
  expect(after((all) => lesson(all).blocks.unshift(long))).toContainEqual(
    expect.stringMatching(/01-winners.*It has \d{4} words; cut it to 1100/),
  );
});

test('a lesson that is hard to read is told, with its longest sentence', () => {
  const heavy =
    'Notwithstanding considerable institutional heterogeneity, participatory intermunicipal coordination necessitates comprehensive administrative harmonisation, interdepartmental consultation, and systematically institutionalised accountability mechanisms throughout implementation.';
  expect(
    after((all) => (lesson(all).blocks = [...Array<string>(30)].map((_, at) => says(heavy, at)))),
  ).toContainEqual(expect.stringMatching(/asks for school grade \d\d\.\d; aim at 9/));
  expect(gradeOf(['The cat sat on the mat. It was a hot day.'])).toBeLessThan(2);
});

test('a simulation that nobody is invited to, that takes over a sentence, names an unknown place or does not call its own invented is told', () => {
  const played = ours.scenarios[0]!;
  expect(
    after((all) => (all.scenarios[0]!.place = { text: 'A town on a river.', line: 4 })),
  ).toContainEqual(expect.stringContaining(`${played.file}:4 Say here that the place is`));
  expect(after((all) => (all.scenarios[0]!.invited = false))).toContainEqual(
    expect.stringContaining(`${played.file}:1 No lesson of the module invites to it`),
  );
  expect(
    after((all) =>
      all.scenarios[0]!.texts.push({ text: 'A lorry from Zanquipore came.', line: 9 }),
    ),
  ).toContainEqual(
    expect.stringContaining(`${played.file}:9 "Zanquipore" is not in courses/names.yaml`),
  );
  const taken = 'one two three four five six seven eight nine ten eleven twelve';
  expect(
    after((all) => {
      all.fingerprints = new Set(fingerprintsOf(taken));
      all.scenarios[0]!.texts.push({ text: taken, line: 12 });
    }),
  ).toContainEqual(expect.stringMatching(/scenario\.yaml:12 "three four .* in your own words/));
});

test('a straight apostrophe is told where nothing else curves it', () => {
  const told = expect.stringMatching(/Write ’ for the apostrophe in "district's"/) as string;
  expect(
    after((all) =>
      lesson(all).tags.push({
        name: 'Figure',
        attributes: { caption: "The district's map" },
        line: 9,
      }),
    ),
  ).toContainEqual(told);
  expect(
    after((all) => (all.figures[0]!.svg += "<text>the district's share</text>")),
  ).toContainEqual(told);
  expect(
    after((all) => all.scenarios[0]!.texts.push({ text: "The district's purse", line: 9 })),
  ).toContainEqual(told);
  expect(
    after((all) => (all.glossary.terms[0]!.definition = "A district's purse.")),
  ).toContainEqual(told);
});

test('words about a figure that hold in one theme alone are told', () => {
  expect(
    after((all) => {
      lesson(all).tags.push({
        name: 'Figure',
        attributes: { name: 'x', caption: 'The dark bar is theirs.' },
        line: 44,
      });
    }),
  ).toContainEqual(expect.stringMatching(/mdx:44 "dark" holds in one theme alone/));
  expect(
    after((all) => {
      all.figures[0]!.svg = all.figures[0]!.svg.replace(/<desc>/, '<desc>A pale circle. ');
    }),
  ).toContainEqual(expect.stringMatching(/svg:\d+ "pale" holds in one theme alone/));
});

test('what grows on a board is no fault of its figure', () => {
  const board = `<svg viewBox="0 0 720 440"><title>A town</title><desc>A town.</desc><rect class="fill-primary grow-up" data-level="trust" x="40" y="60" width="24" height="120" /></svg>`;
  expect(checkLayout(board)).toEqual([]);
});

test('a table that is wider than a phone is told on its line', () => {
  const row = (line: number, columns: number) =>
    Array.from({ length: columns }, () => ({ kind: 'cell' as const, text: 'wide', line }));
  expect(
    after((all) => lesson(all).blocks.splice(3, 0, ...row(40, 5), ...row(41, 5))),
  ).toContainEqual(
    expect.stringMatching(/01-winners.*mdx:40 This table has 5 columns; a phone shows 4/),
  );
  expect(after((all) => lesson(all).blocks.splice(3, 0, ...row(40, 4)))).not.toContainEqual(
    expect.stringContaining('columns'),
  );
});

test('a lesson without figure, questions, something to do or an end is told of each', () => {
  const found = after((all) => {
    lesson(all).tags = [];
    lesson(all).blocks = lesson(all).blocks.filter(({ text }) => text !== 'What to remember');
  });
  for (const wanted of [
    /Add a figure/,
    /Add practice questions/,
    /one thing to do/,
    /What to remember/,
  ])
    expect(found).toContainEqual(expect.stringMatching(wanted));
  expect(found).toContainEqual(expect.stringMatching(/^advice .*Ask for a private note/));
});

test('a lesson that weighs too much is told, in KB', () => {
  expect(after((all) => (lesson(all).weight = 40_000))).toContainEqual(
    expect.stringMatching(/weighs 40 KB compressed; the limit is 16 KB/),
  );
});

test('an outcome that is not taught or hardly assessed is told, as advice in a draft', () => {
  const forget = (all: Manuscript) => all.courses[0]!.outcomes.push({ id: 'fly-a-kite', line: 44 });
  expect(after(forget)).toEqual([
    'error sensitizing/course.yaml:44 No lesson teaches "fly-a-kite".',
    'error sensitizing/course.yaml:44 "fly-a-kite" has 0 practice questions; give it at least 2.',
    'error sensitizing/course.yaml:44 "fly-a-kite" has 0 graded questions; give it at least 2.',
    ...after(() => undefined),
  ]);
  const draft = after((all) => {
    forget(all);
    all.courses[0]!.draft = true;
  });
  expect(draft).toContainEqual(expect.stringMatching(/^advice .*No lesson teaches "fly-a-kite"/));
});

test('a bank that is too small or asks in one way is told', () => {
  expect(after((all) => bank(all).questions.splice(1))).toContainEqual(
    expect.stringMatching(/practice\.yaml:1 A lesson practises with 3 to 7 questions; this has 1/),
  );
  const few = after((all) => bank(all, true).questions.splice(9));
  expect(few).toContainEqual(expect.stringMatching(/at least 16 questions; this has 9/));
  const flat = after((all) => {
    for (const { question } of bank(all, true).questions) {
      question.difficulty = 'easy';
      question.reread = undefined;
    }
  });
  expect(flat).toContainEqual(expect.stringMatching(/each difficulty/));
  expect(flat).toContainEqual(expect.stringMatching(/what to read again/));
});

test('feedback that two answers share, or that says nothing, is told', () => {
  const found = after((all) =>
    bank(all).questions.push(
      choice('twins', [
        ['Ask the growers first', true, 'Growers know it best of all.'],
        ['Ask the traders first', false, 'No, that is not right here.'],
        ['Ask the council first', false, 'No, that is not right here.'],
        ['Ask nobody at all here', false, 'Wrong.'],
      ]),
    ),
  );
  expect(found).toContainEqual(expect.stringMatching(/:7 Two answers are told "No, that is/));
  expect(found).toContainEqual(expect.stringMatching(/:7 Feedback "Wrong\." doesn't say why/));
});

test('a right choice that its length gives away is told', () => {
  const long = 'Ask growers, traders and pickers apart, and then bring them together in the forum';
  const given = (right: string, wrong: string) => (all: Manuscript) =>
    bank(all).questions.push(choice('long', [[wrong], [right, true], [`${wrong} now`]]));
  expect(after(given(long, 'Ask the council'))).toContainEqual(
    expect.stringMatching(/:7 The right choice is much longer/),
  );
  expect(after(given('Ask', long))).toContainEqual(
    expect.stringMatching(/:7 The right choice is much shorter/),
  );
});

test('a course in which length, place or truth is a good guess is told', () => {
  const same = after((all) => {
    const target = bank(all);
    for (let at = 0; at < 300; at++)
      target.questions.push(
        choice(`q${at}`, [['A short one'], ['A longer choice'], ['A small one']]),
      );
    for (const { question } of target.questions)
      if (question.kind === 'choice' && question.id.startsWith('q'))
        question.choices[1]!.correct = true;
  });
  expect(same).toContainEqual(expect.stringMatching(/that is the longest; at most 45 %/));
  expect(same).toContainEqual(expect.stringMatching(/the right choice is number 2; at most 50 %/));
  const truths = after((all) => {
    for (const { questions } of all.banks)
      for (const { question } of questions)
        if (question.kind === 'true-false') question.answer = true;
  });
  expect(truths).toContainEqual(
    expect.stringMatching(/statements only 0 are false; at least 25 %/),
  );
});

test('rows that all have one key are told', () => {
  const found = after((all) => {
    for (const { questions } of all.banks)
      for (const { question } of questions)
        if (question.kind === 'matrix')
          for (const row of question.rows) row.column = question.columns[0]!.id;
  });
  expect(found).toContainEqual(expect.stringMatching(/Every row has the same key/));
});

test('a graded question that is a copy of a practice question is told, with the one it copies', () => {
  const found = after((all) => {
    const original = bank(all).questions[0]!.question;
    bank(all, true).questions[0]!.question.prompt = original.prompt;
  });
  expect(found).toContainEqual(expect.stringMatching(/asks what practice asks in "sensitizing\//));
});

test('feedback of a check that stands in a lesson or in practice is told, with the place', () => {
  const secret = 'The river belongs to those who live by it.';
  const found = after((all) => {
    lesson(all).blocks.push(says(`She said: ${secret}`));
    const { question } = bank(all, true).questions.find((one) => one.question.kind === 'choice')!;
    if (question.kind === 'choice') question.choices[0]!.feedback = secret;
  });
  expect(found).toContainEqual(
    expect.stringMatching(
      /graded\.yaml:\d+ "The river .*" stands in ".*winners-and-losers" for all/,
    ),
  );
});

test('a sentence that stands in two lessons is told, with the other place', () => {
  const twice = 'Take the long road to the mill when the river is high in May.';
  const found = after((all) => {
    all.lessons[0]!.blocks.push(says(twice, 99));
    all.lessons[1]!.blocks.push(says(twice.replace('May', 'June'), 98));
  });
  expect(found).toContainEqual(
    expect.stringMatching(/02-new-duties\.mdx:98 .*stands in .*winners.*:99 too: say it once/),
  );
});

test('words of a source are found by their fingerprints, in lessons, questions, the glossary and cases', () => {
  const source =
    'The council of elders met under the great tree each year before the rains came to the valley below.';
  const copied =
    'We read that the council of elders met under the great tree each year before rain.';
  expect(sharedRun(copied, new Set(fingerprintsOf(source)))).toBe(
    'the council of elders met under the great',
  );
  expect(sharedRun('Elders met in the valley each year.', new Set(fingerprintsOf(source)))).toBe(
    undefined,
  );
  const found = after((all) => {
    all.fingerprints = new Set(fingerprintsOf(source));
    lesson(all).blocks.push(says(copied, 77));
    bank(all).questions[0]!.question.explanation = copied;
    all.glossary.terms[0]!.definition = copied;
    all.cases.entries[0]!.texts.push(copied);
  });
  expect(found.filter((one) => one.includes('say it in your own words'))).toHaveLength(4);
  expect(found).toContainEqual(expect.stringMatching(/winners.*mdx:77 "the council of elders/));
});

test('a term, a source and a figure that nothing uses are told', () => {
  const found = after((all) => {
    all.glossary.terms.push({ id: 'unused', definition: 'Nothing.', see: [], line: 5 });
    all.references.sources.push({ id: 'unread', line: 6, words: '' });
    all.references.sources.push({ id: 'case-only', line: 7, words: '' });
    all.cases.entries[0]!.sources.push('case-only');
    all.figures.push({ file: 'x/figures/lost.svg', name: 'lost', svg: '', used: false });
  });
  expect(found.filter((one) => one.includes('case-only'))).toEqual([]);
  expect(found).toContainEqual(
    expect.stringMatching(/en\.yaml:5 No lesson or question explains "unused"/),
  );
  expect(found).toContainEqual(expect.stringMatching(/references\.yaml:6 Nothing cites "unread"/));
  expect(found).toContainEqual(expect.stringMatching(/lost\.svg:1 Nothing shows this figure/));
});

test('labels that nobody could read in a figure are told', () => {
  const drawn = (body: string) =>
    checkLayout(`<svg viewBox="0 0 360 100">\n${body}\n</svg>`).map(({ message }) => message);
  expect(drawn('<text x="300" y="40">a long label at the edge</text>')).toEqual([
    '"a long label at the edge" runs out of the figure: shorten or move it.',
  ]);
  expect(drawn('<text x="20" y="40">one</text><text x="30" y="44">other</text>')).toEqual([
    '"one" and "other" cover each other: move one.',
  ]);
  expect(
    drawn(
      '<rect class="fill-primary" x="0" y="0" width="99" height="60"/><text x="9" y="30">ink</text>',
    ),
  ).toEqual(['"ink" is ink on a dark shape: give it the class t-on.']);
  expect(drawn('<text class="t-on" x="9" y="30">pale</text>')).toEqual([
    '"pale" is light on light: t-on is for dark shapes only.',
  ]);
  expect(drawn('<text class="t-red" x="9" y="30">red</text>')).toEqual([
    'There is no class "t-red" for figures: did you mean "t-mid"?',
  ]);
  expect(
    drawn('<g transform="translate(20 10)"><text x="9" y="30">moved along</text></g>'),
  ).toEqual([]);
  const found = after(
    (all) => (all.figures[0]!.svg = all.figures[0]!.svg.replace(/x="\d+"/g, 'x="900"')),
  );
  expect(found).toContainEqual(expect.stringMatching(/\.svg:\d+ ".*" runs out of the figure/));
});

test('an unknown name is told, and an invented place that is not called so', () => {
  const found = after((all) => {
    lesson(all).blocks.push(says('Then she moved to Zanduria, where it rains.', 61));
    lesson(all).blocks.push(says('In Sayota the carpenters wait for dry wood.', 62));
    bank(all, true).questions[0]!.question.prompt = 'In Sayota the wood is wet. What now?';
  });
  expect(found).toContainEqual(
    expect.stringMatching(/:61 "Zanduria" is not in courses\/names\.yaml/),
  );
  expect(found).toContainEqual(
    expect.stringMatching(/:62 Call Sayota invented where it first comes up/),
  );
  expect(found).toContainEqual(
    expect.stringMatching(/graded\.yaml:\d+ Call Sayota invented in the prompt/),
  );
});

test('a sum that does not come out, or that the lesson does not show, is told', () => {
  const table = ['12.50', '40', '1,200', '35 %', '17', '99'].map((text, at) => ({
    kind: 'cell' as const,
    text,
    line: 50 + at,
  }));
  const found = (worked: Manuscript['lessons'][number]['worked']) =>
    after((all) => {
      const one = all.lessons.find((each) => each.worked.length === 0)!;
      one.blocks.push(...table);
      one.worked = worked;
    }).filter((line) => /worked/.test(line));
  expect(found([])).toEqual([expect.stringMatching(/:50 This table reckons: add "worked"/)]);
  const given = { price: 12.5, sold: 40 };
  const sum = (shown: string, formula: string) =>
    found([{ given, finds: [{ shown, formula }], line: 3 }]);
  expect(sum('35', 'price + 22.5')).toEqual([]);
  expect(sum('99', 'price * sold')).toEqual([
    expect.stringMatching(/:3 worked: price \* sold makes 500, and not 99/),
  ]);
  expect(sum('500', 'price * sold')).toEqual([
    expect.stringMatching(/:3 worked: the lesson nowhere shows 500/),
  ]);
  expect(sum('99', 'price * bought')).toEqual([
    expect.stringMatching(/needs bought among "given"/),
  ]);
  expect(sum('99', 'price *')).toEqual([expect.stringMatching(/worked: .*is no formula/)]);
  expect(found([{ given: { lost: 7777 }, finds: [], line: 3 }])).toEqual([
    expect.stringMatching(/the lesson nowhere gives lost = 7777/),
  ]);
});
