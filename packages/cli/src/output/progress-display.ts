import { createLogUpdate } from 'log-update';

const FRAME_MS = 100;

/** Text that is redrawn in place, at the bottom of a terminal. */
export class ProgressDisplay {
  readonly #log = createLogUpdate(process.stderr, { showCursor: true });
  readonly #draw: (columns: number) => string;
  #timer: NodeJS.Timeout | undefined;
  #isHidden = false;

  /** @param draw the text, for a terminal of so many columns */
  constructor(draw: (columns: number) => string) {
    this.#draw = draw;
    this.#timer = setInterval(() => this.show(), FRAME_MS).unref();
    this.show();
  }

  /** Something else is to be written. */
  hide(): void {
    this.#log.clear();
  }

  show(): void {
    if (!this.#isHidden && this.#timer !== undefined) this.#log(this.#draw(process.stderr.columns ?? 80));
  }

  /** Somebody is asked meanwhile. */
  async hiddenWhile<T>(work: () => Promise<T>): Promise<T> {
    this.#isHidden = true;
    this.hide();
    try {
      return await work();
    } finally {
      this.#isHidden = false;
    }
  }

  close(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.hide();
  }
}
