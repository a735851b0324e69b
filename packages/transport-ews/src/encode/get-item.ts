import { EVENT_PROPERTIES, ITEM_PROPERTIES } from './calendar-properties.js';
import { element, textElement, type Xml } from './element.js';
import { fieldPath } from './field-path.js';

// Times come in UTC: zones would make each answer some kilobytes longer.
const READ = [...ITEM_PROPERTIES, ...EVENT_PROPERTIES].map(({ uri }) => uri).filter((uri) => !uri.endsWith('TimeZone'));

const SHAPE = element(
  'm:ItemShape',
  {},
  textElement('t:BaseShape', 'IdOnly'),
  textElement('t:BodyType', 'Best'),
  element('t:AdditionalProperties', {}, ...READ.map(fieldPath)),
);

/** Operation GetItem: all that an appointment says, the body as it is stored. */
export function getItem(itemIds: readonly string[]): Xml {
  return element('m:GetItem', {}, SHAPE, element('m:ItemIds', {}, ...itemIds.map((Id) => element('t:ItemId', { Id }))));
}
