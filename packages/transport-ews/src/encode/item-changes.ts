import type { Appointment, AppointmentField, Update } from '@appointed/core';
import { type CalendarProperty, EVENT_PROPERTIES, ITEM_PROPERTIES } from './calendar-properties.js';
import { element, NOTHING, type Xml } from './element.js';
import { fieldPath } from './field-path.js';

/** What an item has that was made without these fields. Exchange deletes the other properties, and these it does not. */
const OF_A_NEW_ITEM: Partial<Appointment> = {
  sensitivity: 'normal',
  importance: 'normal',
  showAs: 'busy',
  reminder: { minutesBefore: 15 },
  responseRequested: true,
  newTimeProposalsAllowed: true,
};

/** What an update changes, one element for each property: SetItemField, DeleteItemField. */
export function itemChanges({ set, clear }: Pick<Update, 'set' | 'clear'>): readonly Xml[] {
  const emptied = new Set([...clear, ...fieldsIn(set).filter((field) => isEmpty(set[field]))]);
  const asNew = fieldsIn(OF_A_NEW_ITEM).filter((field) => emptied.delete(field));
  const written = { ...set, ...Object.fromEntries(asNew.map((field) => [field, OF_A_NEW_ITEM[field]])) };
  return [...ITEM_PROPERTIES, ...EVENT_PROPERTIES]
    .map((property) => (emptied.has(property.field) ? deleted(property) : changed(property, written)))
    .filter((change) => change !== NOTHING);
}

function changed({ uri, write }: CalendarProperty, fields: Partial<Appointment>): Xml {
  const value = write(fields);
  if (value === NOTHING) return NOTHING;
  return element('t:SetItemField', {}, fieldPath(uri), element('t:CalendarItem', {}, value));
}

function deleted({ uri }: CalendarProperty): Xml {
  return element('t:DeleteItemField', {}, fieldPath(uri));
}

function fieldsIn(fields: Partial<Appointment>): readonly AppointmentField[] {
  return Object.keys(fields) as AppointmentField[];
}

function isEmpty(value: Appointment[AppointmentField]): boolean {
  return value === undefined || value === '' || (Array.isArray(value) && value.length === 0);
}
