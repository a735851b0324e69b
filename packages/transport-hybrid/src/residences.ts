import type { Mailbox } from '@appointed/core';
import type { HybridOptions, Side } from './hybrid-options.js';

/** Of so many mailboxes it is remembered where they live: some 10 MB, as measured. Of others it is found out again. */
const MOST = 100_000;

/** Where mailboxes live, as far as it has been told or has turned out. */
export class Residences {
  readonly #where: (mailbox: Mailbox) => string | undefined | Promise<string | undefined>;
  /** Those that were asked for last stand last. */
  readonly #known = new Map<string, Side>();

  constructor(where: HybridOptions['where']) {
    this.#where = typeof where === 'string' ? ({ attributes }) => attributes[where] : (where ?? nobodyKnows);
  }

  /** @returns undefined where nobody has said it yet */
  of(mailbox: Mailbox): Side | undefined | Promise<Side | undefined> {
    const known = this.#known.get(nameOf(mailbox));
    if (known !== undefined) return this.remember(mailbox, known);
    const told = this.#where(mailbox);
    return told instanceof Promise
      ? told.then((word) => this.remember(mailbox, sideIn(word)))
      : this.remember(mailbox, sideIn(told));
  }

  remember(mailbox: Mailbox, side: Side | undefined): Side | undefined {
    if (side === undefined) return undefined;
    const name = nameOf(mailbox);
    this.#known.delete(name);
    this.#known.set(name, side);
    if (this.#known.size > MOST) this.#known.delete(this.#known.keys().next().value ?? '');
    return side;
  }
}

function nameOf({ kind, id }: Mailbox): string {
  return `${kind}:${id.toLowerCase()}`;
}

/** What functions return is not always what their types say. */
function sideIn(told: unknown): Side | undefined {
  const word = typeof told === 'string' ? told.trim().toLowerCase() : undefined;
  return word === 'exchange' || word === 'online' ? word : undefined;
}

function nobodyKnows(): undefined {
  return undefined;
}
