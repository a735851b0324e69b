import { route } from './route.js';
import { findMailbox, totals } from './live.js';

const viewer = new Intl.DateTimeFormat().resolvedOptions().timeZone;

/** The IANA name of the zone that times are shown in. */
export function shownZone(): string {
  const { zone, mailbox } = route.value;
  return zone === 'viewer' ? viewer : zoneOf(mailbox);
}

/** A mailbox's zone, as far as this browser knows it. */
export function zoneOf(mailbox: string): string {
  const zone = findMailbox(mailbox)?.timeZone ?? 'UTC';
  return isKnown(zone) ? zone : 'UTC';
}

/** The sandbox's clock, as milliseconds since 1970. */
export function now(): number {
  return Date.now() + totals.peek().clockAheadMs;
}

/** The clock on the wall of a zone: `2026-11-24T09:00:00`. */
export function wallTime(instant: number | string, zone: string): string {
  const date = new Date(instant);
  // Swedish writes dates as ISO 8601 does.
  return formatter('sv-SE', zone, { dateStyle: 'short', timeStyle: 'medium' }).format(date).replace(' ', 'T');
}

/** `Tue, 24 Nov 2026, 09:00` */
export function longTime(instant: number | string, zone: string): string {
  return formatter('en-GB', zone, {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
  }).format(new Date(instant));
}

/** `Tue, 24 Nov 2026`, of a date without a time. */
export function longDate(date: string): string {
  return formatter('en-GB', 'UTC', { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' }).format(
    new Date(`${date}T00:00:00Z`),
  );
}

/** `09:00:00.123` on the viewer's clock, as logs have it. */
export function logTime(instant: string): string {
  return formatter('en-GB', viewer, {
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    fractionalSecondDigits: 3,
  }).format(new Date(instant));
}

const formatters = new Map<string, Intl.DateTimeFormat>();

/** Making one takes longer than using it a hundred times. */
function formatter(locale: string, timeZone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = JSON.stringify([locale, timeZone, options]);
  let known = formatters.get(key);
  if (known === undefined) formatters.set(key, (known = new Intl.DateTimeFormat(locale, { timeZone, ...options })));
  return known;
}

function isKnown(timeZone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
