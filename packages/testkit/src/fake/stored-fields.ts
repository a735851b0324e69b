import { type Appointment, type AppointmentField, isNativeAppointment, type SaveItem } from '@appointed/core';

/** What a server keeps of an appointment that it is given. */
export function fieldsOf(content: SaveItem['content']): Partial<Appointment> {
  return withoutEmpty(isNativeAppointment(content) ? { subject: content.subject } : content);
}

/** What is kept after a change of some fields. */
export function changedFields(
  before: Partial<Appointment>,
  set: Partial<Appointment>,
  clear: readonly AppointmentField[] = [],
): Partial<Appointment> {
  const after: Partial<Record<AppointmentField, unknown>> = { ...before, ...set };
  for (const field of clear) delete after[field];
  return withoutEmpty(after as Partial<Appointment>);
}

/** Servers keep no empty lists and texts. */
function withoutEmpty(fields: Partial<Appointment>): Partial<Appointment> {
  const all: Partial<Appointment> = Object.fromEntries(Object.entries(fields).filter(([, value]) => !isEmpty(value)));
  return Object.freeze(all.subject === undefined ? all : { ...all, subject: withoutForbidden(all.subject) });
}

function isEmpty(value: Appointment[AppointmentField]): boolean {
  if (typeof value !== 'object') return value === undefined || value === '';
  return Array.isArray(value) ? value.length === 0 : 'content' in value && value.content === '';
}

// The complement of XML 1.0's production Char, read by code points, so that paired surrogates stay.
const FORBIDDEN = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu;

function withoutForbidden(text: string): string {
  return text.replaceAll(FORBIDDEN, '');
}
