import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parse, stringify } from 'yaml';
import { CourseFrame, activityId } from '#features/catalog/course.ts';

const body = `Name a place and a person. What happens there, on which day? If the place is invented, say so.

## What lies behind it

Explain one idea, in short sentences. Explain each hard word with a Term, and cite each fact with a Source.

## An example with numbers

Show the method once, with numbers that can be followed with a pencil. Put the sum under "worked" at the top.

<Figure name="SLUG" caption="Say what the figure shows that words can't." />

<Note kind="try" title="On Monday">

One thing to do in the reader's own place.

</Note>

<Reflect id="SLUG-note">What would this look like where you live?</Reflect>

<Quiz name="SLUG" />

## What to remember

- The idea in one line.
`;
const figure = `<svg viewBox="0 0 360 200" xmlns="http://www.w3.org/2000/svg">
  <title>TITLE</title>
  <desc>Say in words what can be seen, so that nobody needs eyes for it.</desc>
  <path class="line" d="M20 160 C120 40 240 180 340 60" />
  <text x="20" y="186">Here</text>
  <text class="t-end" x="340" y="46">There</text>
</svg>
`;
const trueFalse = (id: string, outcome: string) => ({
  id,
  kind: 'true-false',
  outcome,
  difficulty: 'easy',
  prompt: 'Write a statement that a reader could take for true.',
  answer: false,
  feedback: { true: 'Say what is overlooked by this answer.', false: 'Say why it is false.' },
});

/**
 * Writes a lesson to begin with, its practice questions and its figure, at the end of a module.
 *
 * What it writes is read without a fault; the check then lists what is still to be written. Existing files are left
 * alone. Returns the files written, from the folder of courses.
 *
 * @throws Error with a sentence for the author when there is no such module, or the slug is taken or can't be one.
 */
export function newLesson(
  folder: string,
  {
    module,
    slug,
    title,
    language = 'en',
  }: {
    module: string;
    slug: string;
    title: string;
    language?: string;
  },
): string[] {
  const [course = '', part = ''] = module.split('/');
  const frame = path.join(folder, course, 'course.yaml');
  if (!existsSync(frame)) throw new Error(`There is no course "${course}" in ${folder}.`);
  const { modules, outcomes } = CourseFrame.parse(parse(readFileSync(frame, 'utf8')));
  const name = readdirSync(path.join(folder, course, language)).find(
    (one) => /^\d+-/.test(one) && one.replace(/^\d+-/, '') === part,
  );
  if (!name)
    throw new Error(
      `The course "${course}" has no module "${part}". It has: ${modules.join(', ')}.`,
    );
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(slug))
    throw new Error(`"${slug}" can't be a slug: use lower-case words joined by hyphens.`);
  const place = `${course}/${language}/${name}`;
  const there = readdirSync(path.join(folder, place));
  const taken = there.find((one) => activityId(`${place}/${one}`) === `${module}/${slug}`);
  if (taken) throw new Error(`"${slug}" is taken by ${place}/${taken}: choose another slug.`);

  const numbers = there.filter((one) => one.endsWith('.mdx')).map((one) => Number.parseInt(one));
  const number = String(Math.max(0, ...numbers) + 1).padStart(2, '0');
  const outcome = outcomes[0]!;
  const front = {
    title,
    summary: 'Say in one line what the reader gains.',
    minutes: 10,
    outcomes: [outcome],
  };
  const questions = `${slug}-practice`;
  const text = body.replaceAll('name="SLUG" />', `name="${questions}" />`).replaceAll('SLUG', slug);
  const files: Record<string, string> = {
    [`${place}/${number}-${slug}.mdx`]: `---\n${stringify(front)}---\n\n${text}`,
    [`${place}/${questions}.practice.yaml`]: stringify({
      questions: ['first', 'second', 'third'].map((id) => trueFalse(id, outcome)),
    }),
    [`${place}/figures/${slug}.svg`]: figure.replace(
      'TITLE',
      title.replaceAll('&', '&amp;').replaceAll('<', '&lt;'),
    ),
  };
  mkdirSync(path.join(folder, place, 'figures'), { recursive: true });
  for (const [file, content] of Object.entries(files)) {
    writeFileSync(path.join(folder, file), content, { flag: 'wx' });
  }
  return Object.keys(files);
}
