import { AppointedError, type Call, type Mailbox, type Outcome } from '@appointed/core';
import { type Answer, unreadable } from './classify/classify.js';
import type { GraphClient } from './graph-client.js';
import type { GraphRequest } from './graph-request.js';

/** The requests of one call, all about the same mailbox, one after another, within the call's one deadline. */
export class Conversation {
  readonly #client: GraphClient;
  readonly #mailbox: Mailbox;
  readonly #call: Call;
  readonly #deadline: number;

  constructor(client: GraphClient, mailbox: Mailbox, call: Call) {
    this.#client = client;
    this.#mailbox = mailbox;
    this.#call = call;
    this.#deadline = Date.now() + call.timeoutMs;
  }

  /** Sends a request, and reads its answer. What it cannot read is an answer that says nothing. */
  async ask<T>(request: GraphRequest, read: (answer: Answer) => T | undefined): Promise<Outcome<T>> {
    const answer = await this.send(request);
    if (answer.kind !== 'done') return answer;
    const { server } = answer.value;
    try {
      const value = read(answer.value);
      return value === undefined
        ? unreadable('it lacks what it must hold', this.#mailbox, server)
        : { kind: 'done', value };
    } catch (cause) {
      return unreadable(String(cause), this.#mailbox, server);
    }
  }

  async send(request: GraphRequest): Promise<Outcome<Answer>> {
    if (this.#mailbox.kind === 'sid') return nameless(this.#mailbox);
    const timeoutMs = Math.max(this.#deadline - Date.now(), 0);
    return this.#client.send(request, this.#mailbox, mailboxLane(this.#mailbox), { ...this.#call, timeoutMs });
  }
}

/** What Graph throttles together for one mailbox. */
export function mailboxLane({ id }: Mailbox): string {
  return `graph:mailbox:${id.toLowerCase()}`;
}

function nameless({ id }: Mailbox): Outcome<never> {
  const error = new AppointedError('unsupported', `${id}: Graph knows no mailbox by a security identifier`, {
    mailbox: id,
    hint: 'Name it by its user principal name.',
  });
  return { kind: 'rejected', scope: 'mailbox', error };
}
