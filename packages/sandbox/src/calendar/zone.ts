import { library } from '../library.js';

const temporal = library<typeof import('temporal-polyfill')>('temporal-polyfill');
const windows = library<typeof import('windows-iana')>('windows-iana');

/** A time zone as the calendar needs it: how far its clocks are ahead of UTC. */
export interface Zone {
  /** The Windows identifier, such as `W. Europe Standard Time`. */
  readonly id: string;
  /** The IANA name, where there is one: a zone described by its rules alone has none. */
  readonly iana: string | undefined;
  /** Milliseconds that local clocks are ahead of UTC at an instant. */
  offsetAt(instant: number): number;
}

const DAY = 86_400_000;
const MINUTE = 60_000;

/** The clock on the wall, as milliseconds of a UTC that pretends to be local. */
export function wallTime(zone: Zone, instant: number): number {
  return instant + zone.offsetAt(instant);
}

/** The instant of a wall time. One that occurs twice is the first; one that is skipped moves on by what was skipped. */
export function instantOf(zone: Zone, wall: number): number {
  const before = zone.offsetAt(wall - DAY);
  const first = wall - before;
  if (zone.offsetAt(first) === before) return first;
  const after = zone.offsetAt(wall + DAY);
  const second = wall - after;
  return zone.offsetAt(second) === after ? second : first;
}

/** Offsets of an IANA zone; each stretch between two clock changes is asked for once. */
class IanaZone implements Zone {
  private readonly stretches: { from: number; until: number; offset: number }[] = [];

  constructor(
    readonly id: string,
    readonly iana: string,
  ) {}

  offsetAt(instant: number): number {
    for (const stretch of this.stretches) {
      if (instant >= stretch.from && instant < stretch.until) return stretch.offset;
    }
    const moment = temporal().Temporal.Instant.fromEpochMilliseconds(Math.trunc(instant)).toZonedDateTimeISO(this.iana);
    // `previous` looks strictly before, so it is asked from a moment later: a change at `instant` itself counts.
    const from = moment.add({ milliseconds: 1 }).getTimeZoneTransition('previous')?.epochMilliseconds ?? -Infinity;
    const until = moment.getTimeZoneTransition('next')?.epochMilliseconds ?? Infinity;
    const offset = Math.round(moment.offsetNanoseconds / 1e6 / MINUTE) * MINUTE;
    this.stretches.push({ from, until, offset });
    return offset;
  }
}

/** UTC, which needs no look-up. */
export const utc: Zone = { id: 'UTC', iana: 'Etc/UTC', offsetAt: () => 0 };

const zones = new Map<string, Zone | undefined>([
  ['utc', utc],
  ['etc/utc', utc],
  ['tzone://microsoft/utc', utc],
]);

/** The zone of a Windows identifier or an IANA name; undefined if there is none. */
export function findZone(name: string): Zone | undefined {
  const key = name.toLowerCase();
  if (!zones.has(key)) zones.set(key, findWindowsZone(name) ?? findIanaZone(name));
  return zones.get(key);
}

/** Whether there is a zone of that name. Cheaper than the zone. */
export function isZoneName(name: string): boolean {
  const { findIana, findWindows } = windows();
  return findWindows(name).length > 0 || findIana(name).length > 0 || findZone(name) !== undefined;
}

/** Zones whose first place has left them since windows-iana was made. */
const MOVED: ReadonlyMap<string, string> = new Map([
  ['Central Asia Standard Time', 'Asia/Bishkek'],
  ['Mountain Standard Time (Mexico)', 'America/Mazatlan'],
]);

/** The zone of a Windows identifier alone, as EWS has them. */
export function findWindowsZone(id: string): Zone | undefined {
  if (id.toLowerCase() === 'utc' || id.toLowerCase() === 'tzone://microsoft/utc') return utc;
  const iana = MOVED.get(id) ?? windows().findIana(id)[0];
  return iana === undefined ? undefined : cached(id, iana);
}

function findIanaZone(name: string): Zone | undefined {
  // Temporal takes offsets as well, which are no names.
  if (!/^[a-z]/i.test(name)) return undefined;
  try {
    const iana = temporal().Temporal.Now.zonedDateTimeISO(name).timeZoneId;
    return cached(windows().findWindows(iana)[0] ?? windowsNameOfAlias(iana) ?? iana, iana);
  } catch {
    return undefined;
  }
}

/** For names younger than windows-iana's, such as `Europe/Kyiv`: what the same zone is called under its older one. */
function windowsNameOfAlias(name: string): string | undefined {
  const now = temporal().Temporal.Now.zonedDateTimeISO(name);
  return windows().WINDOWS_TO_IANA_MAP.find(({ iana }) => iana.some((other) => now.withTimeZone(other).equals(now)))
    ?.windowsName;
}

const made = new Map<string, Zone>();

function cached(id: string, iana: string): Zone {
  const key = `${id}\0${iana}`;
  let zone = made.get(key);
  if (zone === undefined) made.set(key, (zone = new IanaZone(id, iana)));
  return zone;
}

/** Every Windows identifier. */
export function windowsZoneIds(): string[] {
  return [...new Set(windows().WINDOWS_TO_IANA_MAP.map(({ windowsName }) => windowsName))];
}
