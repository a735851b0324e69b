import { EventEmitter } from 'eventemitter3';
import type { EventName, LifecycleEvents, Listener } from './lifecycle-events.js';

type Guarded = (payload?: unknown) => void;

/** Tells listeners. Isolates them: eventemitter3 alone would let the first that throws silence those behind it. */
export class LifecycleEmitter {
  readonly #emitter = new EventEmitter<EventName>();
  readonly #guards = new Map<EventName, WeakMap<object, Guarded>>();

  on<E extends EventName>(event: E, listener: Listener<E>): void {
    this.#emitter.on(event, this.#guard(event, listener));
  }

  once<E extends EventName>(event: E, listener: Listener<E>): void {
    this.#emitter.once(event, this.#guard(event, listener));
  }

  off<E extends EventName>(event: E, listener: Listener<E>): void {
    const guard = this.#guards.get(event)?.get(listener);
    if (guard !== undefined) this.#emitter.off(event, guard);
  }

  /** The events that somebody listens to. */
  get names(): readonly EventName[] {
    return this.#emitter.eventNames();
  }

  /** Makes the payload only if somebody listens. */
  emit<E extends EventName>(event: E, payload: () => LifecycleEvents[E]): void {
    if (this.#emitter.listenerCount(event) > 0) this.#emitter.emit(event, payload());
  }

  #guard<E extends EventName>(event: E, listener: Listener<E>): Guarded {
    const guards = this.#guards.get(event) ?? new WeakMap<object, Guarded>();
    this.#guards.set(event, guards);
    const found = guards.get(listener);
    if (found !== undefined) return found;
    const guard = (payload?: unknown): void => {
      try {
        const returned = listener(payload as LifecycleEvents[E]);
        if (isThenable(returned)) returned.then(undefined, (error: unknown) => this.#failed(event, error));
      } catch (error) {
        this.#failed(event, error);
      }
    };
    guards.set(listener, guard);
    return guard;
  }

  #failed(event: EventName, error: unknown): void {
    // A listener of `listenerFailed` that fails itself must not be told so for ever.
    if (event !== 'listenerFailed') this.emit('listenerFailed', () => ({ event, error }));
  }
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof value === 'object' && value !== null && typeof (value as { then?: unknown }).then === 'function';
}
