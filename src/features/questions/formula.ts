import jsep, { type Expression } from 'jsep';

type Values = Readonly<Record<string, number>>;
type Compute<S> = (scope: S) => number;

// Only what IEEE 754 defines to the last bit, so that every engine reckons alike.
const functions: Record<string, (...of: number[]) => number> = {
  abs: Math.abs,
  floor: Math.floor,
  ceil: Math.ceil,
  round: (value = NaN, decimals = 0) => {
    const scale = 10 ** Math.min(12, Math.max(0, Math.trunc(decimals)));
    return Math.round(value * scale) / scale;
  },
  sqrt: Math.sqrt,
  min: Math.min,
  max: Math.max,
  if: (condition = NaN, then = NaN, otherwise = NaN) => (condition ? then : otherwise),
  not: (condition = NaN) => Number(!condition),
};
const operators: Record<string, (one: number, other: number) => number> = {
  '+': (one, other) => one + other,
  '-': (one, other) => one - other,
  '*': (one, other) => one * other,
  '/': (one, other) => one / other,
  '^': power,
  '<': (one, other) => Number(one < other),
  '<=': (one, other) => Number(one <= other),
  '>': (one, other) => Number(one > other),
  '>=': (one, other) => Number(one >= other),
  '==': (one, other) => Number(one === other),
  and: (one, other) => Number(Boolean(one) && Boolean(other)),
  or: (one, other) => Number(Boolean(one) || Boolean(other)),
};

/** Whole powers by multiplying: Math.pow may differ in its last bit from engine to engine. */
function power(base: number, exponent: number): number {
  if (!Number.isInteger(exponent) || Math.abs(exponent) > 64) return NaN;
  let result = 1;
  for (let n = 0; n < Math.abs(exponent); n++) result *= base;
  return exponent < 0 ? 1 / result : result;
}

jsep.removeAllBinaryOps();
jsep.removeAllUnaryOps();
const precedences = {
  or: 1,
  and: 2,
  '==': 6,
  '<': 7,
  '<=': 7,
  '>': 7,
  '>=': 7,
  '+': 9,
  '-': 9,
  '*': 10,
  '/': 10,
};
for (const [sign, precedence] of Object.entries(precedences)) jsep.addBinaryOp(sign, precedence);
jsep.addBinaryOp('^', 11, true);
for (const sign of ['+', '-']) jsep.addUnaryOp(sign);

