import fc from 'fast-check';
import { expect, test } from 'vitest';
import { grade, settled } from '#features/questions/questions.ts';
import { answersTo, mapped, questionsByKind, rounded } from '../../../tests/support/exchanged.ts';
import { exportGift, importGift } from './gift.server.ts';
import type { Exported, ImportResult } from './interop.ts';
import { importMoodleXml } from './moodle-xml-import.server.ts';
import { exportMoodleXml } from './moodle-xml.server.ts';

const formats: [string, typeof exportGift, (text: string) => ImportResult][] = [
  ['GIFT', exportGift, (text) => importGift(text, { outcome: 'lost' })],
  ['Moodle XML', exportMoodleXml, (text) => importMoodleXml(text, { outcome: 'lost' })],
];
const textOf = ({ file }: Exported) => new TextDecoder().decode(file.body);

for (const [format, exported, imported] of formats) {
  test.for(Object.keys(questionsByKind))(
    `a %s question that went to ${format} and back marks as before`,
    { timeout: 60_000 },
    (kind) => {
      let back = 0;
      fc.assert(
        fc.property(questionsByKind[kind]!, fc.integer(), (question, seed) => {
          const out = exported({ title: 'Jobs / places', questions: [question], figures: {} });
          const left = out.losses.some(({ what }) => what.startsWith('Left out'));
          const result = imported(textOf(out));
          if (left) {
            expect(result.ok ? result.imported.exchange.questions : []).toEqual([]);
            return;
          }
          if (!result.ok) throw new Error(`${JSON.stringify(result.faults)}\n${textOf(out)}`);
          const { exchange, losses } = result.imported;
          const [again] = exchange.questions;
          if (!again) throw new Error(`${JSON.stringify(losses)}\n${textOf(out)}`);
          back++;
          expect(exchange.title).toBe('Jobs / places');
          expect(again).toMatchObject({
            id: question.id,
            outcome: question.outcome,
            difficulty: question.difficulty,
          });
          const [before, after] = [settled(question, seed), settled(again, seed)];
          for (const answer of fc.sample(answersTo(before), { seed, numRuns: 20 })) {
            expect(rounded(grade(after, mapped(answer, before, after)))).toEqual(
              rounded(grade(before, answer)),
            );
          }
        }),
        // Always the same questions: of others, too many could be ones that a format leaves out.
        { numRuns: 100, seed: 20 },
      );
      const never = format === 'GIFT' && kind === 'calculated';
      if (never) expect(back).toBe(0);
      else expect(back).toBeGreaterThan(10);
    },
  );
}
