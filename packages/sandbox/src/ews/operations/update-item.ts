import type { CalendarItem, PropertyValue } from '../../calendar/item.js';
import type { Draft } from '../../calendar/mailbox-calendar.js';
import { isSeries } from '../../calendar/series.js';
import { addressesOf, announceChange } from '../announce.js';
import type { Call } from '../call.js';
import { ItemError } from '../fault.js';
import { propertyName, readProperty } from '../fields/extended-property.js';
import { fieldByUri } from '../fields/fields.js';
import { itemIdXml } from '../fields/item-fields.js';
import { cannotSet, readZones } from '../item-content.js';
import { type ResolvedItem, isCurrent, resolveItem } from '../item-reference.js';
import { eachOf, success } from '../response.js';
import type { XmlElement } from '../xml-element.js';
import type { Operation } from './operation.js';

const MESSAGE = 'UpdateItemResponseMessage';
const NO_CONFLICTS = '<m:ConflictResults><t:Count>0</t:Count></m:ConflictResults>';

export const updateItem: Operation = (request, call) => {
  const resolution = request.attribute('ConflictResolution') ?? '';
  const sending = request.attribute('SendMeetingInvitationsOrCancellations');
  return eachOf(request.required('m:ItemChanges').children, MESSAGE, '<m:Items/>', (change) => {
    const [reference] = change.children;
    if (reference === undefined) throw new Error('the grammar let an ItemChange pass without an id');
    const view = resolveItem(reference, call);
    if (sending === undefined) {
      const text = 'SendMeetingInvitationsOrCancellations attribute is required for calendar items.';
      throw new ItemError('ErrorSendMeetingInvitationsOrCancellationsRequired', text);
    }
    checkConflict(reference, view.item, resolution, call);
    const changes = readChanges(change.required('t:Updates').children, view.item, call);
    const invited = view.item.wasSent ? addressesOf(view.item) : [];
    apply(view, changes);
    const changed = { item: { ...view.item, ...changes }, mailbox: view.mailbox };
    if (announceChange(changed, invited, sending, call)) view.calendar.markSent(view.series);
    return success(
      MESSAGE,
      `<m:Items><t:CalendarItem>${itemIdXml({ ...view, item: view.series })}</t:CalendarItem></m:Items>${NO_CONFLICTS}`,
    );
  });
};

function apply({ calendar, item, series, occurrence }: ResolvedItem, changes: Draft): void {
  if (occurrence === undefined || !isSeries(series)) {
    calendar.update(item, changes);
    return;
  }
  if (changes.recurrence !== undefined) throw cannotSet('calendar:Recurrence');
  calendar.updateOccurrence(series, occurrence.day, changes);
}

function checkConflict(reference: XmlElement, item: CalendarItem, resolution: string, call: Call): void {
  const current = isCurrent(reference, item, call);
  if (resolution === 'AlwaysOverwrite') return;
  if (current === undefined) {
    const text = 'The change key is required for this operation.';
    throw new ItemError('ErrorChangeKeyRequiredForWriteOperations', text);
  }
  if (resolution === 'NeverOverwrite' && !current) {
    const text =
      'The send or update operation could not be performed because the change key passed in the request does not ' +
      'match the current change key for the item.';
    throw new ItemError('ErrorIrresolvableConflict', text);
  }
}

function readChanges(changes: readonly XmlElement[], item: CalendarItem, call: Call): Draft {
  const draft: Draft = { others: item.others };
  const properties = new Map(item.properties);
  for (const change of changes) {
    const [path, content] = change.children;
    if (path === undefined) throw new Error('the grammar let a change pass without a path');
    if (change.name === 't:DeleteItemField') clear(path, draft, properties);
    else if (change.name === 't:AppendToItemField') append(path, content, draft, item, call);
    else set(path, content, draft, properties, call);
  }
  draft.properties = properties.size > 0 ? properties : undefined;
  return draft;
}

function set(
  path: XmlElement,
  content: XmlElement | undefined,
  draft: Draft,
  properties: Map<string, PropertyValue>,
  call: Call,
): void {
  const value = content?.children[0];
  if (content?.name !== 't:CalendarItem' || value === undefined || content.children.length !== 1) {
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
  field.take(draft, value, readZones(content, call));
}

/** Only texts and lists can be appended to. */
function append(path: XmlElement, content: XmlElement | undefined, draft: Draft, item: CalendarItem, call: Call): void {
  const uri = path.attribute('FieldURI') ?? '';
  const added: Draft = {};
  const list = LISTS[uri];
  if (uri !== 'item:Body' && list === undefined) {
    const xml = `<t:FieldURI FieldURI="${uri}"/>`;
    throw new ItemError('ErrorInvalidPropertyAppend', 'Append action is invalid for property.', xml);
  }
  set(path, content, added, new Map(), call);
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
