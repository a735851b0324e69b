import type { CalendarItem, PropertyValue } from '../calendar/item.js';
import type { Draft } from '../calendar/mailbox-calendar.js';
import type { Call } from './call.js';
import { escapeAttribute } from './escape.js';
import { ItemError } from './fault.js';
import { propertyName, readProperty } from './fields/extended-property.js';
import type { Zones } from './fields/field.js';
import { fieldByUri } from './fields/fields.js';
import { cannotSet, readZones } from './item-content.js';
import type { XmlElement } from './xml-element.js';

/**
 * What the changes of an ItemChange make of an item. Times without an offset are in the zones that the same change sets.
 *
 * @throws ItemError for what cannot be set, appended to or deleted
 */
export function readChanges(changes: readonly XmlElement[], item: CalendarItem, call: Call): Draft {
  const contents = changes.flatMap((change) => change.children[1]?.children ?? []);
  const zones = readZones({ child: (name) => contents.find((content) => content.name === name) }, call);
  const draft: Draft = { others: item.others };
  const properties = new Map(item.properties);
  for (const change of changes) {
    const [path, content] = change.children;
    if (path === undefined) throw new Error('the grammar let a change pass without a path');
    if (change.name === 't:DeleteItemField') clear(path, draft, properties);
    else if (change.name === 't:AppendToItemField') append(path, content, draft, item, zones);
    else set(path, content, draft, properties, zones);
  }
  draft.properties = properties.size > 0 ? properties : undefined;
  return draft;
}

function set(
  path: XmlElement,
  content: XmlElement | undefined,
  draft: Draft,
  properties: Map<string, PropertyValue>,
  zones: Zones,
): void {
  const value = content?.children[0];
  // The documentation has this code for a change of an item's kind, which a part of another kind would be.
  if (content !== undefined && content.name !== 't:CalendarItem') {
    const text = `The item is a calendar item; it cannot be changed as ${content.localName}.`;
    throw new ItemError('ErrorObjectTypeChanged', text);
  }
  if (value === undefined || content?.children.length !== 1) {
    throw new ItemError(
      'ErrorIncorrectUpdatePropertyCount',
      'An object within a change description must contain one and only one property to modify.',
    );
  }
  if (path.name === 't:ExtendedFieldURI') {
    const [name, stored] = readProperty(value);
    if (name !== propertyName(path)) throw mismatch();
    properties.set(name, stored);
    return;
  }
  const uri = path.attribute('FieldURI') ?? '';
  const field = fieldByUri(uri);
  if (field?.take === undefined) throw cannotSet(uri);
  if (`t:${field.element}` !== value.name) throw mismatch();
  field.take(draft, value, zones);
}

/** Only texts and lists can be appended to. */
function append(
  path: XmlElement,
  content: XmlElement | undefined,
  draft: Draft,
  item: CalendarItem,
  zones: Zones,
): void {
  const uri = path.attribute('FieldURI') ?? '';
  const added: Draft = {};
  const list = LISTS[uri];
  if (uri !== 'item:Body' && list === undefined) {
    const xml = `<t:FieldURI FieldURI="${escapeAttribute(uri)}"/>`;
    throw new ItemError('ErrorInvalidPropertyAppend', 'Append action is invalid for property.', xml);
  }
  set(path, content, added, new Map(), zones);
  if (list !== undefined) draft[list] = [...(draft[list] ?? item[list] ?? []), ...(added[list] ?? [])];
  else if (added.body !== undefined) {
    const before = draft.body ?? item.body;
    draft.body = { kind: before?.kind ?? added.body.kind, content: (before?.content ?? '') + added.body.content };
  }
}

const LISTS: Readonly<Record<string, 'requiredAttendees' | 'optionalAttendees' | 'resources'>> = {
  'calendar:RequiredAttendees': 'requiredAttendees',
  'calendar:OptionalAttendees': 'optionalAttendees',
  'calendar:Resources': 'resources',
};

function clear(path: XmlElement, draft: Draft, properties: Map<string, PropertyValue>): void {
  if (path.name === 't:ExtendedFieldURI') {
    properties.delete(propertyName(path));
    return;
  }
  const field = fieldByUri(path.attribute('FieldURI') ?? '');
  if (field?.clear === undefined) {
    const xml = `<t:FieldURI FieldURI="${path.attribute('FieldURI') ?? ''}"/>`;
    throw new ItemError('ErrorInvalidPropertyDelete', 'Delete action is invalid for property.', xml);
  }
  field.clear(draft);
}

function mismatch(): ItemError {
  return new ItemError('ErrorUpdatePropertyMismatch', 'The property path does not match the property that is set.');
}
