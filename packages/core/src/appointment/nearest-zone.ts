import { WINDOWS_TO_IANA_MAP } from 'windows-iana';
import { PLACE_OF } from './zone-corrections.js';

const SAMPLES = 24;
const SAMPLE_MS = 31 * 86_400_000;

/** A zone with a Windows name whose clocks go more or less like those of one without. */
export interface NearestZone {
  readonly windows: string;
  /** They go exactly alike, over the next two years. */
  readonly isSame: boolean;
}

const found = new Map<string, NearestZone>();

/** The zone with a Windows name whose clocks go most like those of this one. @param iana known to the runtime */
export function nearestZone(iana: string): NearestZone {
  const known = found.get(iana) ?? search(iana);
  found.set(iana, known);
  return known;
}

function search(iana: string): NearestZone {
  const now = Date.now();
  const wanted = clocksOf(iana, now);
  // The first entry of a Windows zone is the place that it is mostly used for.
  const places = new Map(
    WINDOWS_TO_IANA_MAP.toReversed().map(({ windowsName, iana: [place = ''] }) => [
      windowsName,
      PLACE_OF.get(windowsName) ?? place,
    ]),
  );
  const ranked = [...places]
    .map(([windows, place]) => ({ windows, away: difference(wanted, clocksOf(place, now)) }))
    .toSorted((one, other) => one.away - other.away);
  const [{ windows, away } = { windows: 'UTC', away: 1 }] = ranked;
  return { windows, isSame: away === 0 };
}

/** What clocks there show, month after month, as milliseconds of a UTC that pretends to be local. */
function clocksOf(iana: string, from: number): readonly number[] {
  const format = new Intl.DateTimeFormat('en-CA-u-hc-h23', { timeZone: iana, dateStyle: 'short', timeStyle: 'medium' });
  return Array.from({ length: SAMPLES }, (_, n) =>
    Date.parse(`${format.format(from + n * SAMPLE_MS).replace(', ', 'T')}Z`),
  );
}

function difference(one: readonly number[], other: readonly number[]): number {
  return one.reduce((sum, ms, index) => sum + Math.abs(ms - (other[index] ?? 0)), 0);
}
