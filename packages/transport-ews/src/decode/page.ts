import type { Outcome } from '@appointed/core';
import { unreadable } from '../classify/unreadable.js';
import type { Told } from '../conversation.js';
import { child, type XmlElement } from './xml-tree.js';

/** Some of what a search found (element RootFolder). */
export interface Page {
  readonly entries: readonly XmlElement[];
  /** Where the next page begins; absent for the last. */
  readonly next?: number;
}

/**
 * Reads a page of Items or Folders.
 * @param offset where it begins
 */
export function pageIn(told: Told, entries: 'Items' | 'Folders', offset: number): Outcome<Page> {
  const root = child(told.element, 'RootFolder');
  if (root === undefined) return unreadable('the answer holds no folder', told);
  return { kind: 'done', value: pageOf(root, child(root, entries)?.children ?? [], offset) };
}

function pageOf({ attributes }: XmlElement, entries: readonly XmlElement[], offset: number): Page {
  const isLast = attributes['IncludesLastItemInRange'] !== 'false';
  // A page that is not the last and yet brings us no further would never end.
  if (isLast || entries.length === 0) return { entries };
  const next = Number(attributes['IndexedPagingOffset']);
  return { entries, next: next > offset ? next : offset + entries.length };
}
