import { AppointedError } from '../error/appointed-error.js';
import type { RunSettings } from '../run/run-settings.js';
import type { Findings } from './findings.js';
import type { Frequent } from './frequencies.js';
import type { Booking, PlanTally } from './plan-tally.js';

/** Finds what only the whole list shows: that it is too long, mails too much, or asks for one room again and again. */
export function judgeWhole(
  { maxMailboxes, maxInvitations, maxOnlineMeetings }: RunSettings,
  mailboxes: number,
  { invitations, onlineMeetings, bookings }: PlanTally,
  findings: Findings,
): void {
  if (mailboxes > maxMailboxes) findings.add('error', tooManyMailboxes(mailboxes, maxMailboxes));
  if (invitations > maxInvitations) findings.add('error', tooManyInvitations(invitations, maxInvitations));
  if (onlineMeetings > maxOnlineMeetings) {
    findings.add('error', tooManyOnlineMeetings(onlineMeetings, maxOnlineMeetings));
  }
  const conflicts = bookings.top().filter(({ count }) => count > 1);
  for (const conflict of conflicts) findings.add('warning', resourceConflict(conflict));
  const others = bookings.repeated - conflicts.length;
  if (others > 0) findings.add('warning', otherConflicts(others));
}

function tooManyMailboxes(mailboxes: number, limit: number): AppointedError {
  return new AppointedError('too_many_mailboxes', `the list holds ${mailboxes} mailboxes, and ${limit} are allowed`, {
    field: 'maxMailboxes',
    hint: 'Raise maxMailboxes if they are all meant.',
  });
}

function tooManyInvitations(invitations: number, limit: number): AppointedError {
  const message = `${invitations} invitations would be mailed, and ${limit} are allowed`;
  return new AppointedError('too_many_invitations', message, {
    field: 'maxInvitations',
    hint: 'Raise maxInvitations if they are all meant, or save the meetings with sendMode none.',
  });
}

function tooManyOnlineMeetings(onlineMeetings: number, limit: number): AppointedError {
  const message = `${onlineMeetings} online meetings would be made, each with a link of its own, and ${limit} are allowed`;
  return new AppointedError('too_many_online_meetings', message, {
    field: 'maxOnlineMeetings',
    hint: 'Raise maxOnlineMeetings if they are all meant. For one meeting of many people place it once, with attendees.',
  });
}

function resourceConflict({ thing: { resource, start }, count }: Frequent<Booking>): AppointedError {
  const message = `${resource} is asked for ${count} times at ${start.dateTime}${start.offset}`;
  return new AppointedError('resource_conflict', message, { field: 'resources' });
}

function otherConflicts(count: number): AppointedError {
  const message = `${count} more times several meetings that start together ask for the same resource`;
  return new AppointedError('resource_conflict', message, { field: 'resources' });
}
