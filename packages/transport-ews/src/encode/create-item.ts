import type { SendMode } from '@appointed/core';
import { element, type Xml } from './element.js';
import { wellKnownFolder } from './folder-reference.js';

const SEND_MEETING_INVITATIONS: Readonly<Record<SendMode, string>> = {
  none: 'SendToNone',
  all: 'SendOnlyToAll',
  allAndSaveCopy: 'SendToAllAndSaveCopy',
};

const FOLDER = element('m:SavedItemFolderId', {}, wellKnownFolder('calendar'));

/** Operation CreateItem, into the calendar of whom the envelope names. */
export function createItem(sendMode: SendMode, items: readonly Xml[]): Xml {
  return element(
    'm:CreateItem',
    { SendMeetingInvitations: SEND_MEETING_INVITATIONS[sendMode] },
    FOLDER,
    element('m:Items', {}, ...items),
  );
}
