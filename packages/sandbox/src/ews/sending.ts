import type { Sending } from '../meetings/sending.js';

/**
 * What SendMeetingInvitations, SendMeetingInvitationsOrCancellations and SendMeetingCancellations say: `SendToNone`,
 * `SendOnlyToAll`, `SendToChangedAndSaveCopy` and their kin.
 */
export function readSending(attribute: string): Sending {
  if (attribute === 'SendToNone') return { to: 'none', savesCopy: false };
  return { to: attribute.includes('Changed') ? 'changed' : 'all', savesCopy: attribute.endsWith('AndSaveCopy') };
}
