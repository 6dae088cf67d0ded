import { describe, expect, test } from 'vitest';
import { wordsIn } from '#i18n/words.ts';
import { EraseForm, JoinCode, JoinForm, Pin, PinForm, RoleForm, SignUpForm } from './forms.ts';

const { errors } = wordsIn('en').accounts;
const amina = { name: 'Amina', email: 'amina@example.org', password: 'three green mangoes' };
const faultsOf = (change: object) =>
  SignUpForm.safeParse({ ...amina, ...change }).error?.issues.map(({ message }) => message);

test('a name and an address typed with spaces and capitals are taken as they are meant', () => {
  expect(
    SignUpForm.parse({ ...amina, name: '  Amina ', email: ' Amina@Example.ORG ' }),
  ).toMatchObject({ name: 'Amina', email: 'amina@example.org' });
});

test('a password keeps its spaces', () => {
  const password = '  ten and more  ';
  expect(SignUpForm.parse({ ...amina, password }).password).toBe(password);
});

describe('signing up says what is wrong, in words of the interface', () => {
  test.for([
    [{ name: '   ' }, 'nameMissing'],
    [{ name: 'x'.repeat(81) }, 'nameLong'],
    [{ email: 'amina' }, 'emailWrong'],
    [{ email: `${'x'.repeat(200)}@example.org` }, 'emailWrong'],
    [{ password: 'nine char' }, 'passwordShort'],
    [{ password: 'x'.repeat(201) }, 'passwordLong'],
  ] as const)('%j: %s', ([change, message]) => {
    expect(faultsOf(change)).toContain(message);
    expect(errors).toHaveProperty(message);
  });
});

describe('a PIN', () => {
  test.for(['480217', ' 480217 '])('%s is taken', (pin) => {
    expect(Pin.parse(pin)).toBe('480217');
  });

  test.for(['000000', '777777', '012345', '123456', '456789', '654321', '987654', '543210'])(
    '%s is what anybody would try first',
    (pin) => {
      expect(Pin.safeParse(pin).error?.issues[0]?.message).toBe('pinEasy');
    },
  );

  test.for(['48021', '4802170', '48O217', '', '٤٨٠٢١٧'])('%s is not six digits', (pin) => {
    expect(Pin.safeParse(pin).error?.issues[0]?.message).toBe('pinShape');
  });

  test('given by an instructor long ago still signs in, even an easy one', () => {
    expect(PinForm.safeParse({ code: 'ACDEFGHJ', name: 'Rosa', pin: '123456' }).success).toBe(true);
    expect(JoinForm.safeParse({ code: 'ACDEFGHJ', name: 'Rosa', pin: '123456' }).success).toBe(
      false,
    );
  });
});

test.for(['ACDEFGHJ', 'acde-fghj', ' acde fghj ', 'ACDE–FGHJ', 'a.c.d.e.f.g.h.j'])(
  'a join code typed as "%s" is understood',
  (typed) => {
    expect(JoinCode.parse(typed)).toBe('ACDEFGHJ');
  },
);

test.for(['', 'ACDE', 'ACDEFGHJK', '????????'])('"%s" is no join code', (typed) => {
  expect(JoinCode.safeParse(typed).error?.issues[0]?.message).toBe('codeShape');
});

test('nobody is given a role that there is not, and nothing is erased without a yes', () => {
  const account = crypto.randomUUID();
  expect(RoleForm.safeParse({ account, role: 'instructor' }).success).toBe(true);
  expect(RoleForm.safeParse({ account, role: 'owner' }).success).toBe(false);
  expect(RoleForm.safeParse({ account: '1 or 1=1', role: 'learner' }).success).toBe(false);
  expect(EraseForm.safeParse({}).success).toBe(false);
  expect(EraseForm.safeParse({ confirm: 'no' }).success).toBe(false);
  expect(EraseForm.safeParse({ confirm: 'yes' }).success).toBe(true);
});

test('a name with a NUL, which PostgreSQL cannot store, is not accepted', () => {
  const form = { name: 'A\u0000b', email: 'a@b.org', password: 'ten letters' };
  expect(SignUpForm.safeParse(form).success).toBe(false);
});
