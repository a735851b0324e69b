import { type CalendarItem, type Importance, type Sensitivity, isMeeting } from '../../calendar/item.js';
import { element, escapeText } from '../escape.js';
import { ItemError } from '../fault.js';
import { copied } from '../xml-text.js';
import { folderChangeKey, folderId, itemChangeKey, itemId, occurrenceId } from '../item-id.js';
import { formatDateTime, parseBoolean } from '../xml-values.js';
import { attachmentXml } from './attachment.js';
import { bodyXml, readable } from './body.js';
import { type Field, type View, scalar, structured } from './field.js';

/** The id of what is looked at. */
export function itemIdXml({ item, mailbox, occurrence }: View): string {
  const id =
    occurrence === undefined ? itemId(mailbox, item.number) : occurrenceId(mailbox, item.number, occurrence.day);
  return `<t:ItemId Id="${id}" ChangeKey="${itemChangeKey(mailbox, item.change)}"/>`;
}

const displayNames = (attendees: CalendarItem['requiredAttendees']) =>
  (attendees ?? []).map(({ name }) => name).join('; ');

/** Roughly what a store counts: the text, and something for the rest. */
function sizeOf({ item }: View): number {
  return 500 + (item.subject?.length ?? 0) + (item.body?.content.length ?? 0) + attachmentBytes(item);
}

function attachmentBytes(item: CalendarItem): number {
  return (item.attachments ?? []).reduce((sum, attachment) => sum + attachment.content.length, 0);
}

const RIGHTS = [
  'CreateAssociated',
  'CreateContents',
  'CreateHierarchy',
  'Delete',
  'Modify',
  'Read',
  'ViewPrivateItems',
];

/** What the owner may do, with an item (nothing can be put into it) or a folder. */
export function rightsXml(isFolder: boolean): string {
  const rights = RIGHTS.map((right) => element(`t:${right}`, String(isFolder || !right.startsWith('Create'))));
  return `<t:EffectiveRights>${rights.join('')}</t:EffectiveRights>`;
}

