import { findIana, findWindows } from 'windows-iana';
import { AppointedError } from '../error/appointed-error.js';
import { nearestZone } from './nearest-zone.js';
import { PLACE_OF, WINDOWS_ZONE_OF } from './zone-corrections.js';

/** A time zone under both of its names. */
export interface Zone {
  /** IANA name: `Europe/Berlin`. */
  readonly iana: string;
  /** Windows name, which Exchange speaks: `W. Europe Standard Time`. */
  readonly windows: string;
}

/** The zone of instants given as a `Date`. */
export const UTC: Zone = Object.freeze({ iana: 'Etc/UTC', windows: 'UTC' });

const known = new Map<string, Zone>([
  ['UTC', UTC],
  ['Etc/UTC', UTC],
]);

/**
 * The zone of an IANA or Windows name. Windows names are mapped by Unicode CLDR's table, IANA names must also be known
 * to the runtime.
 * @throws AppointedError `unknown_time_zone`
 */
export function zoneOf(name: string, field: string): Zone {
  const zone = findZone(name);
  if (zone === undefined) throw refuse(name, field);
  return zone;
}

/** Is it the name of a zone that Exchange knows? */
export function isZone(name: string): boolean {
  return findZone(name) !== undefined;
}

function findZone(name: string): Zone | undefined {
  const found = known.get(name);
  if (found !== undefined) return found;
  const zone = fromWindows(name) ?? fromIana(name);
  if (zone !== undefined) known.set(name, zone);
  return zone;
}

function fromWindows(name: string): Zone | undefined {
  const [iana] = [PLACE_OF.get(name) ?? [], findIana(name)].flat();
  return iana === undefined ? undefined : Object.freeze({ iana, windows: name });
}

function fromIana(name: string): Zone | undefined {
  const canonical = canonicalIana(name);
  if (canonical === undefined) return undefined;
  const corrected = WINDOWS_ZONE_OF.get(name) ?? WINDOWS_ZONE_OF.get(canonical) ?? [];
  const [windows] = [corrected, findWindows(name), findWindows(canonical)].flat();
  return windows === undefined ? undefined : Object.freeze({ iana: canonical, windows });
}

function canonicalIana(name: string): string | undefined {
  // Runtimes also take offsets such as "+02:00", which are no zones: they know no daylight saving.
  if (!/^[a-z]/i.test(name)) return undefined;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone;
  } catch {
    // RangeError is how Intl says "no such zone".
    return undefined;
  }
}

const USUAL_HINT = 'Use an IANA name such as "Europe/Berlin" or a Windows name such as "W. Europe Standard Time".';

function refuse(name: string, field: string): AppointedError {
  const message = `${field}: no time zone that Exchange knows: ${JSON.stringify(name.slice(0, 100))}`;
  const iana = canonicalIana(name);
  return new AppointedError('unknown_time_zone', message, {
    field,
    hint: iana === undefined ? USUAL_HINT : hintFor(iana),
  });
}

/** Places that have changed their clocks lately have an IANA zone before they have a Windows one. */
function hintFor(iana: string): string {
  const { windows, isSame } = nearestZone(iana);
  return `Exchange has no zone for ${iana}. The nearest is "${windows}", whose clocks now go ${isSame ? 'alike' : 'almost alike'}.`;
}
