import { element, type Xml, textElement } from './element.js';
import { fieldPath } from './field-path.js';
import { KEY_FIELD } from './key-property.js';
import { pageView } from './page-view.js';
import { anyOf, isEqualTo } from './restriction.js';

/** How many items of each folder one answer may hold. */
const PAGE_SIZE = 200;

/**
 * Operation FindItem: the items in these folders whose key is one of these. Not a CalendarView, which takes no
 * restriction.
 * @param offset how many were read before
 */
export function findItem(keys: readonly string[], folders: readonly Xml[], offset: number): Xml {
  return element(
    'm:FindItem',
    { Traversal: 'Shallow' },
    element(
      'm:ItemShape',
      {},
      textElement('t:BaseShape', 'IdOnly'),
      element('t:AdditionalProperties', {}, fieldPath('calendar:UID'), KEY_FIELD),
    ),
    pageView('Item', offset, PAGE_SIZE),
    element('m:Restriction', {}, anyOf(keys.map((key) => isEqualTo(KEY_FIELD, key)))),
    element('m:ParentFolderIds', {}, ...folders),
  );
}
