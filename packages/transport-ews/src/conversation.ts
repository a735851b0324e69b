import type { Call, Mailbox, Outcome, ServerDetails } from '@appointed/core';
import { failureOf } from './classify/classify.js';
import type { RequestSubject } from './classify/request-subject.js';
import { unreadable } from './classify/unreadable.js';
import type { XmlElement } from './decode/xml-tree.js';
import type { Xml } from './encode/element.js';
import type { DirectoryQuestion } from './encode/resolve-names.js';
import type { Answer, Errand, EwsClient, Operation } from './ews-client.js';

/** A response message that reports success, and what errors in it would be about. */
export interface Told {
  readonly element: XmlElement;
  readonly subject: RequestSubject;
  readonly server: ServerDetails;
  /** Of the answer's envelope. */
  readonly header: XmlElement | undefined;
}

/** The requests of one call, all as the same mailbox's owner, within the call's one deadline. */
export class Conversation implements Errand {
  readonly mailbox: Mailbox;
  readonly signal: AbortSignal;
  readonly sendBy: number;
  readonly deadline: number;
  readonly #client: EwsClient;

  constructor(client: EwsClient, mailbox: Mailbox, { signal, sendBy, timeoutMs }: Call) {
    this.#client = client;
    this.mailbox = mailbox;
    this.signal = signal;
    this.sendBy = sendBy;
    this.deadline = Date.now() + timeoutMs;
  }

  /** Sends an operation whose answer has one response message. */
  async ask(operation: Operation, body: Xml): Promise<Outcome<Told>> {
    return outcomeOf(await this.send(operation, body), 0);
  }

  /** Sends an operation whose answer has one response message for each of its parts; an outcome for each. */
  async askEach(operation: Operation, body: Xml, parts: number): Promise<readonly Outcome<Told>[]> {
    const answer = await this.send(operation, body);
    return Array.from({ length: parts }, (_, part) => outcomeOf(answer, part));
  }

  /** Asks the directory, as the service account: not every address in it is one of a mailbox. */
  async askDirectory(question: DirectoryQuestion): Promise<Outcome<Told>> {
    return outcomeOf(await this.#client.askDirectory(question, this), 0);
  }

  /** Sends an operation; {@link outcomeOf} says what became of its parts. */
  send(operation: Operation, body: Xml): Promise<Answer> {
    return this.#client.send(operation, body, this);
  }
}

/** What an answer says of one part of its operation. */
export function outcomeOf({ classified, subject }: Answer, part: number): Outcome<Told> {
  if (classified.kind === 'failure') return classified.failure;
  const { messages, server, header } = classified;
  const message = messages[part];
  if (message === undefined) return unreadable('the answer holds too few results', { subject, server });
  if (!message.success) return failureOf(message, subject, server);
  return { kind: 'done', value: { element: message.element, subject, server, header } };
}
