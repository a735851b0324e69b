import { GraphError } from '../graph-error.js';
import type { QueryOptions } from './query-options.js';

const DEFAULT_SIZE = 10;
const LARGEST_SIZE = 1000;

/** The part of a list that is wanted. */
export interface Page {
  readonly skip: number;
  readonly top: number;
}

/** @throws GraphError RequestBroker--ParseUri */
export function readPage(query: QueryOptions): Page {
  const top = readNumber(query, '$top') ?? DEFAULT_SIZE;
  if (top > LARGEST_SIZE) {
    const text = `The limit of '${LARGEST_SIZE}' for Top query has been exceeded. The value from the incoming request is '${top}'.`;
    throw new GraphError(400, 'RequestBroker--ParseUri', text);
  }
  return { skip: readNumber(query, '$skip') ?? 0, top };
}

function readNumber(query: QueryOptions, name: string): number | undefined {
  const text = query.get(name);
  if (text === undefined) return undefined;
  if (/^\d{1,9}$/.test(text)) return Number(text);
  const reason = `The ${name} query option requires a non-negative integer value.`;
  throw new GraphError(
    400,
    'RequestBroker--ParseUri',
    `Invalid value '${text}' for ${name} query option found. ${reason}`,
  );
}
