import type { Update, UpdateSendMode } from '@appointed/core';
import { element, type Xml } from './element.js';

const SEND_INVITATIONS_OR_CANCELLATIONS: Readonly<Record<UpdateSendMode, string>> = {
  none: 'SendToNone',
  all: 'SendOnlyToAll',
  allAndSaveCopy: 'SendToAllAndSaveCopy',
  changed: 'SendOnlyToChanged',
};

/** Operation UpdateItem. With a change key, nothing is overwritten that has changed since. */
export function updateItem(
  { itemId, changeKey, sendMode }: Omit<Update, 'set' | 'clear'>,
  changes: readonly Xml[],
): Xml {
  return element(
    'm:UpdateItem',
    {
      ConflictResolution: changeKey === undefined ? 'AlwaysOverwrite' : 'NeverOverwrite',
      SendMeetingInvitationsOrCancellations: SEND_INVITATIONS_OR_CANCELLATIONS[sendMode],
    },
    element(
      'm:ItemChanges',
      {},
      element(
        't:ItemChange',
        {},
        element('t:ItemId', { Id: itemId, ...(changeKey === undefined ? {} : { ChangeKey: changeKey }) }),
        element('t:Updates', {}, ...changes),
      ),
    ),
  );
}
