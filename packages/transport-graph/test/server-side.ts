import { setTimeout as sleep } from 'node:timers/promises';
import { KEY_PROPERTY } from '@appointed/core';
import type { Sandbox, SandboxItem } from '@appointed/sandbox';
import type { CalendarEntry } from '@appointed/testkit';

const KEY_NAME = `String {${KEY_PROPERTY.propertySetId}} Name ${KEY_PROPERTY.name}`;

/** What is in a mailbox's calendar, asked of the server itself. */
export function inCalendar(server: Sandbox, address: string): readonly CalendarEntry[] {
  return server
    .items(address)
    .filter(({ folder }) => folder === 'calendar')
    .map(calendarEntry);
}

/** Until somebody waits for an answer. */
export async function untilAsked(servers: readonly Sandbox[]): Promise<void> {
  while (!servers.some(({ control }) => control.report().requests.inFlight > 0)) await sleep(1);
}

/** The key inside a stored item. */
export function keyOf(item: SandboxItem): string | undefined {
  const value = item.extendedProperties[KEY_NAME];
  return typeof value === 'string' ? value : undefined;
}

function calendarEntry(item: SandboxItem): CalendarEntry {
  const key = keyOf(item);
  return {
    subject: item.subject ?? '',
    start: Date.parse(item.start),
    ...(key === undefined ? {} : { key }),
    ...(item.location === undefined ? {} : { location: item.location }),
    ...(item.body === undefined ? {} : { body: item.body.content }),
  };
}
