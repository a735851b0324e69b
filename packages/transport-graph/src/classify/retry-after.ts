const LONGEST_WAIT_MS = 3_600_000;

/**
 * How long the header Retry-After asks us to wait, in milliseconds: seconds, possibly with a fraction, or a date. At most
 * an hour: a mistake of the server must not hold a run for ever.
 */
export function waitAskedFor(header: string | undefined): number | undefined {
  const text = header?.trim() ?? '';
  const ms = /^\d+(?:\.\d+)?$/.test(text) ? Number(text) * 1000 : Date.parse(text) - Date.now();
  return Number.isNaN(ms) ? undefined : Math.min(Math.max(Math.ceil(ms), 0), LONGEST_WAIT_MS);
}
