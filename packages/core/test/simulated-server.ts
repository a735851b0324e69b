import type { Lane, Pacer, Permit } from '@appointed/core';
import type { Time } from './virtual-time.js';

/** How a simulated server behaves. */
export interface ServerTraits {
  /** How long it works on a request, in milliseconds. */
  readonly latencyMs: () => number;
  /** It refuses a request while so many are in it; by default none. */
  readonly limit?: (now: number) => number;
  /** It works on so many requests at once, and the others wait in it; by default on all. */
  readonly workers?: (now: number) => number;
  /** A mailbox whose request is refused is told to be quiet for so many milliseconds; by default it is not told. */
  readonly backOffMs?: number;
  /** How long a request is on its way, in milliseconds; by default no time. */
  readonly wayMs?: () => number;
}

/** What became of the requests that ended in some stretch of time. */
export interface Tally {
  readonly done: number;
  readonly refused: number;
}

const REFUSAL_MS = 1;

/** A server that is only arithmetic, and clients who send it as many requests as a pacer allows, each for another mailbox. */
export class SimulatedServer {
  /** The most requests that were in it at once. */
  mostInService = 0;
  readonly #traits: ServerTraits;
  readonly #pacer: Pacer;
  readonly #time: Time;
  readonly #waiting: (() => void)[] = [];
  readonly #endings: { readonly at: number; readonly isDone: boolean }[] = [];
  readonly #signal = new AbortController().signal;
  #inService = 0;
  #asked = 0;

  constructor(traits: ServerTraits, pacer: Pacer, time: Time) {
    this.#traits = traits;
    this.#pacer = pacer;
    this.#time = time;
  }

  /** From now on so many clients want to send at any time. */
  open(clients: number): void {
    for (let client = 0; client < clients; client += 1) this.#ask();
  }

  /** What ended in a stretch of time. */
  tally(fromMs: number, toMs: number): Tally {
    const endings = this.#endings.filter(({ at }) => at >= fromMs && at < toMs);
    const done = endings.filter(({ isDone }) => isDone).length;
    return { done, refused: endings.length - done };
  }

  #ask(): void {
    this.#asked += 1;
    const lanes = lanesOf(this.#asked);
    void this.#pacer.acquire(lanes, this.#signal).then((permit) => this.#send(permit, lanes));
  }

  #send(permit: Permit, lanes: readonly Lane[]): void {
    const sentAt = this.#time.now();
    const { wayMs, backOffMs } = this.#traits;
    const end = (isDone: boolean): void => {
      const at = this.#time.now();
      this.#endings.push({ at, isDone });
      const pause = isDone || backOffMs === undefined ? {} : { pause: { lane: lanes.at(-1)?.id ?? '', ms: backOffMs } };
      permit.release({ latencyMs: at - sentAt, went: isDone ? 'well' : 'busy', ...pause });
      this.#ask();
    };
    if (wayMs === undefined) this.#arrive(end);
    else this.#time.after(wayMs(), () => this.#arrive(end));
  }

  #arrive(end: (isDone: boolean) => void): void {
    const { limit, workers } = this.#traits;
    const now = this.#time.now();
    if (limit !== undefined && this.#inService >= limit(now)) return this.#time.after(REFUSAL_MS, () => end(false));
    this.#inService += 1;
    this.mostInService = Math.max(this.mostInService, this.#inService);
    const work = (): void => this.#time.after(this.#traits.latencyMs(), () => this.#finish(end));
    if (workers !== undefined && this.#inService > workers(now)) this.#waiting.push(work);
    else work();
  }

  #finish(end: (isDone: boolean) => void): void {
    this.#inService -= 1;
    const workers = this.#traits.workers?.(this.#time.now()) ?? Number.POSITIVE_INFINITY;
    // Those who are worked on are those who do not wait.
    while (this.#inService - this.#waiting.length < workers && this.#waiting.length > 0) this.#waiting.shift()?.();
    end(true);
  }
}

const HOST: Lane = { id: 'host' };
const IDENTITY: Lane = { id: 'identity', shared: true };

function lanesOf(mailbox: number): readonly Lane[] {
  return [HOST, IDENTITY, { id: `mailbox-${mailbox}` }];
}