/** What people write who know formulas from elsewhere. */
const slips: [sign: RegExp, remedy: string][] = [
  [/[−–]/, 'Write the minus of the keyboard: -.'],
  [/=[<>]|[<>] =|[≤≥]/, 'Write <= or >=, with the = last.'],
  [/[^<>=!]=[^=]/, 'Write == to compare two values.'],
  [/%/, 'Take the % away: write 30, or 0.3 where a part of 1 is meant.'],
  [/&|\||\b(AND|OR|And|Or)\b/, 'Write "and" or "or", in small letters, between conditions.'],
  [/!|\b(not|NOT|Not)\b\s*[^\s(]/, 'Write not(…) around what must not hold.'],
  [/\b(did|happened) \w/, 'Write a point between, without spaces: did.roof.'],
  [/\d,\d/, 'Write decimals with a point: 0.3.'],
];
const slipIn = (formula: string) => slips.find(([sign]) => sign.test(formula))?.[1];

function parse(formula: string): Expression {
  try {
    return jsep(formula);
  } catch (error) {
    const open = formula.includes('(') ? 'Close every bracket that you open.' : '';
    const remedy = slipIn(formula) ?? open;
    throw new Error(`"${formula}" is no formula: ${(error as Error).message}. ${remedy}`.trim(), {
      cause: error,
    });
  }
}

const known = Object.keys(functions).join(', ');

/** The name that a node stands for, `trust` or `did.forum`; undefined where it is something else. */
function nameOf(node: Expression): string | undefined {
  if (node.type === 'Identifier') return node.name as string;
  if (node.type !== 'MemberExpression' || node.computed) return undefined;
  const owner = nameOf(node.object as Expression);
  return owner && `${owner}.${(node.property as Expression).name as string}`;
}

/** The frequent signs without one call more: a simulation reckons millions of them. */
function binary<S>(
  sign: string,
  operate: (one: number, other: number) => number,
  left: Compute<S>,
  right: Compute<S>,
): Compute<S> {
  switch (sign) {
    case '+':
      return (scope) => left(scope) + right(scope);
    case '-':
      return (scope) => left(scope) - right(scope);
    case '*':
      return (scope) => left(scope) * right(scope);
    case '<':
      return (scope) => (left(scope) < right(scope) ? 1 : 0);
    case '<=':
      return (scope) => (left(scope) <= right(scope) ? 1 : 0);
    case '>=':
      return (scope) => (left(scope) >= right(scope) ? 1 : 0);
    case 'and':
      return (scope) => (left(scope) && right(scope) ? 1 : 0);
    case 'or':
      return (scope) => (left(scope) || right(scope) ? 1 : 0);
    default:
      return (scope) => operate(left(scope), right(scope));
  }
}

type Read<S> = (name: string) => Compute<S>;

function build<S>(node: Expression, formula: string, read: Read<S>): Compute<S> {
  const refuse = (what: string): never => {
    throw new Error(
      `"${formula}" holds ${what}. ${slipIn(formula) ?? `A formula holds numbers, names, + - * / ^, < <= > >= ==, and, or, brackets and ${known}.`}`,
    );
  };
  const name = nameOf(node);
  if (name !== undefined) return read(name);
  switch (node.type) {
    case 'Literal': {
      const { value } = node;
      if (typeof value !== 'number') return refuse('a text');
      return () => value;
    }
    case 'UnaryExpression': {
      const of = build(node.argument as Expression, formula, read);
      return node.operator === '-' ? (scope) => -of(scope) : of;
    }
    case 'BinaryExpression': {
      const operate = operators[node.operator as string];
      if (!operate) return refuse(`the sign ${node.operator as string}`);
      // Mathematics reads -2 ^ 2 as -(2 ^ 2), the parser as (-2) ^ 2: nobody should have to know.
      if (node.operator === '^' && (node.left as Expression).type === 'UnaryExpression') {
        return refuse('a minus before a power; write 0 - (2 ^ 2)');
      }
      const left = build(node.left as Expression, formula, read);
      const right = build(node.right as Expression, formula, read);
      return binary(node.operator as string, operate, left, right);
    }
    case 'CallExpression': {
      const callee = node.callee as Expression;
      const called = nameOf(callee) ?? '';
      const call = Object.hasOwn(functions, called) ? functions[called] : undefined;
      if (!call) return refuse(`the function "${called}"`);
      const given = (node.arguments as Expression[]).map((one) => build(one, formula, read));
      // Without a list at every call: a simulation reckons millions of them.
      const [first, second, third] = given;
      if (!first) return () => call();
      if (!second) return (scope) => call(first(scope));
      if (!third) return (scope) => call(first(scope), second(scope));
      return (scope) => call(...given.map((one) => one(scope)));
    }
    default:
      return refuse(
        /\d,\d/.test(formula) ? 'a comma between numbers' : 'something that is no arithmetic',
      );
  }
}

/**
 * Makes a formula ready to reckon with: numbers, names (`trust`, `did.forum`), + - * / ^, brackets, comparisons, and, or
 * (which give 1 or 0), and abs, floor, ceil, round, sqrt, min, max, if, not.
 *
 * `read` says once how a name is read. Nothing in a formula is ever run as code, and all that is reckoned is what IEEE 754
 * defines to the last bit. Throws a sentence for the author when it is no such formula.
 */
export function compileWith<S>(formula: string, read: Read<S>): Compute<S> {
  return build(parse(formula), formula, read);
}

/** A formula over named values; see `compileWith`. A name without a value reckons as NaN. */
export function compile(formula: string): Compute<Values> {
  return compileWith(
    formula,
    (name) => (values: Values) => (Object.hasOwn(values, name) ? values[name]! : NaN),
  );
}

/** The names that a formula reckons with. Throws as `compileWith` does. */
export function namesIn(formula: string): string[] {
  const names = new Set<string>();
  compileWith(formula, (name) => {
    names.add(name);
    return () => NaN;
  });
  return [...names];
}
