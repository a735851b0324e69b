import type { SendMode } from '@appointed/core';
import { all, element, frame, type Xml } from './element.js';
import { wellKnownFolder } from './folder-reference.js';

const FOLDER = element('m:SavedItemFolderId', {}, wellKnownFolder('calendar'));

const BY_SEND_MODE: Readonly<Record<SendMode, (items: Xml) => Xml>> = {
  none: operation('SendToNone'),
  all: operation('SendOnlyToAll'),
  allAndSaveCopy: operation('SendToAllAndSaveCopy'),
};

/** Operation CreateItem, into the calendar of whom the envelope names. */
export function createItem(sendMode: SendMode, items: readonly Xml[]): Xml {
  return BY_SEND_MODE[sendMode](all(items));
}

function operation(invitations: string): (items: Xml) => Xml {
  return frame((items) =>
    element('m:CreateItem', { SendMeetingInvitations: invitations }, FOLDER, element('m:Items', {}, items)),
  );
}
