import { isCalendarFolder } from '../../calendar/folder.js';
import { type Call, mailboxOf } from '../call.js';
import { ItemError } from '../fault.js';
import { itemIdXml } from '../fields/item-fields.js';
import { readAttachment } from '../fields/read-attachment.js';
import { type FolderView, resolveFolder } from '../folder-reference.js';
import { readContent } from '../item-content.js';
import { eachOf, success } from '../response.js';
import { readSending } from '../sending.js';
import type { XmlElement } from '../xml-element.js';
import { actOnMeeting } from './meeting-answer.js';
import type { Operation } from './operation.js';

const MESSAGE = 'CreateItemResponseMessage';

export const createItem: Operation = (request, call) => {
  const sending = request.attribute('SendMeetingInvitations');
  const disposition = request.attribute('MessageDisposition');
  const target = request.child('m:SavedItemFolderId')?.children[0];
  return eachOf(request.required('m:Items').children, MESSAGE, '<m:Items/>', (item) =>
    success(
      MESSAGE,
      `<m:Items>${actOnMeeting(item, disposition, call) ?? create(item, target, sending, call)}</m:Items>`,
    ),
  );
};

function create(element: XmlElement, target: XmlElement | undefined, sending: string | undefined, call: Call): string {
  if (element.name !== 't:CalendarItem') {
    const text = `The sandbox keeps calendar items; ${element.localName} cannot be created.`;
    throw new ItemError('ErrorInvalidItemForOperationCreateItem', text);
  }
  if (sending === undefined) {
    const text = 'SendMeetingInvitations attribute is required for calendar items.';
    throw new ItemError('ErrorSendMeetingInvitationsRequired', text);
  }
  const { mailbox, calendar, folder } = savedIn(target, call);
  if (!isCalendarFolder(folder)) {
    const text = 'Cannot create a calendar item in a non-calendar folder.';
    throw new ItemError('ErrorCannotCreateCalendarItemInNonCalendarFolder', text);
  }
  const files = (element.child('t:Attachments')?.children ?? []).map((file) =>
    readAttachment(file, calendar.nextAttachmentNumber(), call.now()),
  );
  const item = calendar.create(readContent(element, call), folder);
  if (files.length > 0) calendar.setAttachments(item, files);
  call.meetings.invite({ item, series: item, mailbox, calendar, day: undefined }, readSending(sending));
  const id = itemIdXml({ item, mailbox, calendar, occurrence: undefined, bodyType: 'Best' });
  return `<t:CalendarItem>${id}</t:CalendarItem>`;
}

function savedIn(target: XmlElement | undefined, call: Call): FolderView {
  if (target !== undefined) return resolveFolder(target, call);
  const mailbox = mailboxOf(call);
  const calendar = call.store.of(mailbox);
  const folder = calendar.folder('calendar');
  if (folder === undefined) throw new Error('every mailbox has a calendar');
  return { mailbox, calendar, folder };
}
