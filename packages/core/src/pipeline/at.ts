/** A longer delay makes Node's timers fire at once. */
const LONGEST_TIMER_MS = 2_147_483_647;

/** Calls back at a time, in milliseconds since the epoch; at once, when it is past. @returns what prevents it */
export function at(time: number, callback: () => void): () => void {
  let timer: NodeJS.Timeout | undefined;
  const wait = (): void => {
    const ms = time - Date.now();
    if (ms <= 0) callback();
    else timer = setTimeout(wait, Math.min(ms, LONGEST_TIMER_MS));
  };
  if (time < Number.POSITIVE_INFINITY) wait();
  return () => clearTimeout(timer);
}
