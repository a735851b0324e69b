import { child, type XmlElement } from './xml-tree.js';

/** What runs have left in a calendar. */
export interface EarlierItems {
  readonly count: number;
  /** The day on which the last of them begins, in UTC: `2027-03-01`. */
  readonly lastDay?: string;
}

/** From a response message of FindItem with a page of one. */
export function earlierItems(message: XmlElement): EarlierItems {
  const root = child(message, 'RootFolder');
  const [item] = child(root, 'Items')?.children ?? [];
  const lastDay = child(item, 'Start')?.text.trim().slice(0, 10);
  const count = Number(root?.attributes['TotalItemsInView'] ?? 0);
  return { count, ...(lastDay === undefined ? {} : { lastDay }) };
}
