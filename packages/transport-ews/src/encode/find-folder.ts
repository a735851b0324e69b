import { element, textElement, type Xml } from './element.js';
import { fieldPath } from './field-path.js';
import { pageView } from './page-view.js';
import { beginsWith } from './restriction.js';

/** The class of folders that hold appointments; some have a longer one, such as IPF.Appointment.Birthday. */
export const CALENDAR_CLASS = 'IPF.Appointment';

const PAGE_SIZE = 500;

/**
 * Operation FindFolder: the calendar folders below these folders, however deep.
 * @param offset how many were read before
 */
export function findCalendarFolders(below: readonly Xml[], offset: number): Xml {
  return element(
    'm:FindFolder',
    { Traversal: 'Deep' },
    element(
      'm:FolderShape',
      {},
      textElement('t:BaseShape', 'IdOnly'),
      element('t:AdditionalProperties', {}, fieldPath('folder:FolderClass'), fieldPath('folder:DistinguishedFolderId')),
    ),
    pageView('Folder', offset, PAGE_SIZE),
    element('m:Restriction', {}, beginsWith('folder:FolderClass', CALENDAR_CLASS)),
    element('m:ParentFolderIds', {}, ...below),
  );
}
