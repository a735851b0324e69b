import { element, textElement, type Xml } from './element.js';
import { wellKnownFolder } from './folder-reference.js';

/** Operation GetFolder: the calendar's id, which only those get who may act for its owner. */
export function getCalendar(): Xml {
  return element(
    'm:GetFolder',
    {},
    element('m:FolderShape', {}, textElement('t:BaseShape', 'IdOnly')),
    element('m:FolderIds', {}, wellKnownFolder('calendar')),
  );
}
