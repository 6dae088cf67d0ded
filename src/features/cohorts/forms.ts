import { z } from 'zod';

const day = z
  .string()
  .refine((text) => text === '' || z.iso.date().safeParse(text).success, 'dateShape')
  .transform((text) => text || null);

/** A new cohort, or changes to one. Messages are keys of the interface's texts (`cohorts.errors`). */
export const CohortForm = z
  .object({
    name: z.string().trim().min(1, 'nameMissing').max(80, 'nameLong'),
    course: z.string().min(1, 'courseMissing'),
    starts_on: day.default(null),
    ends_on: day.default(null),
  })
  .refine(({ starts_on, ends_on }) => !starts_on || !ends_on || starts_on <= ends_on, {
    message: 'datesTurned',
    path: ['ends_on'],
  });

/** How the members' table is looked at; anything unusable falls back. */
export const MembersQuery = z.object({
  page: z.coerce.number().int().min(1).catch(1),
  search: z
    .string()
    .transform((text) => text.replaceAll('\0', ''))
    .pipe(z.string().trim().max(80))
    .catch(''),
  sort: z.enum(['name', 'done', 'seen']).catch('name'),
  show: z.enum(['all', 'not-begun', 'quiet', 'finished']).catch('all'),
});
export type MembersQuery = z.infer<typeof MembersQuery>;
