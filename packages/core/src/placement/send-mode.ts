/** The send modes. */
export const SEND_MODES = ['none', 'all', 'allAndSaveCopy'] as const;

/**
 * Whether the attendees of a meeting get invitations: nobody; everybody; everybody, with a copy in Sent Items.
 * EWS: SendToNone, SendOnlyToAll, SendToAllAndSaveCopy of CreateItem's SendMeetingInvitations.
 */
export type SendMode = (typeof SEND_MODES)[number];

/** The send modes of an update. */
export const UPDATE_SEND_MODES: readonly [...typeof SEND_MODES, 'changed'] = [...SEND_MODES, 'changed'];

/**
 * Whether the attendees of a meeting are told of a change: as {@link SendMode}, or only those that came or went.
 * EWS: SendOnlyToChanged of UpdateItem's SendMeetingInvitationsOrCancellations.
 */
export type UpdateSendMode = (typeof UPDATE_SEND_MODES)[number];

/** The rule of Microsoft's sample, for every kind of attendee: any attendee → allAndSaveCopy, none → none. */
export function defaultSendMode(attendeeCount: number): SendMode {
  return attendeeCount > 0 ? 'allAndSaveCopy' : 'none';
}
