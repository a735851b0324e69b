import type { Failure, Mailbox, SaveItem } from '@appointed/core';

/** The methods of a transport whose outcomes can be scripted. */
export type FakeVerb = 'save' | 'find' | 'read' | 'update' | 'remove' | 'hasSimilar' | 'check' | 'zone';

/** What a fake transport is asked, told to its script. */
export interface FakeCall {
  readonly verb: FakeVerb;
  readonly mailbox: Mailbox;
  /** Which call of this verb for this mailbox it is, counted from 1. */
  readonly nth: number;
}

/** How a fake transport answers one call. `{}` does what was asked, at once. */
export interface FakeAnswer {
  /** The outcome instead of `done`: of the call, or of a `save` item by item. */
  readonly outcome?: Failure | ((item: SaveItem, index: number) => Failure | undefined);
  /** It was done although the outcome says otherwise: the answer was lost on its way. By default not. */
  readonly stored?: boolean;
  /** Answers when this is settled. `never`: only when the call is aborted or its time is over, and then `unknown`. */
  readonly after?: Promise<unknown> | 'never';
}

/**
 * The answers of a fake transport: a list, of which each `save` takes the next, or a function that is asked for each
 * call of any verb. What a script leaves open (the list has ended, the function returns undefined) is done.
 */
export type FakeScript = readonly FakeAnswer[] | ((call: FakeCall) => FakeAnswer | undefined);

/** Reads a script, call by call. */
export class ScriptReader {
  readonly #script: FakeScript;
  readonly #calls = new Map<string, number>();
  #saves = 0;

  constructor(script: FakeScript) {
    this.#script = script;
  }

  next(verb: FakeVerb, mailbox: Mailbox): FakeAnswer {
    const id = `${verb} ${mailbox.kind}:${mailbox.id.toLowerCase()}`;
    const nth = (this.#calls.get(id) ?? 0) + 1;
    this.#calls.set(id, nth);
    if (typeof this.#script === 'function') return this.#script({ verb, mailbox, nth }) ?? {};
    if (verb !== 'save') return {};
    this.#saves += 1;
    return this.#script[this.#saves - 1] ?? {};
  }
}
