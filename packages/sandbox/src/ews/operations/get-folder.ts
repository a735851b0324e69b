import { isCalendarFolder } from '../../calendar/folder.js';
import { isMessage } from '../../calendar/meeting.js';
import { element } from '../escape.js';
import { rightsXml } from '../fields/item-fields.js';
import { type FolderView, resolveFolder } from '../folder-reference.js';
import { folderChangeKey, folderId } from '../item-id.js';
import { eachOf, success } from '../response.js';
import type { XmlElement } from '../xml-element.js';
import type { Operation } from './operation.js';

const MESSAGE = 'GetFolderResponseMessage';

export const getFolder: Operation = (request, call) => {
  const shape = request.required('m:FolderShape');
  return eachOf(request.required('m:FolderIds').children, MESSAGE, '<m:Folders/>', (reference) =>
    success(MESSAGE, `<m:Folders>${folderXml(resolveFolder(reference, call), shape)}</m:Folders>`),
  );
};

/** The properties of a folder in the schema's order, with the smallest base shape that holds them. */
const PROPERTIES: readonly { uri: string; shape: string; write: (view: FolderView) => string }[] = [
  { uri: 'folder:ParentFolderId', shape: 'AllProperties', write: parentXml },
  { uri: 'folder:FolderClass', shape: 'AllProperties', write: ({ folder }) => element('t:FolderClass', folder.kind) },
  { uri: 'folder:DisplayName', shape: 'Default', write: ({ folder }) => element('t:DisplayName', folder.display) },
  {
    uri: 'folder:TotalCount',
    shape: 'Default',
    write: ({ folder, calendar }) => element('t:TotalCount', String(calendar.itemsIn(folder).length)),
  },
  {
    uri: 'folder:ChildFolderCount',
    shape: 'Default',
    write: ({ folder, calendar }) =>
      element('t:ChildFolderCount', String(calendar.listFolders().filter(({ parent }) => parent === folder).length)),
  },
  { uri: 'folder:EffectiveRights', shape: 'AllProperties', write: () => rightsXml(true) },
  {
    uri: 'folder:DistinguishedFolderId',
    shape: 'AllProperties',
    write: ({ folder }) => (folder.wellKnown === undefined ? '' : element('t:DistinguishedFolderId', folder.wellKnown)),
  },
  { uri: 'folder:UnreadCount', shape: 'Default', write: unreadXml },
];

const SHAPES = ['IdOnly', 'Default', 'AllProperties'];

export function folderXml(view: FolderView, shape: XmlElement): string {
  const { mailbox, folder } = view;
  const rank = SHAPES.indexOf(shape.value('t:BaseShape') ?? 'IdOnly');
  const asked = new Set(shape.child('t:AdditionalProperties')?.children.map((path) => path.attribute('FieldURI')));
  const name = isCalendarFolder(folder) ? 't:CalendarFolder' : 't:Folder';
  const properties = PROPERTIES.filter((property) => SHAPES.indexOf(property.shape) <= rank || asked.has(property.uri));
  return (
    `<${name}><t:FolderId Id="${folderId(mailbox, folder.number)}" ChangeKey="${folderChangeKey(mailbox, folder.number)}"/>` +
    `${properties.map((property) => property.write(view)).join('')}</${name}>`
  );
}

/** A calendar has no count of what is unread. */
function unreadXml({ folder, calendar }: FolderView): string {
  if (isCalendarFolder(folder)) return '';
  const unread = calendar.itemsIn(folder).filter((item) => isMessage(item) && !item.meeting.isRead);
  return element('t:UnreadCount', String(unread.length));
}

function parentXml({ mailbox, folder }: FolderView): string {
  // The root's parent is the store itself, which Exchange gives an id of its own; the root's serves here.
  const number = (folder.parent ?? folder).number;
  return `<t:ParentFolderId Id="${folderId(mailbox, number)}" ChangeKey="${folderChangeKey(mailbox, number)}"/>`;
}