/** The properties that all items have, in the schema's order; extended properties go between the two lists. */
export const itemFieldsBefore: readonly Field[] = [
  structured('item:ItemId', itemIdXml, { shape: 'id' }),
  structured(
    'item:ParentFolderId',
    ({ item, mailbox }) =>
      `<t:ParentFolderId Id="${folderId(mailbox, item.folder.number)}" ` +
      `ChangeKey="${folderChangeKey(mailbox, item.folder.number)}"/>`,
  ),
  scalar('item:ItemClass', ({ item }) => item.itemClass, escapeText, {
    take(draft, { text }) {
      if (!/^IPM\.Appointment/i.test(text)) {
        throw new ItemError('ErrorObjectTypeChanged', `A calendar item cannot be of the class "${text}".`);
      }
      draft.itemClass = text;
    },
  }),
  scalar('item:Subject', ({ item }) => item.subject, escapeText, {
    shape: 'default',
    take: (draft, { text }) => void (draft.subject = copied(text)),
    clear: (draft) => void (draft.subject = undefined),
  }),
  scalar('item:Sensitivity', ({ item }) => item.sensitivity, String, {
    shape: 'default',
    take: (draft, { text }) => void (draft.sensitivity = text.trim() as Sensitivity),
    clear: (draft) => void (draft.sensitivity = 'Normal'),
  }),
  structured('item:Body', ({ item, bodyType }) => bodyXml('Body', item.body, bodyType), {
    shape: 'default',
    found: false,
    take: (draft, body) =>
      void (draft.body = { kind: body.attribute('BodyType') === 'HTML' ? 'HTML' : 'Text', content: copied(body.text) }),
    clear: (draft) => void (draft.body = undefined),
    key: ({ item }) => readable(item.body),
  }),
  structured(
    'item:Attachments',
    ({ item, mailbox }) => {
      const attachments = item.attachments?.map((attachment) => attachmentXml(mailbox, item, attachment, false));
      return attachments === undefined ? '' : `<t:Attachments>${attachments.join('')}</t:Attachments>`;
    },
    { found: false },
  ),
  scalar('item:DateTimeReceived', ({ item }) => item.created, formatDateTime),
  scalar('item:Size', sizeOf, String),
  structured(
    'item:Categories',
    ({ item }) => {
      const names = item.categories?.map((name) => element('t:String', name));
      return names === undefined || names.length === 0 ? '' : `<t:Categories>${names.join('')}</t:Categories>`;
    },
    {
      take: (draft, list) => void (draft.categories = list.children.map(({ text }) => text)),
      clear: (draft) => void (draft.categories = undefined),
      key: ({ item }) => item.categories,
    },
  ),
  scalar('item:Importance', ({ item }) => item.importance, String, {
    take: (draft, { text }) => void (draft.importance = text.trim() as Importance),
    clear: (draft) => void (draft.importance = 'Normal'),
  }),
  kept('item:InReplyTo'),
  scalar('item:IsSubmitted', () => false, String),
  scalar('item:IsDraft', ({ item }) => isMeeting(item) && !item.wasSent && item.organizer === undefined, String),
  scalar('item:IsFromMe', () => false, String),
  scalar('item:IsResend', () => false, String),
  scalar('item:IsUnmodified', () => false, String),
  scalar('item:DateTimeSent', ({ item }) => item.created, formatDateTime),
  scalar('item:DateTimeCreated', ({ item }) => item.created, formatDateTime),
  // Exchange takes ReminderDueBy and then lets it follow the start, whatever was sent.
  scalar('item:ReminderDueBy', ({ item }) => (item.hasReminder ? item.start : undefined), formatDateTime, {
    take: () => {},
    clear: () => {},
  }),
  scalar('item:ReminderIsSet', ({ item }) => item.hasReminder && !item.reminderDismissed, String, {
    take: (draft, { text }) => void (draft.hasReminder = parseBoolean(text)),
    clear: (draft) => void (draft.hasReminder = false),
  }),
  scalar(
    'item:ReminderNextTime',
    ({ item }) => (item.hasReminder ? item.start - item.reminderMinutes * 60_000 : undefined),
    formatDateTime,
    { shape: 'asked' },
  ),
  scalar('item:ReminderMinutesBeforeStart', ({ item }) => item.reminderMinutes, String, {
    take: (draft, { text }) => void (draft.reminderMinutes = Number(text)),
    clear: (draft) => void (draft.reminderMinutes = 0),
  }),
  scalar('item:DisplayCc', ({ item }) => displayNames(item.optionalAttendees), escapeText),
  scalar('item:DisplayTo', ({ item }) => displayNames(item.requiredAttendees), escapeText),
  scalar('item:HasAttachments', ({ item }) => item.attachments !== undefined, String, { shape: 'default' }),
];

export const itemFieldsAfter: readonly Field[] = [
  scalar('item:Culture', ({ item }) => item.culture, escapeText, {
    take: (draft, { text }) => void (draft.culture = text.trim()),
  }),
  structured('item:EffectiveRights', () => rightsXml(false)),
  scalar('item:LastModifiedName', ({ mailbox }) => mailbox.name, escapeText),
  scalar('item:LastModifiedTime', ({ item }) => item.modified, formatDateTime),
  scalar('item:IsAssociated', () => false, String, { shape: 'default' }),
  structured('item:UniqueBody', ({ item, bodyType }) => bodyXml('UniqueBody', item.body, bodyType), {
    shape: 'asked',
    found: false,
  }),
  structured('item:TextBody', ({ item }) => bodyXml('TextBody', item.body, 'Text'), { shape: 'asked', found: false }),
];

/** A property that is stored and given back, and means nothing to the calendar. */
export function kept(uri: string): Field {
  return scalar(uri, ({ item }) => item.others?.get(uri), escapeText, {
    take: (draft, { text }) => void (draft.others = new Map(draft.others).set(uri, text)),
    clear(draft) {
      const others = new Map(draft.others);
      others.delete(uri);
      draft.others = others;
    },
  });
}
