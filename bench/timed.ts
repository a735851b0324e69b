import { monitorEventLoopDelay } from 'node:perf_hooks';

/** Does something, and tells how long it took and for how long the event loop was blocked. */
export async function timed<T>(what: string, work: () => Promise<T>): Promise<T> {
  const blocked = monitorEventLoopDelay({ resolution: 1 });
  blocked.enable();
  const began = performance.now();
  const result = await work();
  const seconds = (performance.now() - began) / 1000;
  blocked.disable();
  console.log(
    `${what} in ${seconds.toFixed(2)} s; event loop blocked for at most ${(blocked.max / 1e6).toFixed(0)} ms`,
  );
  return result;
}

export function mb(bytes: number): string {
  return `${(bytes / 1e6).toFixed(0)} MB`;
}
