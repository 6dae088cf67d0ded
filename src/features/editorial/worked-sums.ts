import { type Rule, error } from './finding.ts';
import { wordsOf } from './prose.ts';
import { compile, namesIn as namesOf } from '#features/questions/formula.ts';

const number = (text: string) => Number(text.replaceAll(/[,\s\u00a0]/g, ''));
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
export const workedSums: Rule = ({ lessons }) =>
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
