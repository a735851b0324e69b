import type { CalendarItem } from '../calendar/item.js';
import type { Person } from '../calendar/meeting.js';
import type { Mailbox } from '../directory/mailbox.js';

/** Everybody invited to a meeting, once each, without its organizer, who needs no invitation. */
export function invitedTo(item: CalendarItem, organizer: Mailbox): Person[] {
  const own = new Set([organizer.address, ...organizer.aliases].map((address) => address.toLowerCase()));
  const people = new Map<string, Person>();
  for (const list of [item.requiredAttendees, item.optionalAttendees, item.resources]) {
    for (const { name, address } of list ?? []) {
      const key = address.toLowerCase();
      if (!own.has(key) && !people.has(key)) people.set(key, { name, address });
    }
  }
  return [...people.values()];
}

/** Those of the first who are not among the second. */
export function without(people: readonly Person[], others: readonly Person[]): Person[] {
  const addresses = new Set(others.map(({ address }) => address.toLowerCase()));
  return people.filter(({ address }) => !addresses.has(address.toLowerCase()));
}
