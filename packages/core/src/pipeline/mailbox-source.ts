import type { MailboxInput } from '../mailbox/mailbox.js';
import { abortable } from './abortable.js';

/** One row of the list, not yet checked. */
export interface SourceRow {
  /** Counted from 1. */
  readonly number: number;
  readonly input: MailboxInput;
}

/** Reads a list of mailboxes one row at a time, for any number of readers. */
export class MailboxSource {
  readonly #iterator: Iterator<MailboxInput> | AsyncIterator<MailboxInput>;
  readonly #signal: AbortSignal;
  #turn: Promise<unknown> = Promise.resolve();
  #rows = 0;
  #ended = false;

  /** @param signal ends the list */
  constructor(mailboxes: Iterable<MailboxInput> | AsyncIterable<MailboxInput>, signal: AbortSignal) {
    this.#iterator =
      Symbol.asyncIterator in mailboxes ? mailboxes[Symbol.asyncIterator]() : mailboxes[Symbol.iterator]();
    this.#signal = signal;
  }

  /** How many rows were read so far. */
  get rows(): number {
    return this.#rows;
  }

  /**
   * The next row, or undefined at the end or once the signal is aborted.
   * @throws what the list throws, once
   */
  next(): Promise<SourceRow | undefined> {
    // One at a time: not every iterator takes a second call before the first has answered.
    const row = this.#turn.then(() => this.#read());
    this.#turn = row.catch(() => undefined);
    return row;
  }

  /** Lets the list go, unless it has ended. */
  close(): void {
    if (!this.#ended) this.#end();
  }

  async #read(): Promise<SourceRow | undefined> {
    if (this.#ended) return undefined;
    if (this.#signal.aborted) return this.#end();
    try {
      const given = this.#iterator.next();
      const result = 'then' in given ? await abortable(given, this.#signal) : given;
      if (result.done === true) {
        this.#ended = true;
        return undefined;
      }
      this.#rows += 1;
      return { number: this.#rows, input: result.value };
    } catch (error) {
      this.#ended = true;
      if (this.#signal.aborted) return this.#end();
      throw error;
    }
  }

  /** Lets the list release what it holds. Not awaited: a list that hangs would hang the run. */
  #end(): undefined {
    this.#ended = true;
    Promise.resolve(this.#iterator.return?.()).catch(() => undefined);
    return undefined;
  }
}
