import { createRequire } from 'node:module';

const load = createRequire(import.meta.url);

/**
 * A library that is loaded when it is first used: the sandbox shall start quickly, and what these libraries know (time
 * zones, recurrences) no start needs. By `require`, since whoever uses them cannot wait.
 */
export function library<T>(name: string): () => T {
  let loaded: T | undefined;
  return () => (loaded ??= load(name) as T);
}
