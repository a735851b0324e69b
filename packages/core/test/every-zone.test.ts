import { AppointedError, parseAppointment, type Zone } from '@appointed/core';
import { describe, expect, it } from 'vitest';

const MONTH_MS = 31 * 86_400_000;
const FROM = Date.now();

function zoneOf(timeZone: string): Zone | AppointedError {
  const start = { dateTime: '2027-01-15T09:00', timeZone };
  try {
    return parseAppointment({ subject: 'x', start, end: start }).start.zone;
  } catch (error) {
    if (AppointedError.is(error)) return error;
    throw error;
  }
}

/** What clocks show there in each of the next 24 months. */
function clocksIn(timeZone: string): string {
  const format = new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short', timeStyle: 'short' });
  return Array.from({ length: 24 }, (_, n) => format.format(FROM + n * MONTH_MS)).join();
}

describe('every zone of the runtime', () => {
  const all = Intl.supportedValuesOf('timeZone').map((name) => ({ name, zone: zoneOf(name) }));
  const named = all.flatMap(({ name, zone }) => ('windows' in zone ? [{ name, windows: zone.windows }] : []));

  it('has a Windows name, but for a few', () => {
    expect(all.length).toBeGreaterThanOrEqual(418);
    // Troll is two hours ahead in summer, and not at all in winter: nobody else is. Newer runtimes may know new zones.
    expect(all.length - named.length).toBeLessThanOrEqual(3);
  });

  it('has a Windows name whose clocks go alike, now and in the next two years', () => {
    const others = named.filter(({ name, windows }) => {
      const zone = zoneOf(windows);
      return !('iana' in zone) || clocksIn(zone.iana) !== clocksIn(name);
    });
    expect(others).toEqual([]);
  });
});

it('a zone without a Windows name is an error that names the nearest', () => {
  const error = zoneOf('Antarctica/Troll');
  expect(error).toMatchObject({ code: 'unknown_time_zone', field: 'start.timeZone' });
  const [, nearest = ''] =
    /The nearest is "([^"]+)", whose clocks now go almost alike/.exec(String(Reflect.get(error, 'hint'))) ?? [];
  expect(zoneOf(nearest)).toMatchObject({ windows: nearest });
});
