import type { Appointment, CustomProperty } from '@appointed/core';
import type {
  Event,
  MultiValueLegacyExtendedProperty,
  SingleValueLegacyExtendedProperty,
} from '@microsoft/microsoft-graph-types';
import { customPropertyId, KEY_ID, LIST_ID } from '../extended-properties.js';
import { attendeesJson, eventJson } from './event-json.js';
import { fileAttachment } from './file-attachment.js';

/** By what an event is known: our key in it, and the transaction that makes it. */
interface EventIdentity {
  readonly key: string;
  readonly transactionId: string;
  readonly isDraft: boolean;
}

/** An appointment as a new event, with all that it has, so that one request saves it. */
export function newEvent({ key, transactionId, isDraft }: EventIdentity, appointment: Appointment): Event {
  const { customProperties = [], attachments = [] } = appointment;
  const attendees = attendeesJson(appointment);
  return {
    ...eventJson(appointment),
    ...(attendees.length === 0 ? {} : { attendees }),
    ...(attachments.length === 0 ? {} : { attachments: attachments.map(fileAttachment) }),
    ...(isDraft ? { isDraft } : {}),
    transactionId,
    singleValueExtendedProperties: [{ id: KEY_ID, value: key }, ...customProperties.map(written)],
    ...(customProperties.length === 0 ? {} : { multiValueExtendedProperties: [list(customProperties)] }),
  };
}

function written(property: CustomProperty): SingleValueLegacyExtendedProperty {
  return { id: customPropertyId(property), value: String(property.value) };
}

function list(properties: readonly CustomProperty[]): MultiValueLegacyExtendedProperty {
  return { id: LIST_ID, value: properties.map(customPropertyId) };
}
