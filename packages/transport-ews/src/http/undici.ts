import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

/** The HTTP client. Loaded when a transport is made: that takes longer than to load all the rest. */
export function undici(): typeof import('undici') {
  return require('undici') as typeof import('undici');
}
