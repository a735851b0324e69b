import { type Folder, isCalendarFolder } from '../../calendar/folder.js';
import type { GraphCall, GraphOperation } from '../call.js';
import { calendarFolder } from '../calendar-folder.js';
import { contextOf } from '../context.js';
import { calendarId } from '../event-id.js';
import { unknownProperty } from '../query/comparable.js';
import { nextLink } from '../query/next-link.js';
import { readPage } from '../query/page.js';

export const getCalendar: GraphOperation = (call) => {
  call.query.allow();
  return {
    status: 200,
    body: { ...contextOf(call, 'calendars/$entity'), ...calendarJson(calendarFolder(call), call) },
  };
};

export const listCalendars: GraphOperation = (call) => {
  call.query.allow('$select', '$top', '$skip');
  const { skip, top } = readPage(call.query);
  const calendars = call.calendar
    .listFolders()
    .filter(isCalendarFolder)
    .map((folder) => selected(calendarJson(folder, call), call));
  const last = skip + top;
  const link = top > 0 && last < calendars.length ? { '@odata.nextLink': nextLink(call, last) } : {};
  return { status: 200, body: { ...contextOf(call, 'calendars'), ...link, value: calendars.slice(skip, last) } };
};

/** `id` comes whatever is selected. */
function selected(calendar: Record<string, unknown>, { query }: GraphCall): Record<string, unknown> {
  const names = query
    .get('$select')
    ?.split(',')
    .map((name) => name.trim());
  if (names === undefined) return calendar;
  const unknown = names.find((name) => !Object.hasOwn(calendar, name));
  if (unknown !== undefined) throw unknownProperty(unknown, 'calendar');
  return Object.fromEntries(Object.entries(calendar).filter(([name]) => name === 'id' || names.includes(name)));
}

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
