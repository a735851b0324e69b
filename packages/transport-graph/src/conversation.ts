import { AppointedError, type Call, type Mailbox, type Outcome } from '@appointed/core';
import { type Answer, unreadable } from './classify/classify.js';
import { codeOf } from './classify/code-of.js';
import type { GraphClient } from './graph-client.js';
import type { GraphRequest } from './graph-request.js';
import { principalNameIn, whoIs } from './who-is.js';

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

  /**
   * Sends a request. Graph knows people by their user principal name: who was named otherwise is looked up, so that the
   * request can be sent again by that.
   */
  async send(request: GraphRequest): Promise<Outcome<Answer>> {
    if (this.#mailbox.kind === 'sid') return this.#byPrincipalName(nameless(this.#mailbox));
    const outcome = await this.#send(request);
    return this.#mailbox.kind === 'smtp' && isNobody(outcome) ? this.#byPrincipalName(outcome) : outcome;
  }

  async #byPrincipalName(rejected: Rejected): Promise<Outcome<Answer>> {
    const answer = await this.#send(whoIs(this.#mailbox));
    const name = answer.kind === 'done' ? principalNameIn(answer.value) : undefined;
    if (name === undefined || name.toLowerCase() === this.#mailbox.id.toLowerCase()) return rejected;
    return { ...rejected, again: { primaryAddress: name } };
  }

  #send(request: GraphRequest): Promise<Outcome<Answer>> {
    const timeoutMs = Math.max(this.#deadline - Date.now(), 0);
    return this.#client.send(request, this.#mailbox, mailboxLane(this.#mailbox), { ...this.#call, timeoutMs });
  }
}

type Rejected = Extract<Outcome<never>, { kind: 'rejected' }>;

/** What Graph throttles together for one mailbox. */
export function mailboxLane({ id }: Mailbox): string {
  return `graph:mailbox:${id.toLowerCase()}`;
}

/** Nobody has that name. */
function isNobody(outcome: Outcome<unknown>): outcome is Rejected {
  const code = outcome.kind === 'rejected' ? codeOf(outcome) : undefined;
  return code === 'ErrorInvalidUser' || code === 'Request_ResourceNotFound';
}

function nameless({ id }: Mailbox): Rejected {
  const error = new AppointedError('unsupported', `${id}: Graph knows no mailbox by a security identifier`, {
    mailbox: id,
    hint: 'Name it by its user principal name, or grant the application User.Read.All.',
  });
  return { kind: 'rejected', scope: 'mailbox', error };
}
