import type { Appointment, AppointmentField } from '../appointment/appointment.js';
import { digestFields, type FieldDigests } from '../appointment/field-digests.js';

/** What an update has to change in one item. */
export interface Changes {
  readonly set: Partial<Appointment>;
  readonly clear: readonly AppointmentField[];
  /** Fields that somebody else has changed since they were written: they stay as they are. */
  readonly conflicts: readonly AppointmentField[];
  /** What is written in the item when the changes are made. */
  readonly written: FieldDigests;
}

/** Fields that make sense only together. */
const TOGETHER: readonly (readonly AppointmentField[])[] = [['start', 'end', 'isAllDay', 'recurrence']];

/** Fields that are empty, and not the server's default, when nothing was written into them. */
const EMPTY_BY_DEFAULT: ReadonlySet<AppointmentField> = new Set([
  'body',
  'location',
  'requiredAttendees',
  'optionalAttendees',
  'resources',
  'categories',
  'isAllDay',
  'attachments',
  'onlineMeeting',
  'customProperties',
  'recurrence',
]);

/** An item as three parties have it. */
export interface Versions {
  readonly key: string;
  /** What the factory says now. */
  readonly wanted: Appointment;
  /** What is on the server. */
  readonly stored: Partial<Appointment>;
  /** What we wrote last; absent where nobody knows. */
  readonly written: FieldDigests | undefined;
}

/**
 * What differs between an item and what is wanted. A field that is not what we wrote is left alone: somebody has changed
 * it. It is a conflict where something else is wanted now than was then.
 * @param overwrite changes such fields, too
 */
export function changesOf(versions: Versions, overwrite: boolean): Changes {
  const { key, wanted, stored, written } = versions;
  const [want, have] = [digestFields(key, wanted), digestFields(key, stored)];
  const fields = [...new Set([...keysOf(want), ...keysOf(written ?? {})])];
  const isConcerned = (field: AppointmentField): boolean =>
    want[field] !== have[field] && (overwrite || written === undefined || want[field] !== written[field]);
  const isThere = (field: AppointmentField): boolean => want[field] !== undefined || have[field] !== undefined;
  const differing = withPartners(fields.filter(isConcerned)).filter(isThere);
  const isEdited = (field: AppointmentField): boolean => !overwrite && wasEdited(field, have, versions);
  const conflicts = withPartners(differing.filter(isEdited)).filter(isThere);
  const changed = differing.filter((field) => !conflicts.includes(field));
  return {
    set: Object.fromEntries(
      changed.filter((field) => want[field] !== undefined).map((field) => [field, wanted[field]]),
    ),
    clear: changed.filter((field) => want[field] === undefined),
    conflicts,
    written: { ...want, ...pick(written, conflicts) },
  };
}

function wasEdited(field: AppointmentField, have: FieldDigests, { stored, written }: Versions): boolean {
  if (written === undefined || have[field] === written[field]) return false;
  // Who has dismissed a reminder has not said that there is to be none.
  if (field === 'reminder' && stored.reminder === false) return false;
  // Into a field that we left to the server it wrote a default of its own.
  return written[field] !== undefined || EMPTY_BY_DEFAULT.has(field);
}

function withPartners(fields: readonly AppointmentField[]): readonly AppointmentField[] {
  const partners = TOGETHER.filter((group) => group.some((field) => fields.includes(field))).flat();
  return [...new Set([...fields, ...partners])];
}

function keysOf(digests: FieldDigests): readonly AppointmentField[] {
  return Object.keys(digests) as AppointmentField[];
}

function pick(digests: FieldDigests | undefined, fields: readonly AppointmentField[]): FieldDigests {
  return Object.fromEntries(
    fields.flatMap((field) => (digests?.[field] === undefined ? [] : [[field, digests[field]] as const])),
  );
}
