const LONGEST_WAIT_MS = 3_600_000;

const SECONDS = /^\d+(?:\.\d+)?$/;
/** Date.parse alone takes `3,5` for a day in March. */
const DATE = /^[a-z]{3,},? .*\d\d:\d\d:\d\d/i;

/**
 * How long the header Retry-After asks us to wait, in milliseconds: seconds, possibly with a fraction, or a date. At most
 * an hour: a mistake of the server must not hold a run for ever.
 */
export function waitAskedFor(header: string | undefined): number | undefined {
  const text = header?.trim() ?? '';
  const ms = SECONDS.test(text) ? Number(text) * 1000 : DATE.test(text) ? Date.parse(text) - Date.now() : Number.NaN;
  return Number.isNaN(ms) ? undefined : Math.min(Math.max(Math.ceil(ms), 0), LONGEST_WAIT_MS);
}
