import { AppointedError, parseAppointment } from '@appointed/core';
import { expect, it } from 'vitest';

function zoneOf(timeZone: string): string | AppointedError {
  const start = { dateTime: '2027-01-15T09:00', timeZone };
  try {
    return parseAppointment({ subject: 'x', start, end: start }).start.zone.windows;
  } catch (error) {
    if (AppointedError.is(error)) return error;
    throw error;
  }
}

it('every zone of the runtime has a Windows name, or an error that names the nearest', () => {
  const all = Intl.supportedValuesOf('timeZone').map((name) => [name, zoneOf(name)] as const);
  const failed = all.filter(([, found]) => typeof found !== 'string');
  expect(all.length - failed.length).toBeGreaterThanOrEqual(415);
  expect(failed.length).toBeLessThanOrEqual(10);
  const named = failed.map(([name, error]) => {
    expect(error).toMatchObject({ code: 'unknown_time_zone', field: 'start.timeZone' });
    const [, nearest] = /The nearest is "([^"]+)"/.exec((error as AppointedError).hint ?? '') ?? [];
    return { name, nearest };
  });
  expect(named.filter(({ nearest = '' }) => zoneOf(nearest) !== nearest)).toEqual([]);
});

it('the nearest zone goes alike where there is one that does', () => {
  // It left the time of Chihuahua for that of El Paso in 2022: clocks as in Denver.
  const found = zoneOf('America/Ciudad_Juarez');
  const told = typeof found === 'string' ? `"${found}", whose clocks now go alike` : found.hint;
  expect(told).toContain('"Mountain Standard Time", whose clocks now go alike');
});
