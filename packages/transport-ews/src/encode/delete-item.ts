import type { SendMode } from '@appointed/core';
import { element, type Xml } from './element.js';

const SEND_MEETING_CANCELLATIONS: Readonly<Record<SendMode, string>> = {
  none: 'SendToNone',
  all: 'SendOnlyToAll',
  allAndSaveCopy: 'SendToAllAndSaveCopy',
};

/** Operation DeleteItem, to Deleted Items: its owner can take it back from there. */
export function deleteItem(sendMode: SendMode, itemId: string): Xml {
  return element(
    'm:DeleteItem',
    { DeleteType: 'MoveToDeletedItems', SendMeetingCancellations: SEND_MEETING_CANCELLATIONS[sendMode] },
    element('m:ItemIds', {}, element('t:ItemId', { Id: itemId })),
  );
}
