const FORM = /^1-([0-9a-z]{1,11})-([0-9a-f]{64})$/;
const LATEST = 8_640_000_000_000_000; // the last moment that a Date can hold

/** A plan's hash: its format, from when its factories count (milliseconds since the epoch), and its digest. */
export function planHash(startedAt: number, digest: string): string {
  return `1-${startedAt.toString(36)}-${digest}`;
}

/** From when the factories of a plan count. @returns undefined if it is no plan's hash */
export function planStart(hash: string): number | undefined {
  const [, start] = FORM.exec(hash) ?? [];
  if (start === undefined) return undefined;
  const startedAt = Number.parseInt(start, 36);
  return startedAt <= LATEST && startedAt.toString(36) === start ? startedAt : undefined;
}
