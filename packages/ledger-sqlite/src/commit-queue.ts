import { AppointedError } from '@appointed/core';
import type { LedgerFile } from './ledger-file.js';

/** What waits longer goes into the next transaction: between them the event loop takes its turn. */
const LONGEST_MS = 10;

interface Waiting {
  /** @returns what answers, once it is on the disk */
  readonly work: () => () => void;
  readonly fail: (error: unknown) => void;
}

/**
 * One transaction for all that waits: a disk makes some hundreds of commits a second, whatever is in them. While one is
 * being written, answers of servers arrive, and what they bring is the next.
 */
export class CommitQueue {
  readonly #file: LedgerFile;
  #waiting: Waiting[] = [];

  constructor(file: LedgerFile) {
    this.#file = file;
  }

  /**
   * Does the work in the next transaction, after all that was added before. Where it throws an AppointedError, it alone
   * has failed, and what it had written stays; whatever else is thrown fails the transaction.
   * @returns what the work returned, once it is on the disk
   */
  add<T>(work: () => T): Promise<T> {
    return new Promise((resolve, reject) => {
      // Not a microtask: what else has arrived in this turn of the event loop shall come along.
      if (this.#waiting.length === 0) setImmediate(() => this.#commit());
      this.#waiting.push({
        work: () => {
          const value = work();
          return () => resolve(value);
        },
        fail: reject,
      });
    });
  }

  #commit(): void {
    const batch = this.#waiting;
    this.#waiting = [];
    try {
      const answers = this.#file.write(() => attemptAll(batch));
      this.#waiting = batch.splice(answers.length);
      if (this.#waiting.length > 0) setImmediate(() => this.#commit());
      for (const answer of answers) answer();
    } catch (error) {
      for (const { fail } of batch) fail(error);
    }
  }
}

/** Does as much as may be done before the event loop takes its turn. @returns what answers, of so many from the first */
function attemptAll(batch: readonly Waiting[]): readonly (() => void)[] {
  const until = performance.now() + LONGEST_MS;
  const answers: (() => void)[] = [];
  for (const each of batch) {
    answers.push(attempt(each));
    if (performance.now() > until) break;
  }
  return answers;
}

function attempt({ work, fail }: Waiting): () => void {
  try {
    return work();
  } catch (error) {
    if (!AppointedError.is(error)) throw error;
    return () => fail(error);
  }
}
