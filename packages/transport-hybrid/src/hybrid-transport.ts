import {
  type Access,
  AppointedError,
  type AppointmentTransport,
  type Call,
  type Diagnosis,
  type DiagnosisRequest,
  fixedPacer,
  type Found,
  type Mailbox,
  type Outcome,
  type Receipt,
  type Removal,
  type Route,
  type SaveRequest,
  type Similar,
  type StoredItem,
  type Update,
} from '@appointed/core';
import type { HybridOptions, Side } from './hybrid-options.js';
import { left } from './left.js';
import { Residences } from './residences.js';
import { saveInParts } from './save-in-parts.js';
import { isMailbox, isNotThere, locate, otherSide, type Sides } from './sides.js';

/** How long a side may take over one question for a mailbox. */
const LOCATE_MS = 20_000;

/** How many mailboxes are looked for at once, beside what a run's pacer permits. */
const LOCATES = 4;

/** A transport's answer, within what is left of a call. */
type Ask<T> = (transport: AppointmentTransport, call: Call) => Promise<Outcome<T>>;

/** The transport of organisations that have both kinds of mailbox. */
export class HybridTransport implements AppointmentTransport {
  readonly name = 'hybrid';
  readonly #sides: Sides;
  readonly #residences: Residences;
  readonly #locates = fixedPacer(LOCATES);
  readonly #closing = new AbortController();

  constructor({ exchange, online, where }: HybridOptions) {
    if (typeof exchange?.save !== 'function') throw refuse('exchange', 'is no transport');
    if (typeof online?.save !== 'function') throw refuse('online', 'is no transport');
    if (where !== undefined && typeof where !== 'string' && typeof where !== 'function') {
      throw refuse('where', 'is neither the name of an attribute nor a function');
    }
    this.#sides = { exchange, online };
    this.#residences = new Residences(where);
  }

  /** The way to the side where the mailbox lives; on premises, where nobody can tell. */
  route(mailbox: Mailbox): Route | Promise<Route> {
    const known = this.#residences.of(mailbox);
    return typeof known === 'string' ? this.#sides[known].route(mailbox) : this.#findRoute(mailbox, known);
  }

