import type { Outcome } from '@appointed/core';
import type { Answer } from '../classify/classify.js';
import type { Conversation } from '../conversation.js';
import { pathWith } from '../graph-request.js';

const PAGE = 100;

interface Page<T> {
  readonly value: readonly T[];
  /** The query of the next page, `?` included, which means something to the server alone. */
  readonly next: string | undefined;
}

/** Reads a list to its end. A page may be empty, and another one follow. */
export async function allPages<T>(
  conversation: Conversation,
  path: string,
  options: Readonly<Record<string, string>>,
): Promise<Outcome<readonly T[]>> {
  const all: T[] = [];
  let here: string | undefined = pathWith(path, { ...options, $top: String(PAGE) });
  while (here !== undefined) {
    const answer: Outcome<Page<T>> = await conversation.ask({ method: 'GET', path: here }, pageIn<T>);
    if (answer.kind !== 'done') return answer;
    const { value, next }: Page<T> = answer.value;
    all.push(...value);
    here = next && `${path}${next}`;
  }
  return { kind: 'done', value: all };
}

/** Of the link its query alone is taken: the token goes to nobody but Graph. */
function pageIn<T>({ json }: Answer): Page<T> | undefined {
  const { value, '@odata.nextLink': link } = (json ?? {}) as Readonly<Record<string, unknown>>;
  const next = typeof link === 'string' ? new URL(link).search : undefined;
  return Array.isArray(value) && next !== '' ? { value: value as readonly T[], next } : undefined;
}
