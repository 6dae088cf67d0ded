import jsep, { type Expression } from 'jsep';
// Also sets the parser up for our arithmetic.
import { compile } from '#features/questions/formula.ts';

interface Style {
  name(name: string): string;
  power(base: string, exponent: string): string;
}

const isPower = ({ type, callee }: Expression) =>
  type === 'CallExpression' && (callee as Expression).name === 'pow';
const isOperation = (node: Expression) => /^(Binary|Unary)/.test(node.type) || isPower(node);

function print(node: Expression, style: Style): string {
  const within = (inner: unknown) => {
    const text = print(inner as Expression, style);
    return isOperation(inner as Expression) ? `(${text})` : text;
  };
  switch (node.type) {
    case 'Literal':
      return node.raw as string;
    case 'Identifier':
      return style.name(node.name as string);
    case 'UnaryExpression':
      return `${node.operator as string}${within(node.argument)}`;
    case 'BinaryExpression':
      return node.operator === '^'
        ? style.power(within(node.left), within(node.right))
        : `${within(node.left)} ${node.operator as string} ${within(node.right)}`;
    case 'CallExpression': {
      const name = (node.callee as Expression).name as string;
      const given = node.arguments as Expression[];
      if (isPower(node) && given.length === 2) {
        return style.power(within(given[0]), within(given[1]));
      }
      return `${name}(${given.map((one) => print(one, style)).join(', ')})`;
    }
    default:
      throw new Error('This is no arithmetic.');
  }
}

/** Our formula in Moodle's way of writing: parameters in braces, powers as `pow`. It reckons alike, step by step. */
export const toMoodleFormula = (formula: string): string =>
  print(jsep(formula), {
    name: (name) => `{${name}}`,
    power: (base, exponent) => `pow(${base}, ${exponent})`,
  });

/** Moodle's formula in ours. Throws a sentence when it holds something that ours have not. */
export function fromMoodleFormula(formula: string): string {
  const bare = formula
    .trim()
    .replace(/^=/, '')
    .replace(/\{([^{}]+)\}/g, (_, name: string) => name.trim())
    .replaceAll('**', '^');
  let ours: string;
  try {
    ours = print(jsep(bare), {
      name: (name) => name,
      power: (base, exponent) => `${base} ^ ${exponent}`,
    });
  } catch (error) {
    throw new Error(`"${formula}" is no formula that we can read.`, { cause: error });
  }
  compile(ours);
  return ours;
}

/** Whether Moodle would reckon something within a text, such as `{={a}*2}`. */
export const reckonsWithin = (text: string): boolean => /\{=[^{}]*(\{[^{}]*\}[^{}]*)*\}/.test(text);
