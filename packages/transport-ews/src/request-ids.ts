import { randomUUID } from 'node:crypto';

/** `01234567-89ab-cdef-0123-` */
const RANDOM_PART = 24;
const DIGITS = 12;

/** UUIDs for requests: what is random is drawn once, and the rest counts. To draw each takes as long as to encode one. */
export class RequestIds {
  readonly #random = randomUUID().slice(0, RANDOM_PART);
  #count = 0;

  next(): string {
    this.#count += 1;
    return this.#random + this.#count.toString(16).padStart(DIGITS, '0');
  }
}
