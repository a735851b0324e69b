import { element, type Xml } from './element.js';

/**
 * Some of what a search finds, in the server's order (elements IndexedPageItemView, IndexedPageFolderView).
 * @param offset how many were read before
 */
export function pageView(of: 'Item' | 'Folder', offset: number, size: number): Xml {
  return element(`m:IndexedPage${of}View`, {
    MaxEntriesReturned: String(size),
    Offset: String(offset),
    BasePoint: 'Beginning',
  });
}
