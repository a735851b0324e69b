import { refuse } from './refuse.js';

/** @throws AppointedError `invalid_options` */
export function readSendMode<T extends string>(sendMode: T | undefined, allowed: readonly T[]): T | undefined {
  if (sendMode === undefined || allowed.includes(sendMode)) return sendMode;
  throw refuse('sendMode', `is none of ${allowed.join(', ')}`);
}
