import { type Folder, isCalendarFolder } from '../../calendar/folder.js';
import type { GraphCall, GraphOperation } from '../call.js';
import { calendarFolder } from '../calendar-folder.js';
import { contextOf } from '../context.js';
import { calendarId } from '../event-id.js';

export const getCalendar: GraphOperation = (call) => {
  call.query.allow();
  return {
    status: 200,
    body: { ...contextOf(call, 'calendars/$entity'), ...calendarJson(calendarFolder(call), call) },
  };
};

export const listCalendars: GraphOperation = (call) => {
  call.query.allow();
  const value = call.calendar
    .listFolders()
    .filter(isCalendarFolder)
    .map((folder) => calendarJson(folder, call));
  return { status: 200, body: { ...contextOf(call, 'calendars'), value } };
};

function calendarJson(folder: Folder, { mailbox }: GraphCall): Record<string, unknown> {
  const isDefault = folder.wellKnown === 'calendar';
  return {
    id: calendarId(mailbox, folder.number),
    name: folder.display,
    color: 'auto',
    hexColor: '',
    isDefaultCalendar: isDefault,
    changeKey: Buffer.from(`${mailbox.guid}/${folder.number}`).toString('base64'),
    canShare: true,
    canViewPrivateItems: true,
    canEdit: true,
    allowedOnlineMeetingProviders: [],
    defaultOnlineMeetingProvider: 'unknown',
    isTallyingResponses: isDefault,
    isRemovable: !isDefault,
    owner: { name: mailbox.name, address: mailbox.address },
  };
}
