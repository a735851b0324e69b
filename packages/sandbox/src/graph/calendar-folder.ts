import { type Folder, isCalendarFolder } from '../calendar/folder.js';
import type { GraphCall } from './call.js';
import { parseCalendarId } from './event-id.js';
import { GraphError } from './graph-error.js';

/** The calendar that a path names; the owner's own where it names none. @throws GraphError ErrorItemNotFound */
export function calendarFolder({ calendar, mailbox, parameters }: GraphCall): Folder {
  const id = parameters['calendar'];
  const folder = calendar.folder(id === undefined ? 'calendar' : parseCalendarId(mailbox, id));
  if (folder !== undefined && isCalendarFolder(folder)) return folder;
  throw new GraphError(404, 'ErrorItemNotFound', 'The specified object was not found in the store.');
}
