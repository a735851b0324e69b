import type { Output } from '../output/output.js';
import { EXIT } from '../exit-code.js';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** What ends a call before its time: the first Ctrl-C gently, the second at once, the third without a word. */
export class Interrupts implements Disposable {
  readonly #output: Output;
  readonly #atOnce: string;
  readonly #pause = new AbortController();
  readonly #stop = new AbortController();
  readonly #listener = (): void => this.interrupt();

  /** @param atOnce what becomes of what is under way when it is given up */
  constructor(output: Output, atOnce = 'What was under way is looked up when the run is resumed.') {
    this.#output = output;
    this.#atOnce = atOnce;
    for (const signal of SIGNALS) process.on(signal, this.#listener);
    process.stdout.on('error', this.#closed);
  }

  /** Aborted when nothing more is to be begun. */
  get pause(): AbortSignal {
    return this.#pause.signal;
  }

  /** Aborted when what is under way is to be given up. */
  get stop(): AbortSignal {
    return this.#stop.signal;
  }

  interrupt(): void {
    if (this.#stop.signal.aborted) process.exit(EXIT.interrupted);
    if (this.#pause.signal.aborted) {
      this.#output.note(`Stopping at once. ${this.#atOnce}`, 'doubtful');
      this.#stop.abort();
      return;
    }
    this.#output.note('Finishing what is under way. Ctrl-C again stops at once.', 'doubtful');
    this.#pause.abort();
  }

  [Symbol.dispose](): void {
    for (const signal of SIGNALS) process.off(signal, this.#listener);
    process.stdout.off('error', this.#closed);
  }

  /** Nobody reads on (`| head`), or the disk is full: nothing more is begun. */
  readonly #closed = (): void => this.#pause.abort();
}
