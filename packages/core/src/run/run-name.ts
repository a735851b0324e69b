import { refuse } from './refuse.js';

const NAME = /^[^\p{Cc}\p{Cs}]{1,200}$/u;

/** Can it be the name of a run or of a slot? Keys are made of it. */
export function isRunName(name: unknown): name is string {
  return typeof name === 'string' && NAME.test(name);
}

/** @throws AppointedError `invalid_options` */
export function readRunId(id: unknown): string {
  if (isRunName(id)) return id;
  throw refuse('id', 'is not a text of 1 to 200 characters without control characters');
}
