const LONGEST_WAIT_MS = 3_600_000;

/**
 * How long a server asked us to wait, in milliseconds: BackOffMilliseconds of a response message, else the header
 * Retry-After (seconds, possibly with a fraction, or a date). At most an hour: a mistake of the server must not hold a
 * run for ever.
 */
export function waitAskedFor(
  backOffMilliseconds: string | undefined,
  retryAfter: string | undefined,
): number | undefined {
  const ms = numberIn(backOffMilliseconds) ?? fromRetryAfter(retryAfter);
  return ms === undefined ? undefined : Math.min(Math.max(Math.ceil(ms), 0), LONGEST_WAIT_MS);
}

function fromRetryAfter(header: string | undefined): number | undefined {
  const seconds = numberIn(header);
  if (seconds !== undefined) return seconds * 1000;
  const date = Date.parse(header ?? '');
  return Number.isNaN(date) ? undefined : date - Date.now();
}

function numberIn(text: string | undefined): number | undefined {
  return text !== undefined && /^\d+(?:\.\d+)?$/.test(text.trim()) ? Number(text) : undefined;
}
