import { ItemError } from './fault.js';
import type { Comparable, View } from './fields/field.js';
import { compare, readPath } from './path.js';
import type { XmlElement } from './xml-element.js';

type Test = (view: View) => boolean;

/** A custom property's value that an item must have: what an index can answer. */
interface Wanted {
  readonly property: string;
  readonly value: string;
}

export interface Restriction {
  readonly test: Test;
  /** If set, only items that have one of these can match. */
  readonly wanted: readonly Wanted[] | undefined;
}

// The documentation's limit; beyond it Exchange answers ErrorRestrictionTooComplex.
const MAX_NODES = 255;

/** @throws ItemError for paths that cannot be searched by, or a restriction beyond Exchange's limit */
export function readRestriction(restriction: XmlElement): Restriction {
  const budget = { nodes: MAX_NODES };
  const [expression] = restriction.children;
  if (expression === undefined) throw new Error('the grammar let an empty Restriction pass');
  return { test: readExpression(expression, budget), wanted: wantedBy(expression) };
}

function readExpression(expression: XmlElement, budget: { nodes: number }): Test {
  budget.nodes -= 1;
  if (budget.nodes < 0) throw new ItemError('ErrorRestrictionTooComplex', 'The restriction is too complex.');
  const parts = expression.children;
  switch (expression.name) {
    case 't:And': {
      const tests = parts.map((part) => readExpression(part, budget));
      return (view) => tests.every((test) => test(view));
    }
    case 't:Or': {
      const tests = parts.map((part) => readExpression(part, budget));
      return (view) => tests.some((test) => test(view));
    }
    case 't:Not': {
      const tests = parts.map((part) => readExpression(part, budget));
      return (view) => !tests.some((test) => test(view));
    }
    case 't:Exists':
      return readExists(expression);
    case 't:Contains':
      return readContains(expression);
    case 't:Excludes':
      return readExcludes(expression);
    default:
      return readComparison(expression);
  }
}

const COMPARISONS: Readonly<Record<string, (order: number) => boolean>> = {
  't:IsEqualTo': (order) => order === 0,
  't:IsNotEqualTo': (order) => order !== 0,
  't:IsGreaterThan': (order) => order > 0,
  't:IsGreaterThanOrEqualTo': (order) => order >= 0,
  't:IsLessThan': (order) => order < 0,
  't:IsLessThanOrEqualTo': (order) => order <= 0,
};

function readComparison(expression: XmlElement): Test {
  const [path, operand] = expression.children;
  const holds = COMPARISONS[expression.name];
  const other = operand?.children[0];
  if (path === undefined || other === undefined || holds === undefined) {
    throw new ItemError('ErrorUnsupportedQueryFilter', 'The search filter is not supported.');
  }
  const left = readPath(path);
  const right = other.name === 't:Constant' ? undefined : readPath(other);
  const constant = other.attribute('Value') ?? '';
  return (view) => {
    const value = left.read(view);
    // What an item has not compares with nothing, except that it differs.
    if (value === undefined) return expression.name === 't:IsNotEqualTo';
    const meets = (one: Comparable) =>
      holds(compare(one, right === undefined ? left.constant(constant, one) : right.read(view)));
    return typeof value === 'object' ? value.some(meets) : meets(value);
  };
}

function readExists(expression: XmlElement): Test {
  const [path] = expression.children;
  if (path === undefined) throw new Error('the grammar let Exists pass without a path');
  const { read } = readPath(path);
  return (view) => read(view) !== undefined;
}

function readContains(expression: XmlElement): Test {
  const [path] = expression.children;
  if (path === undefined) throw new Error('the grammar let Contains pass without a path');
  const { read } = readPath(path);
  const ignoresCase = (expression.attribute('ContainmentComparison') ?? 'Exact') !== 'Exact';
  const fold = (text: string) => (ignoresCase ? text.toLowerCase() : text);
  const wanted = fold(expression.required('t:Constant').attribute('Value') ?? '');
  const mode = expression.attribute('ContainmentMode') ?? 'FullString';
  return (view) => {
    const value = read(view);
    return typeof value === 'object'
      ? value.some((one) => contains(one, wanted, mode, fold))
      : contains(value, wanted, mode, fold);
  };
}

function contains(value: Comparable, wanted: string, mode: string, fold: (text: string) => string): boolean {
  if (typeof value !== 'string') return false;
  const text = fold(value);
  if (mode === 'FullString') return text === wanted;
  if (mode === 'Prefixed') return text.startsWith(wanted);
  if (mode === 'Substring') return text.includes(wanted);
  const words = text.split(/[^\p{L}\p{N}]+/u);
  if (mode === 'PrefixOnWords') return words.some((word) => word.startsWith(wanted));
  return ` ${words.join(' ')} `.includes(` ${wanted} `);
}

function readExcludes(expression: XmlElement): Test {
  const [path, bitmask] = expression.children;
  if (path === undefined || bitmask === undefined) throw new Error('the grammar let Excludes pass without its parts');
  const { read } = readPath(path);
  const mask = Number(bitmask.attribute('Value') ?? 0);
  return (view) => (Number(read(view) ?? 0) & mask) === 0;
}

/** The values of which an item must have one, if the restriction says so much: IsEqualTo, and Or or And around it. */
function wantedBy(expression: XmlElement): readonly Wanted[] | undefined {
  if (expression.name === 't:IsEqualTo') {
    const [path, operand] = expression.children;
    const constant = operand?.children[0];
    if (path?.name !== 't:ExtendedFieldURI' || constant?.name !== 't:Constant') return undefined;
    const { property } = readPath(path);
    return property === undefined ? undefined : [{ property, value: constant.attribute('Value') ?? '' }];
  }
  if (expression.name === 't:And') return expression.children.map(wantedBy).find((wanted) => wanted !== undefined);
  if (expression.name !== 't:Or') return undefined;
  const all = expression.children.map(wantedBy);
  return all.every((wanted) => wanted !== undefined) ? all.flatMap((wanted) => wanted ?? []) : undefined;
}
