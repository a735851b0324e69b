import type { Outcome } from '@appointed/core';
import type { Told } from '../conversation.js';
import { pageIn } from '../decode/page.js';
import type { XmlElement } from '../decode/xml-tree.js';

/**
 * Reads a search to its end.
 * @param first the answer that holds its first page
 * @param ask for the page that begins at an offset
 */
export async function allPages(
  entries: 'Items' | 'Folders',
  first: Outcome<Told>,
  ask: (offset: number) => Promise<Outcome<Told>>,
): Promise<Outcome<readonly XmlElement[]>> {
  const all: XmlElement[] = [];
  let answer = first;
  for (let offset: number | undefined = 0; offset !== undefined;) {
    if (offset > 0) answer = await ask(offset);
    if (answer.kind !== 'done') return answer;
    const page = pageIn(answer.value, entries, offset);
    if (page.kind !== 'done') return page;
    all.push(...page.value.entries);
    offset = page.value.next;
  }
  return { kind: 'done', value: all };
}
