import {
  type Appointment,
  type Mailbox,
  type NativeAppointment,
  placementUid,
  type Receipt,
  type SaveItem,
  type SendMode,
} from '@appointed/core';

/** One item in a calendar of a fake transport. */
export interface FakeItem {
  readonly key: string;
  readonly itemId: string;
  readonly changeKey: string;
  /** As a server keeps it: without the characters that XML 1.0 forbids. */
  readonly subject: string;
  readonly sendMode: SendMode;
  /** What was given to be saved, unchanged. */
  readonly content: Appointment | NativeAppointment;
}

/** Calendars in memory, by the mailbox's name in any case. */
export class FakeStore {
  readonly #calendars = new Map<string, FakeItem[]>();
  #saved = 0;

  add(mailbox: Mailbox, { key, content }: SaveItem, sendMode: SendMode): Receipt {
    this.#saved += 1;
    const itemId = `item-${this.#saved}`;
    const changeKey = `change-${this.#saved}`;
    const subject = withoutForbidden(content.subject);
    this.#calendar(mailbox.id).push({ key, itemId, changeKey, subject, sendMode, content });
    return { itemId, changeKey, iCalUid: placementUid(key) };
  }

  items(mailbox: string): readonly FakeItem[] {
    return [...(this.#calendars.get(mailbox.toLowerCase()) ?? [])];
  }

  /** @returns whether it was there */
  remove(mailbox: string, itemId: string): boolean {
    const calendar = this.#calendar(mailbox);
    const place = calendar.findIndex((item) => item.itemId === itemId);
    if (place >= 0) calendar.splice(place, 1);
    return place >= 0;
  }

  #calendar(mailbox: string): FakeItem[] {
    const found = this.#calendars.get(mailbox.toLowerCase());
    if (found !== undefined) return found;
    const calendar: FakeItem[] = [];
    this.#calendars.set(mailbox.toLowerCase(), calendar);
    return calendar;
  }
}

// The complement of XML 1.0's production Char, read by code points, so that paired surrogates stay.
const FORBIDDEN = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu;

function withoutForbidden(text: string): string {
  return text.replaceAll(FORBIDDEN, '');
}
