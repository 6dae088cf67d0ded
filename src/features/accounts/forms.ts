import { z } from 'zod';

// Messages are keys of the interface's texts (`accounts.errors`), so that they speak the reader's language.
const Name = z
  .string()
  .trim()
  .min(1, 'nameMissing')
  .max(80, 'nameLong')
  // Signs that nobody sees, one of which PostgreSQL can't store.
  .regex(/^\P{Cc}*$/u, 'nameShape');
const Email = z.string().trim().toLowerCase().pipe(z.email('emailWrong').max(200, 'emailWrong'));
const NewPassword = z.string().min(10, 'passwordShort').max(200, 'passwordLong');
const Password = z.string().min(1, 'passwordMissing').max(200, 'passwordLong');

/** Six digits that are not the first ones anybody would try. */
export const Pin = z
  .string()
  .trim()
  .regex(/^\d{6}$/, 'pinShape')
  .refine((pin) => !/^(\d)\1{5}$/.test(pin) && !'0123456789876543210'.includes(pin), 'pinEasy');

/** A join code as people type it: any case, with or without the hyphen and spaces. */
export const JoinCode = z
  .string()
  .transform((code) => code.toUpperCase().replace(/[^A-Z0-9]/g, ''))
  .pipe(z.string().length(8, 'codeShape'));

export const SignUpForm = z.object({ name: Name, email: Email, password: NewPassword });
export const SignInForm = z.object({ email: Email, password: Password });
export const PinForm = z.object({
  code: JoinCode,
  name: Name,
  pin: z
    .string()
    .trim()
    .regex(/^\d{6}$/, 'pinShape'),
});
export const JoinForm = z.object({ code: JoinCode, name: Name, pin: Pin });
export const CodeForm = z.object({ code: JoinCode });
export const ResetRequestForm = z.object({ email: Email });
export const NewPasswordForm = z.object({ password: NewPassword });
export const ChangePasswordForm = z.object({ current: Password, password: NewPassword });
export const RoleForm = z.object({
  account: z.uuid(),
  role: z.enum(['learner', 'instructor', 'administrator']),
});
export const EraseForm = z.object({ confirm: z.literal('yes', 'eraseConfirm') });
