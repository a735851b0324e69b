import type { Similar } from '@appointed/core';
import { element, textElement, type Xml } from './element.js';
import { fieldPath } from './field-path.js';
import { wellKnownFolder } from './folder-reference.js';
import { pageView } from './page-view.js';
import { isEqualTo } from './restriction.js';

/** Operation FindItem: one item of the calendar with this subject, in any case, and this start. */
export function findSimilar({ subject, start }: Similar): Xml {
  const utc = new Date(start.epochMs).toISOString().replace('.000Z', 'Z');
  return element(
    'm:FindItem',
    { Traversal: 'Shallow' },
    element('m:ItemShape', {}, textElement('t:BaseShape', 'IdOnly')),
    pageView('Item', 0, 1),
    element(
      'm:Restriction',
      {},
      element('t:And', {}, isEqualTo(fieldPath('item:Subject'), subject), isEqualTo(fieldPath('calendar:Start'), utc)),
    ),
    element('m:ParentFolderIds', {}, wellKnownFolder('calendar')),
  );
}
