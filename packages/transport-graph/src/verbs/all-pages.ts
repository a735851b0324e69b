import type { Outcome } from '@appointed/core';
import type { Answer } from '../classify/classify.js';
import type { Conversation } from '../conversation.js';
import { pathWith } from '../graph-request.js';

const PAGE = 100;

interface Page<T> {
  readonly value: readonly T[];
  readonly isLast: boolean;
}

/** Reads a list to its end. */
export async function allPages<T>(
  conversation: Conversation,
  path: string,
  options: Readonly<Record<string, string>>,
): Promise<Outcome<readonly T[]>> {
  const all: T[] = [];
  for (;;) {
    const page = { ...options, $top: String(PAGE), ...(all.length === 0 ? {} : { $skip: String(all.length) }) };
    const answer = await conversation.ask({ method: 'GET', path: pathWith(path, page) }, pageIn<T>);
    if (answer.kind !== 'done') return answer;
    all.push(...answer.value.value);
    // A page of none that has a next one would go on for ever.
    if (answer.value.isLast || answer.value.value.length === 0) return { kind: 'done', value: all };
  }
}

function pageIn<T>({ json }: Answer): Page<T> | undefined {
  const { value, '@odata.nextLink': next } = (json ?? {}) as Readonly<Record<string, unknown>>;
  return Array.isArray(value) ? { value: value as readonly T[], isLast: typeof next !== 'string' } : undefined;
}
