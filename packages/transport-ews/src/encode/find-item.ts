import { element, textElement, type Xml } from './element.js';
import { KEY_FIELD } from './key-property.js';

/** How many items one answer may hold. */
const PAGE_SIZE = 200;

/**
 * Operation FindItem over the calendar: the items whose key is one of these. Not a CalendarView, which takes no
 * restriction.
 * @param offset how many were read before
 */
export function findItem(keys: readonly string[], offset: number): Xml {
  const conditions = keys.map(keyIs);
  const [only] = conditions;
  return element(
    'm:FindItem',
    { Traversal: 'Shallow' },
    element(
      'm:ItemShape',
      {},
      textElement('t:BaseShape', 'IdOnly'),
      element('t:AdditionalProperties', {}, element('t:FieldURI', { FieldURI: 'calendar:UID' }), KEY_FIELD),
    ),
    element('m:IndexedPageItemView', {
      MaxEntriesReturned: String(PAGE_SIZE),
      Offset: String(offset),
      BasePoint: 'Beginning',
    }),
    element(
      'm:Restriction',
      {},
      conditions.length === 1 && only !== undefined ? only : element('t:Or', {}, ...conditions),
    ),
    element('m:ParentFolderIds', {}, element('t:DistinguishedFolderId', { Id: 'calendar' })),
  );
}

function keyIs(key: string): Xml {
  return element(
    't:IsEqualTo',
    {},
    KEY_FIELD,
    element('t:FieldURIOrConstant', {}, element('t:Constant', { Value: key })),
  );
}
