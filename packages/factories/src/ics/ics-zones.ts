import ICAL from 'ical.js';
import { knownZone, momentAt } from './clock.js';
import { type IcsTime, unknownZone } from './ics-time.js';
import { textOf } from './read-property.js';
import { zoneByRules } from './zone-by-rules.js';

/** How often clocks may change. */
const CHANGES: ReadonlySet<string> = new Set(['YEARLY', 'MONTHLY']);
const DAY_MS = 86_400_000;
/** How far ahead the rules of a zone of its own are compared: two years hold every change that comes back. */
const AHEAD_MS = 730 * DAY_MS;

/** Finds the zones that a calendar's times name. */
export class IcsZones {
  readonly #calendar: ICAL.Component;
  readonly #found = new Map<string, string | undefined>();

  /** @param calendar VCALENDAR, with its VTIMEZONEs */
  constructor(calendar: ICAL.Component) {
    this.#calendar = calendar;
  }

  /**
   * A name that core knows; `mailbox` for a time without a zone. Some products name zones after themselves
   * (`/mozilla.org/20050126_1/Europe/Berlin`), or have zones whose rules are all that tells which they are.
   * @returns undefined for a zone that goes as no other does
   * @throws AppointedError `unknown_time_zone` where the calendar does not say how it goes
   */
  nameOf(time: IcsTime): string | undefined {
    const { isUtc, tzid } = time;
    if (isUtc) return 'UTC';
    if (tzid === undefined) return 'mailbox';
    const known = this.#named(tzid) ?? this.#named(this.#locationOf(tzid));
    if (known !== undefined) return known;
    // Rules change with the years.
    const key = `${time.wallTime.slice(0, 4)} ${tzid}`;
    if (!this.#found.has(key)) this.#found.set(key, this.#byRules(tzid, time.wallTime));
    return this.#found.get(key);
  }

  /** Milliseconds since the epoch. @throws AppointedError `unknown_time_zone` */
  epochOf(time: IcsTime): number {
    const name = this.nameOf(time);
    if (name !== undefined) return momentAt(time.wallTime, name).epochMs;
    const rules = this.#rulesOf(time.tzid ?? '');
    return Date.parse(`${time.wallTime}Z`) - rules.utcOffset(ICAL.Time.fromDateTimeString(time.wallTime)) * 1000;
  }

  #named(name: string | undefined): string | undefined {
    if (name === undefined) return undefined;
    const segments = name.split('/').filter((segment) => segment !== '');
    const tails = [name, ...[3, 2, 1].map((count) => segments.slice(-count).join('/'))];
    return tails.find((tail) => knownZone(tail) !== undefined);
  }

  #component(tzid: string): ICAL.Component | undefined {
    return this.#calendar.getAllSubcomponents('vtimezone').find((zone) => textOf(zone, 'tzid') === tzid);
  }

  #locationOf(tzid: string): string | undefined {
    const zone = this.#component(tzid);
    return zone === undefined ? undefined : textOf(zone, 'x-lic-location');
  }

  #rulesOf(tzid: string): ICAL.Timezone {
    const component = this.#component(tzid);
    if (component === undefined) throw unknownZone(tzid, 'no known zone, and there is no VTIMEZONE of it');
    const isOften = component.getAllSubcomponents().some((observance) => {
      const rule = observance.getFirstPropertyValue('rrule') as ICAL.Recur | null;
      return rule !== null && !CHANGES.has(rule.freq);
    });
    // To look for a change in the year 2027 the library counts all those before it.
    if (isOften) throw unknownZone(tzid, 'its clocks change more often than once a month');
    return new ICAL.Timezone({ component, tzid });
  }

  #byRules(tzid: string, wallTime: string): string | undefined {
    const from = Date.parse(`${wallTime}Z`);
    return zoneByRules(this.#rulesOf(tzid), tzid, { from: from - 7 * DAY_MS, until: from + AHEAD_MS });
  }
}
