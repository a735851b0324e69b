import type { Appointment, AppointmentField } from '@appointed/core';

/** What is kept of an appointment: no empty texts and lists. */
export function storedFields(fields: Partial<Appointment>): Partial<Appointment> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => !isEmpty(value)));
}

/** What is kept after a change of some fields. */
export function changedFields(
  before: Partial<Appointment>,
  set: Partial<Appointment>,
  clear: readonly AppointmentField[],
): Partial<Appointment> {
  const after: Partial<Record<AppointmentField, unknown>> = { ...before, ...set };
  for (const field of clear) delete after[field];
  return storedFields(after as Partial<Appointment>);
}

function isEmpty(value: unknown): boolean {
  if (value === undefined || value === '') return true;
  if (Array.isArray(value)) return value.length === 0;
  return typeof value === 'object' && value !== null && 'content' in value && value.content === '';
}
