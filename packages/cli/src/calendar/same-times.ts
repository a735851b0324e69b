import type { Appointment } from '@appointed/core';
import type { PlannedItem } from '../preview/content-recorder.js';

/** What one mailbox would get. */
interface MailboxPlan {
  readonly mailbox: string;
  readonly appointments: readonly Appointment[];
}

/** Mailboxes that would get something at the same times: those with the same words, and those with others. */
export interface SameTimes {
  readonly first: MailboxPlan;
  readonly same: readonly string[];
  readonly others: readonly MailboxPlan[];
}

/** Puts together what looks alike in a calendar. */
export function sameTimes(items: readonly PlannedItem[]): readonly SameTimes[] {
  const plans = new Map<string, Appointment[]>();
  for (const { mailbox, appointment } of items) {
    const appointments = plans.get(mailbox.id) ?? [];
    appointments.push(appointment);
    plans.set(mailbox.id, appointments);
  }
  const groups = new Map<string, MailboxPlan[]>();
  for (const [mailbox, appointments] of plans) {
    const key = JSON.stringify(appointments.map(timesOf));
    groups.set(key, [...(groups.get(key) ?? []), { mailbox, appointments }]);
  }
  return [...groups.values()].flatMap(([first, ...rest]) => {
    if (first === undefined) return [];
    const words = wordsKey(first);
    const same = [first, ...rest.filter((plan) => wordsKey(plan) === words)].map(({ mailbox }) => mailbox);
    return [{ first, same, others: rest.filter((plan) => wordsKey(plan) !== words) }];
  });
}

function timesOf({ start, end, isAllDay, recurrence }: Appointment): unknown {
  return [start.dateTime, start.zone.iana, start.floating, end.epochMs, isAllDay, recurrence];
}

function wordsKey({ appointments }: MailboxPlan): string {
  return JSON.stringify(appointments.map(({ subject, location }) => [subject, location]));
}
