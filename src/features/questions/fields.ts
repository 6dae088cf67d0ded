import type { Template } from '#i18n/say.ts';
import type { Answer } from './answer.ts';
import type { Remark } from './kind.ts';
import type { AskedQuestion } from './questions.ts';

/** What the fields of every kind of question are given. Texts are HTML made by the server, except labels. */
export interface FieldsProps<Asked = AskedQuestion, Given = Answer> {
  question: Asked;
  /** The answer so far, perhaps half of one. */
  answer: Given | undefined;
  onanswer: (answer: Given) => void;
  disabled: boolean;
  /** Said beside what it is about, after checking. */
  remarks: Remark[];
  words: Record<string, Template>;
  /** Unlike on the rest of the page, for ids. */
  name: string;
}
