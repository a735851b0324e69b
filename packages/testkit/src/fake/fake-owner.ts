import { type Appointment, type AppointmentInput, parseAppointment, type Receipt } from '@appointed/core';
import type { FakeStore } from './fake-store.js';

/**
 * What owners do to their own calendars. Mailboxes are named by their address, items by their id; each method says which
 * id and change key the item has from now on.
 * @throws Error if there is no such item
 */
export interface FakeOwner {
  /** Into another calendar folder; the item gets another id. */
  move(mailbox: string, itemId: string): Receipt;
  /** Within its folder. @returns the copy's */
  copy(mailbox: string, itemId: string): Receipt;
  /** To the deleted items; the item gets another id. */
  delete(mailbox: string, itemId: string): Receipt;
  /** Also out of the deleted items: nothing of it is left. */
  purge(mailbox: string, itemId: string): void;
  /** Changes some fields. */
  edit(mailbox: string, itemId: string, fields: Partial<AppointmentInput>): Receipt;
}

export function fakeOwner(store: FakeStore): FakeOwner {
  return {
    move: (mailbox, itemId) => there(store.move(mailbox, itemId, 'elsewhere'), mailbox, itemId),
    copy: (mailbox, itemId) => there(store.copy(mailbox, itemId), mailbox, itemId),
    delete: (mailbox, itemId) => there(store.move(mailbox, itemId, 'deleted'), mailbox, itemId),
    purge: (mailbox, itemId) => void there(store.purge(mailbox, itemId) || undefined, mailbox, itemId),
    edit: (mailbox, itemId, fields) => there(store.edit(mailbox, itemId, parsed(fields)), mailbox, itemId),
  };
}

/** Some fields of an appointment, as a transport sees them. @throws AppointedError as {@link parseAppointment} does */
function parsed(fields: Partial<AppointmentInput>): Partial<Appointment> {
  const start = fields.start ?? fields.end ?? new Date(0);
  const whole = parseAppointment({ subject: 'any', start, end: start, ...fields });
  const given = new Set([...Object.keys(fields), ...('start' in fields ? ['isAllDay'] : [])]);
  return Object.fromEntries(Object.entries(whole).filter(([field]) => given.has(field)));
}

function there<T>(found: T | undefined, mailbox: string, itemId: string): T {
  if (found === undefined) throw new Error(`${mailbox} has no item ${itemId}; a move to another folder changes the id`);
  return found;
}
