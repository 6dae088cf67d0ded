import jsep, { type Expression } from 'jsep';

type Values = Readonly<Record<string, number>>;
type Compute = (values: Values) => number;

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
};
const operators: Record<string, (one: number, other: number) => number> = {
  '+': (one, other) => one + other,
  '-': (one, other) => one - other,
  '*': (one, other) => one * other,
  '/': (one, other) => one / other,
  '^': power,
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
for (const [sign, precedence] of Object.entries({ '+': 9, '-': 9, '*': 10, '/': 10 })) {
  jsep.addBinaryOp(sign, precedence);
}
jsep.addBinaryOp('^', 11, true);
for (const sign of ['+', '-']) jsep.addUnaryOp(sign);

function parse(formula: string): Expression {
  try {
    return jsep(formula);
  } catch (error) {
    throw new Error(`"${formula}" is no formula: ${(error as Error).message}`, { cause: error });
  }
}

const known = Object.keys(functions).join(', ');

function build(node: Expression, formula: string): Compute {
  const refuse = (what: string): never => {
    throw new Error(
      `"${formula}" holds ${what}. A formula holds numbers, names, + - * / ^, brackets and ${known}.`,
    );
  };
  switch (node.type) {
    case 'Literal': {
      const { value } = node;
      if (typeof value !== 'number') return refuse('a text');
      return () => value;
    }
    case 'Identifier': {
      const name = node.name as string;
      return (values) => (Object.hasOwn(values, name) ? values[name]! : NaN);
    }
    case 'UnaryExpression': {
      const of = build(node.argument as Expression, formula);
      return node.operator === '-' ? (values) => -of(values) : of;
    }
    case 'BinaryExpression': {
      const operate = operators[node.operator as string];
      if (!operate) return refuse(`the sign ${node.operator as string}`);
      // Mathematics reads -2 ^ 2 as -(2 ^ 2), the parser as (-2) ^ 2: nobody should have to know.
      if (node.operator === '^' && (node.left as Expression).type === 'UnaryExpression') {
        return refuse('a minus before a power; write 0 - (2 ^ 2)');
      }
      const left = build(node.left as Expression, formula);
      const right = build(node.right as Expression, formula);
      return (values) => operate(left(values), right(values));
    }
    case 'CallExpression': {
      const callee = node.callee as Expression;
      const name = callee.type === 'Identifier' ? (callee.name as string) : '';
      const call = Object.hasOwn(functions, name) ? functions[name] : undefined;
      if (!call) return refuse(`the function "${name}"`);
      const given = (node.arguments as Expression[]).map((one) => build(one, formula));
      return (values) => call(...given.map((one) => one(values)));
    }
    default:
      return refuse('something that is no arithmetic');
  }
}

/**
 * Makes a formula ready to reckon with: numbers, names, + - * / ^, brackets, and abs, floor, ceil, round, sqrt, min, max.
 *
 * Nothing in it is ever run as code. Throws a sentence for the author when it is no such formula. A name without a value
 * reckons as NaN.
 */
export function compile(formula: string): Compute {
  return build(parse(formula), formula);
}

/** The names that a formula reckons with. Throws as `compile` does. */
export function namesIn(formula: string): string[] {
  compile(formula);
  const names = new Set<string>();
  const visit = (node: Expression) => {
    if (node.type === 'Identifier') names.add(node.name as string);
    if (node.type === 'UnaryExpression') visit(node.argument as Expression);
    if (node.type === 'BinaryExpression') {
      visit(node.left as Expression);
      visit(node.right as Expression);
    }
    if (node.type === 'CallExpression') (node.arguments as Expression[]).forEach(visit);
  };
  visit(parse(formula));
  return [...names];
}
