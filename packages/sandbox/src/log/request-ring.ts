/** Requests that are kept; older ones are forgotten. */
const KEPT = 10_000;
/** Bytes of bodies that are kept: ten thousand of 3 KB; a body that is bigger than that is not kept at all. */
const MOST_BYTES = 32 * 1024 * 1024;

/** What the ring looks at. */
interface Numbered {
  readonly number: number;
  received: Buffer | undefined;
}

/** The last requests in the order in which they ended, and what they brought as far as there is room. */
export class RequestRing<Request extends Numbered> {
  private kept: Request[] = [];
  private ended = 0;
  private bytes = 0;
  /** The position of the oldest request that may still have its body. */
  private oldest = 0;

  /** How many have ended: the position after the last. */
  get position(): number {
    return this.ended;
  }

  add(request: Request): void {
    const place = this.ended % KEPT;
    const overwritten = this.kept[place];
    if (overwritten !== undefined) this.drop(overwritten);
    this.kept[place] = request;
    this.ended += 1;
    this.bytes += request.received?.length ?? 0;
    if (this.oldest < this.ended - KEPT) this.oldest = this.ended - KEPT;
    while (this.bytes > MOST_BYTES && this.oldest < this.ended) {
      const old = this.kept[this.oldest % KEPT];
      if (old !== undefined) this.drop(old);
      this.oldest += 1;
    }
  }

  /** Those that ended at a position or later, as far as they are kept; in the order in which they ended. */
  since(position: number): Request[] {
    const requests: Request[] = [];
    for (let at = Math.max(position, this.ended - KEPT); at < this.ended; at += 1) {
      const request = this.kept[at % KEPT];
      if (request !== undefined) requests.push(request);
    }
    return requests;
  }

  find(number: number): Request | undefined {
    return this.kept.find((request) => request.number === number);
  }

  /** Forgets all; positions go on. */
  clear(): void {
    this.kept = [];
    this.bytes = 0;
  }

  private drop(request: Request): void {
    this.bytes -= request.received?.length ?? 0;
    request.received = undefined;
  }
}
