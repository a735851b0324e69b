import type { CalendarItem } from '../../calendar/item.js';
import type { Draft } from '../../calendar/mailbox-calendar.js';
import type { Body } from '../schema/read-body.js';
import type { EventView } from '../event-view.js';

/** What a property is read with. */
export interface Given {
  /** The whole body, for properties that go together. */
  readonly body: Body;
  /** What is changed; undefined for a new event. */
  readonly item: CalendarItem | undefined;
}

/** One property of an event: how it is written, and read where clients may set it. */
export interface EventField {
  readonly name: string;
  write(view: EventView): unknown;
  /** @param value as the schema has it; null takes away @throws GraphError */
  take?(draft: Draft, value: unknown, given: Given): void;
}

export function field(name: string, write: EventField['write'], take?: EventField['take']): EventField {
  return take === undefined ? { name, write } : { name, write, take };
}

/** A value that the store keeps for Graph and does not interpret. */
export function setOther(draft: Draft, { item }: Given, key: string, value: string | undefined): void {
  const others = new Map(draft.others ?? item?.others);
  if (value === undefined) others.delete(key);
  else others.set(key, value);
  draft.others = others;
}
