import type { MailboxInput } from '../mailbox/mailbox.js';
import { abortable } from './abortable.js';

/** One row of the list, not yet checked. */
export interface SourceRow {
  /** Counted from 1. */
  readonly number: number;
  readonly input: MailboxInput;
}

/** Reads a list of mailboxes one row at a time. */
export class MailboxSource {
  readonly #iterator: Iterator<MailboxInput> | AsyncIterator<MailboxInput>;
  readonly #signal: AbortSignal;
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
   * The next row, or undefined at the end or once the signal is aborted. At once where the list has it at once. Not to be
   * asked again before it has answered: not every iterator takes that.
   * @throws what the list throws, once
   */
  next(): SourceRow | undefined | Promise<SourceRow | undefined> {
    if (this.#ended) return undefined;
    if (this.#signal.aborted) return this.#end();
    try {
      const given = this.#iterator.next();
      return 'then' in given ? this.#await(given) : this.#row(given);
    } catch (error) {
      return this.#failed(error);
    }
  }

  /** Lets the list go, unless it has ended. */
  close(): void {
    if (!this.#ended) this.#end();
  }

  async #await(given: PromiseLike<IteratorResult<MailboxInput>>): Promise<SourceRow | undefined> {
    try {
      return this.#row(await abortable(given, this.#signal));
    } catch (error) {
      return this.#failed(error);
    }
  }

  #row(result: IteratorResult<MailboxInput>): SourceRow | undefined {
    if (result.done === true) {
      this.#ended = true;
      return undefined;
    }
    this.#rows += 1;
    return { number: this.#rows, input: result.value };
  }

  #failed(error: unknown): undefined {
    this.#ended = true;
    if (this.#signal.aborted) return this.#end();
    throw error;
  }

  /** Lets the list release what it holds. Not awaited: a list that hangs would hang the run. */
  #end(): undefined {
    this.#ended = true;
    Promise.resolve(this.#iterator.return?.()).catch(() => undefined);
    return undefined;
  }
}
