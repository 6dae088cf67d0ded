import { z } from 'zod';

const Id = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'use lower-case words joined by hyphens');
const Text = z.string().trim().min(1, 'must not be empty');

/** The evidence ladder that the lesson "What travels, and what does not" teaches, strongest first. */
export const rungs = ['A', 'B', 'C', 'D', 'E'] as const;
const Rung = z.enum(rungs);

/** What a case can be looked up by. */
export const themes = [
  'forums',
  'agencies',
  'law',
  'finance',
  'value-chains',
  'tourism',
  'green-work',
  'informal-work',
  'women',
  'young-people',
  'peace',
] as const;

/** `courses/cases/<lang>.yaml`: what is known of places that tried, and how well. */
export const Cases = z.record(
  Id,
  z.strictObject({
    title: Text,
    countries: z.array(Text).min(1),
    years: Text.describe('As a reader sees it: 2002–2011.'),
    themes: z.array(z.enum(themes)).min(1),
    evidence: Rung.describe('How well its results are known; not how good they are.'),
    evidenceBecause: Text,
    summary: Text,
    facts: z.array(z.strictObject({ text: Text, rung: Rung, source: Id })).min(1),
    disagree: Text.optional().describe('Where sources differ.'),
    unknown: Text.describe('What was looked for and not found.'),
    take: Text.describe('What a district can take from it.'),
    lessons: z.array(Text).default([]).describe('Ids of lessons that tell it.'),
  }),
);
export type Cases = z.infer<typeof Cases>;
