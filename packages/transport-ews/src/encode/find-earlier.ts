import { element, textElement, type Xml } from './element.js';
import { fieldPath } from './field-path.js';
import { wellKnownFolder } from './folder-reference.js';
import { KEY_FIELD } from './key-property.js';
import { pageView } from './page-view.js';

/** Operation FindItem: of the calendar's items that have a key, whichever it is, the one that begins last. */
export function findEarlier(): Xml {
  const start = fieldPath('calendar:Start');
  return element(
    'm:FindItem',
    { Traversal: 'Shallow' },
    element(
      'm:ItemShape',
      {},
      textElement('t:BaseShape', 'IdOnly'),
      element('t:AdditionalProperties', {}, fieldPath('calendar:Start')),
    ),
    pageView('Item', 0, 1),
    element('m:Restriction', {}, element('t:Exists', {}, KEY_FIELD)),
    element('m:SortOrder', {}, element('t:FieldOrder', { Order: 'Descending' }, start)),
    element('m:ParentFolderIds', {}, wellKnownFolder('calendar')),
  );
}
