/** Where simulated things happen. */
export interface Time {
  /** Milliseconds. */
  now(): number;
  after(ms: number, happen: () => void): void;
}

interface Event {
  readonly at: number;
  readonly happen: () => void;
}

/** Time that passes as fast as everything in it is computed: for what sets no timers. */
export class VirtualTime implements Time {
  #now = 0;
  /** A heap: no event is earlier than the one above it. */
  readonly #events: Event[] = [];

  now(): number {
    return this.#now;
  }

  after(ms: number, happen: () => void): void {
    const events = this.#events;
    const event = { at: this.#now + ms, happen };
    let place = events.length;
    events.push(event);
    while (place > 0) {
      const above = (place - 1) >> 1;
      const parent = events[above];
      if (parent === undefined || parent.at <= event.at) break;
      events[place] = parent;
      place = above;
    }
    events[place] = event;
  }

  async pass(ms: number): Promise<void> {
    const end = this.#now + ms;
    await undefined;
    for (;;) {
      const event = this.#events[0];
      if (event === undefined || event.at > end) break;
      this.#removeFirst();
      this.#now = event.at;
      event.happen();
      // Whoever got a permit sends before anything else happens.
      await undefined;
    }
    this.#now = end;
  }

  #removeFirst(): void {
    const events = this.#events;
    const last = events.pop();
    if (last === undefined || events.length === 0) return;
    let place = 0;
    for (;;) {
      const child = this.#earlierBelow(place);
      const below = events[child];
      if (below === undefined || below.at >= last.at) break;
      events[place] = below;
      place = child;
    }
    events[place] = last;
  }

  #earlierBelow(place: number): number {
    const left = 2 * place + 1;
    const [one, other] = [this.#events[left], this.#events[left + 1]];
    return one !== undefined && other !== undefined && other.at < one.at ? left + 1 : left;
  }
}
