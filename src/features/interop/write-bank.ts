import { Document, type YAMLMap, type YAMLSeq, isMap, isSeq, visit } from 'yaml';
import { Question } from '#features/questions/question.ts';
import type { Exchange } from './interop.ts';

type Value = unknown;
const isList = (value: Value): value is Value[] => Array.isArray(value);
const isObject = (value: Value): value is Record<string, Value> =>
  value !== null && typeof value === 'object' && !isList(value);

/** The question without what the schema fills in by itself: every value that can go and comes back is a default. */
function withoutDefaults(question: Question): object {
  const whole = JSON.stringify(Question.parse(question));
  const rest = structuredClone(question) as Record<string, Value>;
  const same = () => {
    const read = Question.safeParse(rest);
    return read.success && JSON.stringify(read.data) === whole;
  };
  const strip = (value: Value) => {
    if (isList(value)) value.forEach(strip);
    if (!isObject(value)) return;
    for (const [name, inner] of Object.entries(value)) {
      // Deleted and put back, a value would stand last.
      const before = { ...value };
      Reflect.deleteProperty(value, name);
      if (same()) continue;
      for (const key of Object.keys(value)) Reflect.deleteProperty(value, key);
      Object.assign(value, before);
      strip(inner);
    }
  };
  strip(rest);
  return rest;
}

// As authors write them: what a question is, before what it asks.
const first = ['id', 'kind', 'multiple', 'outcome', 'difficulty', 'prompt', 'figure'];
const last = ['hints', 'explanation', 'reread'];
const rank = (name: string) =>
  first.includes(name) ? first.indexOf(name) : last.includes(name) ? 100 + last.indexOf(name) : 50;

const inOrder = (question: object) =>
  Object.fromEntries(Object.entries(question).sort(([one], [other]) => rank(one) - rank(other)));

/** Small things that have neither list nor long text read best on one line. */
function shorten(document: Document) {
  visit(document, {
    Map(_, map) {
      const texts = map.items.map(({ value }) => value);
      if (texts.some((value) => isMap(value) || isSeq(value))) return;
      if (map.items.length <= 3 && JSON.stringify(map.toJSON()).length < 80) {
        map.flow = map.items.length > 1 && !map.has('feedback') && !map.has('accept');
      }
    },
  });
}

/** What an author has to decide on; they stand at the top of the file. */
const graded = (title: string, questions: number) => ({
  title,
  draw: questions,
  pass: 0.75,
  attempts: 3,
});

/**
 * A bank as a file in our YAML, without anything that goes without saying. Read again, it has the same questions.
 *
 * A graded bank gets settings to begin with; a practice bank has no title but in a comment.
 */
export function bankYaml(
  { title, questions }: Exchange,
  bank: 'practice' | 'graded' = 'practice',
): string {
  const list = questions.map((question) => inOrder(withoutDefaults(question)));
  const settings = bank === 'graded' ? graded(title, questions.length) : {};
  const document = new Document({ ...settings, questions: list });
  if (bank === 'practice' && title) document.commentBefore = ` ${title.replace(/\s+/g, ' ')}`;
  const nodes = document.get('questions') as YAMLSeq<YAMLMap>;
  nodes.items.slice(1).forEach((node) => {
    node.spaceBefore = true;
  });
  shorten(document);
  return document.toString({ lineWidth: 0, flowCollectionPadding: true, singleQuote: true });
}
