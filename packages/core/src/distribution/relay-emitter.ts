import { LifecycleEmitter } from '../events/lifecycle-emitter.js';
import type { EventName, LifecycleEvents } from '../events/lifecycle-events.js';
import type { WorkEventListener } from './distributor.js';

/** Tells a worker's own listeners, and those of the one who has given the order. */
export class RelayEmitter extends LifecycleEmitter {
  readonly #own: LifecycleEmitter;
  readonly #wanted: ReadonlySet<EventName>;
  readonly #tell: WorkEventListener;

  constructor(own: LifecycleEmitter, wanted: readonly EventName[], tell: WorkEventListener) {
    super();
    this.#own = own;
    this.#wanted = new Set(wanted);
    this.#tell = tell;
  }

  override emit<E extends EventName>(event: E, payload: () => LifecycleEvents[E]): void {
    this.#own.emit(event, payload);
    if (this.#wanted.has(event)) this.#tell(event, payload());
  }
}