  async save(request: SaveRequest, call: Call): Promise<readonly Outcome<Receipt>[]> {
    const { mailbox } = request;
    const began = Date.now();
    const side = await this.#sideOf(mailbox);
    const outcomes = await saveInParts(this.#sides[side], request, call);
    if (!outcomes.every(isNotThere)) return this.#settle(mailbox, side, outcomes);
    const other = otherSide(side);
    const again = await saveInParts(this.#sides[other], request, left(call, began));
    return again.every(isNotThere) ? outcomes : this.#settle(mailbox, other, again);
  }

  find(mailbox: Mailbox, keys: readonly string[], call: Call): Promise<Outcome<readonly Found[]>> {
    return this.#ask(mailbox, call, (transport, rest) => transport.find(mailbox, keys, rest));
  }

  read(mailbox: Mailbox, itemIds: readonly string[], call: Call): Promise<Outcome<readonly (StoredItem | 'gone')[]>> {
    return this.#askAgain(mailbox, call, (transport, rest) => transport.read(mailbox, itemIds, rest));
  }

  update(mailbox: Mailbox, update: Update, call: Call): Promise<Outcome<Receipt | 'gone' | 'conflict'>> {
    return this.#askAgain(mailbox, call, (transport, rest) => transport.update(mailbox, update, rest));
  }

  remove(mailbox: Mailbox, removal: Removal, call: Call): Promise<Outcome<'removed' | 'gone'>> {
    return this.#askAgain(mailbox, call, (transport, rest) => transport.remove(mailbox, removal, rest));
  }

  hasSimilar(mailbox: Mailbox, similar: Similar, call: Call): Promise<Outcome<boolean>> {
    return this.#ask(mailbox, call, (transport, rest) => transport.hasSimilar(mailbox, similar, rest));
  }

  /** An entry of one side's directory stands for a mailbox of the other: what is a mailbox counts. */
  async check(mailbox: Mailbox, call: Call): Promise<Outcome<Access>> {
    const began = Date.now();
    const side = await this.#sideOf(mailbox);
    const access = await this.#sides[side].check(mailbox, call);
    if (isMailbox(access) || (access.kind !== 'done' && !isNotThere(access))) return access;
    const other = otherSide(side);
    const there = await this.#sides[other].check(mailbox, left(call, began));
    if (!isMailbox(there)) return access;
    this.#residences.remember(mailbox, other);
    return there;
  }

  zone(mailbox: Mailbox, call: Call): Promise<Outcome<string | undefined>> {
    return this.#ask(mailbox, call, (transport, rest) => transport.zone(mailbox, rest));
  }

  /**
   * Examines both sides, and says where each mailbox lives; codes are those of the sides, and
   * {@link HYBRID_DIAGNOSIS_CODES}.
   */
  async *diagnose(request: DiagnosisRequest): AsyncGenerator<Diagnosis> {
    // Runs do without it.
    const { diagnose } = await import('./diagnosis/diagnose.js');
    yield* diagnose(this.#sides, request, (mailbox) => this.#residences.of(mailbox));
  }

  async close(): Promise<void> {
    this.#closing.abort(new Error('it was closed'));
    const { exchange, online } = this.#sides;
    await Promise.all([exchange.close?.(), online.close?.()]);
  }

  async #findRoute(mailbox: Mailbox, told: Promise<Side | undefined> | undefined): Promise<Route> {
    const side = (await told) ?? (await this.#locate(mailbox)) ?? 'exchange';
    return this.#sides[side].route(mailbox);
  }

  async #sideOf(mailbox: Mailbox): Promise<Side> {
    return (await this.#residences.of(mailbox)) ?? 'exchange';
  }

  /** Asks where the mailbox lives; and on the other side, when it is not there. */
  async #ask<T>(mailbox: Mailbox, call: Call, ask: Ask<T>): Promise<Outcome<T>> {
    const began = Date.now();
    const side = await this.#sideOf(mailbox);
    const outcome = await ask(this.#sides[side], call);
    if (!isNotThere(outcome)) return outcome;
    const other = otherSide(side);
    const there = await ask(this.#sides[other], left(call, began));
    if (isNotThere(there)) return outcome;
    if (there.kind === 'done') this.#residences.remember(mailbox, other);
    return there;
  }

  /**
   * Asks about an item that was found where the mailbox lives. An id is worth nothing on another side: when the mailbox has
   * moved since, the item must be found again, by its key.
   */
  async #askAgain<T>(mailbox: Mailbox, call: Call, ask: Ask<T>): Promise<Outcome<T>> {
    const began = Date.now();
    const known = await this.#residences.of(mailbox);
    if (known === undefined) return this.#ask(mailbox, call, ask);
    const outcome = await ask(this.#sides[known], call);
    if (!isNotThere(outcome)) return outcome;
    const other = otherSide(known);
    if (!isMailbox(await this.#sides[other].check(mailbox, left(call, began)))) return outcome;
    this.#residences.remember(mailbox, other);
    return { kind: 'deferred', error: moved(mailbox) };
  }

  #settle<T>(mailbox: Mailbox, side: Side, outcomes: readonly Outcome<T>[]): readonly Outcome<T>[] {
    if (outcomes.some(({ kind }) => kind === 'done')) this.#residences.remember(mailbox, side);
    return outcomes;
  }

  async #locate(mailbox: Mailbox): Promise<Side | undefined> {
    const { signal } = this.#closing;
    const permit = await this.#locates.acquire([], signal);
    try {
      const call = { signal, sendBy: Number.POSITIVE_INFINITY, timeoutMs: LOCATE_MS };
      return this.#residences.remember(mailbox, await locate(this.#sides, mailbox, call));
    } finally {
      permit.release({ latencyMs: 0 });
    }
  }
}

function moved({ id }: Mailbox): AppointedError {
  return new AppointedError('server_failed', `${id}: the mailbox has moved; what is in it must be found again`, {
    mailbox: id,
  });
}

function refuse(field: string, complaint: string): AppointedError {
  return new AppointedError('invalid_options', `${field} ${complaint}`, { field });
}
