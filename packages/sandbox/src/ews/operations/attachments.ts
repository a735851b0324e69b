import type { Attachment } from '../../calendar/item.js';
import { type Call, calendarOf, mailboxOf } from '../call.js';
import { ItemError } from '../fault.js';
import { attachmentIdXml, attachmentXml } from '../fields/attachment.js';
import { readAttachment } from '../fields/read-attachment.js';
import { itemChangeKey, itemId, parseAttachmentId } from '../item-id.js';
import { isCurrent, resolveItem } from '../item-reference.js';
import { eachOf, success } from '../response.js';
import type { XmlElement } from '../xml-element.js';
import type { Operation } from './operation.js';

const CREATED = 'CreateAttachmentResponseMessage';
const READ = 'GetAttachmentResponseMessage';
const DELETED = 'DeleteAttachmentResponseMessage';
const NONE = '<m:Attachments/>';

export const createAttachment: Operation = (request, call) => {
  const parent = request.required('m:ParentItemId');
  return eachOf(request.required('m:Attachments').children, CREATED, NONE, (content) => {
    const { item, series, calendar, mailbox } = resolveItem(idOf(parent), call);
    if (item !== series)
      throw new ItemError('ErrorInvalidOperation', 'The sandbox attaches to items, not to occurrences.');
    isCurrent(parent, item, call);
    const attachment = readAttachment(content, calendar.nextAttachmentNumber(), call.now());
    calendar.setAttachments(item, [...(item.attachments ?? []), attachment]);
    const id = attachmentIdXml(mailbox, item, attachment);
    return success(CREATED, `<m:Attachments><t:FileAttachment>${id}</t:FileAttachment></m:Attachments>`);
  });
};

export const getAttachment: Operation = (request, call) =>
  eachOf(request.required('m:AttachmentIds').children, READ, NONE, (reference) => {
    const { item, attachment } = find(reference, call);
    const xml = attachmentXml(mailboxOf(call), item, attachment, true);
    return success(READ, `<m:Attachments>${xml}</m:Attachments>`);
  });

export const deleteAttachment: Operation = (request, call) =>
  eachOf(request.required('m:AttachmentIds').children, DELETED, '', (reference) => {
    const { item, attachment } = find(reference, call);
    const mailbox = mailboxOf(call);
    calendarOf(call).setAttachments(
      item,
      (item.attachments ?? []).filter((each) => each !== attachment),
    );
    const root = `RootItemId="${itemId(mailbox, item.number)}" RootItemChangeKey="${itemChangeKey(mailbox, item.change)}"`;
    return success(DELETED, `<m:RootItemId ${root}/>`);
  });

/** ParentItemId is an item's id under another name. */
function idOf(parent: XmlElement): XmlElement {
  return parent.renamed('t:ItemId');
}

function find(reference: XmlElement, call: Call) {
  const { number, attachment } = parseAttachmentId(mailboxOf(call), reference.attribute('Id') ?? '');
  const item = calendarOf(call).item(number);
  const found: Attachment | undefined = item?.attachments?.find((each) => each.number === attachment);
  if (item === undefined || found === undefined) {
    throw new ItemError('ErrorItemNotFound', 'The specified object was not found in the store.');
  }
  return { item, attachment: found };
}
