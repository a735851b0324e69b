import type { CustomPropertyName } from '@appointed/core';
import { EVENT_PROPERTIES, ITEM_PROPERTIES } from './calendar-properties.js';
import { customField, LIST_FIELD } from './custom-properties.js';
import { element, textElement, type Xml } from './element.js';
import { fieldPath } from './field-path.js';

// Times come in UTC: zones would make each answer some kilobytes longer.
const READ = [...ITEM_PROPERTIES, ...EVENT_PROPERTIES].map(({ uri }) => uri).filter((uri) => !uri.endsWith('TimeZone'));

const WHOLE = [textElement('t:BodyType', 'Best'), additional([...READ.map(fieldPath), LIST_FIELD])];

/** Operation GetItem: all that an appointment says, the body as it is stored, and which custom properties there are. */
export function getItem(itemIds: readonly string[]): Xml {
  return asking(itemIds, WHOLE);
}

/** Operation GetItem: some custom properties. */
export function getCustomProperties(itemIds: readonly string[], names: readonly CustomPropertyName[]): Xml {
  return asking(itemIds, [additional(names.map(customField))]);
}

/** Operation GetItem: which custom properties there are. */
export function getPropertyList(itemIds: readonly string[]): Xml {
  return asking(itemIds, [additional([LIST_FIELD])]);
}

function additional(paths: readonly Xml[]): Xml {
  return element('t:AdditionalProperties', {}, ...paths);
}

function asking(itemIds: readonly string[], what: readonly Xml[]): Xml {
  return element(
    'm:GetItem',
    {},
    element('m:ItemShape', {}, textElement('t:BaseShape', 'IdOnly'), ...what),
    element('m:ItemIds', {}, ...itemIds.map((Id) => element('t:ItemId', { Id }))),
  );
}
