import type { Importance, Sensitivity, ShowAs } from '../calendar/item.js';
import type { Draft } from '../calendar/mailbox-calendar.js';

/** What a person changes in an item; what is left out stays as it is. */
export interface ItemEdit {
  readonly subject?: string;
  readonly location?: string;
  readonly body?: { readonly kind: 'HTML' | 'Text'; readonly content: string };
  /** ISO 8601 with `Z` or an offset. */
  readonly start?: string;
  readonly end?: string;
  readonly isAllDay?: boolean;
  readonly showAs?: ShowAs;
  readonly sensitivity?: Sensitivity;
  readonly importance?: Importance;
  readonly categories?: readonly string[];
  /** Minutes before the start; null switches the reminder off. */
  readonly reminderMinutes?: number | null;
}

/** The calendar's own words for it. @throws TypeError that names the field */
export function draftOf(edit: ItemEdit): Draft {
  const { start, end, body, reminderMinutes, ...rest } = edit;
  return {
    ...rest,
    ...(body === undefined ? {} : { body: { kind: body.kind, content: body.content } }),
    ...(start === undefined ? {} : { start: readInstant('start', start) }),
    ...(end === undefined ? {} : { end: readInstant('end', end) }),
    ...(reminderMinutes === undefined ? {} : { hasReminder: reminderMinutes !== null }),
    ...(typeof reminderMinutes === 'number' ? { reminderMinutes } : {}),
  };
}

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/;

/** Milliseconds since 1970, UTC. @throws TypeError that names the field */
export function readInstant(field: string, text: string): number {
  const time = INSTANT.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(time)) {
    throw new TypeError(`${field}: "${text}" is no instant; write it as 2026-11-22T10:00:00Z`);
  }
  return time;
}
