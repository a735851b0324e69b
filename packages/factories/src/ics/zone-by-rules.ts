import ICAL from 'ical.js';
import { knownZone, wallTimeAt } from './clock.js';

const STEP_MS = 7 * 86_400_000;

/** A time during which clocks are compared, in milliseconds since the epoch. */
interface Period {
  readonly from: number;
  readonly until: number;
}

/** A zone whose clocks go as the rules of a VTIMEZONE say, compared week by week. */
export function zoneByRules(rules: ICAL.Timezone, tzid: string, { from, until }: Period): string | undefined {
  const weeks = Array.from({ length: Math.ceil((until - from) / STEP_MS) }, (_, n) => from + n * STEP_MS);
  const samples = weeks.map((wall) => sampleOf(rules, wall));
  const alike = Intl.supportedValuesOf('timeZone').filter((zone) =>
    samples.every(({ epochMs, wallTime }) => wallTimeAt(epochMs, zone) === wallTime),
  );
  return (
    alike.find((zone) => isMentioned(zone, tzid)) ??
    usualOf(alike) ??
    alike.find((zone) => knownZone(zone) !== undefined)
  );
}

function sampleOf(rules: ICAL.Timezone, wall: number): { readonly epochMs: number; readonly wallTime: string } {
  const wallTime = new Date(wall).toISOString().slice(0, 19);
  const offsetMs = rules.utcOffset(ICAL.Time.fromDateTimeString(wallTime)) * 1000;
  return { epochMs: wall - offsetMs, wallTime };
}

/** Outlook describes zones by their cities: `(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna`. */
function isMentioned(zone: string, tzid: string): boolean {
  const city = zone.slice(zone.lastIndexOf('/') + 1).replaceAll('_', ' ');
  return tzid.includes(city) && knownZone(zone) !== undefined;
}

/** Of zones that go alike: the place that a Windows zone is mostly used for, of the one with the most places. */
function usualOf(alike: readonly string[]): string | undefined {
  const zones = alike.map((zone) => knownZone(zone)?.windows);
  const usual = alike.flatMap((place) => {
    const windows = knownZone(place)?.windows;
    const isUsual = windows !== undefined && knownZone(windows)?.iana === place;
    return isUsual ? [{ place, places: zones.filter((zone) => zone === windows).length }] : [];
  });
  return usual.toSorted((one, other) => other.places - one.places)[0]?.place;
}
