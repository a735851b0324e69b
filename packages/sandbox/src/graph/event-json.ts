import type { PropertyName } from '../calendar/property-name.js';
import { itemChangeKey } from '../ews/item-id.js';
import type { GraphCall } from './call.js';
import { attachmentJson } from './fields/attachment.js';
import type { EventView } from './event-view.js';
import { eventFields } from './fields/event-fields.js';
import { valueOf } from './fields/extended-property.js';
import { cancelledOccurrences, originalStart } from './fields/series-fields.js';
import { type Expansion, readExpand } from './query/expand.js';
import { readSelect } from './query/select.js';

/** How events are wanted: what `$select` and `$expand` say. */
export interface Shape {
  readonly select: ReadonlySet<string> | undefined;
  readonly expansion: Expansion;
}

/** @throws GraphError */
export function readShape({ query }: GraphCall): Shape {
  return { select: readSelect(query.get('$select')), expansion: readExpand(query.get('$expand')) };
}

export const WHOLE: Shape = { select: undefined, expansion: { single: [], multiple: [], attachments: false } };

/** An event as Graph writes it. `id` comes whatever is selected. */
export function eventJson(view: EventView, { select, expansion }: Shape): Record<string, unknown> {
  const { item, mailbox } = view;
  const json: Record<string, unknown> = { '@odata.etag': etagOf(view) };
  for (const { name, write } of eventFields) {
    if (select === undefined || select.has(name) || name === 'id') json[name] = write(view);
  }
  if (select === undefined || select.has('originalStart')) Object.assign(json, originalStart(view));
  if (select?.has('cancelledOccurrences') === true && view.item.recurrence !== undefined) {
    json['cancelledOccurrences'] = cancelledOccurrences(view);
  }
  const single = propertiesOf(view, expansion.single);
  if (single.length > 0) json['singleValueExtendedProperties'] = single;
  const multiple = propertiesOf(view, expansion.multiple);
  if (multiple.length > 0) json['multiValueExtendedProperties'] = multiple;
  if (expansion.attachments) {
    json['attachments'] = (item.attachments ?? []).map((file) => attachmentJson(mailbox, item, file, true));
  }
  return json;
}

export function etagOf({ mailbox, item }: EventView): string {
  return `W/"${itemChangeKey(mailbox, item.change)}"`;
}

function propertiesOf({ item }: EventView, names: readonly PropertyName[]): { id: string; value: unknown }[] {
  return names.map((id) => ({ id, value: valueOf(item, id) as unknown })).filter(({ value }) => value !== undefined);
}
