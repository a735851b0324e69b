import type { PropertyName } from '../../calendar/property-name.js';
import type { EventView } from '../event-view.js';
import { propertyNamed, valueOf } from '../fields/extended-property.js';
import { GraphError } from '../graph-error.js';
import { comparable, literalOf } from './comparable.js';
import { Tokens } from './tokens.js';

export interface Filter {
  test(view: EventView): boolean;
  /** A custom property's value that an event must have: what an index can answer. */
  readonly wanted: { readonly property: PropertyName; readonly value: string } | undefined;
}

const ORDERS: ReadonlyMap<string, (order: number) => boolean> = new Map<string, (order: number) => boolean>([
  ['eq', (order) => order === 0],
  ['ne', (order) => order !== 0],
  ['gt', (order) => order > 0],
  ['ge', (order) => order >= 0],
  ['lt', (order) => order < 0],
  ['le', (order) => order <= 0],
]);

/** Conditions joined by `and`. @throws GraphError for everything else: a condition that is passed over finds too much */
export function readFilter(text: string): Filter {
  const tokens = new Tokens(text, 'filter');
  const filter = conjunction(tokens);
  if (!tokens.isAtEnd) throw tokens.unexpected();
  return filter;
}

function conjunction(tokens: Tokens): Filter {
  const filters = [condition(tokens)];
  while (tokens.takeIf('and')) filters.push(condition(tokens));
  if (isWord(tokens, 'or')) throw invalidNodes();
  const wanted = filters.find((filter) => filter.wanted !== undefined)?.wanted;
  return { test: (view) => filters.every((filter) => filter.test(view)), wanted };
}

function condition(tokens: Tokens): Filter {
  if (tokens.takeIf('(')) {
    const inner = conjunction(tokens);
    tokens.expect(')');
    return inner;
  }
  if (isWord(tokens, 'not')) throw invalidNodes();
  const path = tokens.take('word');
  if (tokens.takeIf('(')) {
    const name = path.toLowerCase();
    if (name === 'singlevalueextendedproperties/any') return withProperty(tokens);
    if (name === 'startswith') return startsWith(tokens);
    throw invalidNodes();
  }
  return comparison(path, tokens);
}

function comparison(path: string, tokens: Tokens): Filter {
  const operator = tokens.take('word').toLowerCase();
  const left = comparable(path);
  const holds = ORDERS.get(operator);
  if (holds === undefined) throw tokens.unexpected();
  const isQuoted = tokens.peek()?.kind === 'string';
  const literal = isQuoted ? tokens.take('string') : tokens.take('word');
  if (left === undefined || (left.kind !== 'moment' && operator !== 'eq' && operator !== 'ne')) throw invalidNodes();
  const right = literalOf(left.kind, literal);
  // `start/dateTime` is a string of the model, `createdDateTime` is none; texts are quoted, flags are not.
  const wantsQuotes = left.kind === 'text' || path.includes('/');
  if (right === undefined || isQuoted !== wantsQuotes) throw invalidNodes();
  return {
    test(view) {
      const value = left.read(view);
      return holds(value === right ? 0 : value < right ? -1 : 1);
    },
    wanted: undefined,
  };
}

function startsWith(tokens: Tokens): Filter {
  const left = comparable(tokens.take('word'));
  tokens.expect(',');
  const start = tokens.take('string').toLowerCase();
  tokens.expect(')');
  if (left?.kind !== 'text') throw invalidNodes();
  return { test: (view) => String(left.read(view)).startsWith(start), wanted: undefined };
}

/** `ep: ep/id eq '…' and ep/value eq '…'` */
function withProperty(tokens: Tokens): Filter {
  const variable = tokens.take('word').toLowerCase();
  tokens.expect(':');
  const asked = new Map<string, string>();
  do {
    const path = tokens.take('word').toLowerCase();
    tokens.expect('eq');
    asked.set(path, tokens.take('string'));
  } while (tokens.takeIf('and'));
  tokens.expect(')');
  const id = asked.get(`${variable}/id`);
  const value = asked.get(`${variable}/value`);
  if (id === undefined || value === undefined || asked.size !== 2) throw invalidNodes();
  const property = propertyNamed(id);
  return { test: ({ item }) => valueOf(item, property) === value, wanted: { property, value } };
}

function isWord(tokens: Tokens, text: string): boolean {
  const token = tokens.peek();
  return token?.kind === 'word' && token.text.toLowerCase() === text;
}

function invalidNodes(): GraphError {
  return new GraphError(400, 'ErrorInvalidUrlQueryFilter', 'The query filter contains one or more invalid nodes.');
}
