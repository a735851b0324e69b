import { randomUUID } from 'node:crypto';
import { AppointedError, type Call, type Failure, type Mailbox } from '@appointed/core';
import { classify, type Classified } from './classify/classify.js';
import type { RequestSubject } from './classify/request-subject.js';
import type { EwsCredentials } from './credentials/credentials.js';
import { SignIn } from './credentials/sign-in.js';
import type { Xml } from './encode/element.js';
import { directoryEnvelope, envelope } from './encode/envelope.js';
import type { DirectoryQuestion } from './encode/resolve-names.js';
import { HttpClient, type HttpResult } from './http/http-client.js';

const ACTION = 'http://schemas.microsoft.com/exchange/services/2006/messages/';
const PRINTABLE_ASCII = /^[\x21-\x7E]+$/;

/** The operations that this package sends. */
export type Operation =
  | 'CreateItem'
  | 'DeleteItem'
  | 'FindFolder'
  | 'FindItem'
  | 'GetAttachment'
  | 'GetFolder'
  | 'GetItem'
  | 'GetRoomLists'
  | 'GetRooms'
  | 'GetUserConfiguration'
  | 'ResolveNames'
  | 'UpdateItem';

/** An answer, and what its errors are about. */
export interface Answer {
  readonly classified: Classified;
  readonly subject: RequestSubject;
}

/** Sends operations, signed in. */
export class EwsClient {
  readonly #http: HttpClient;
  readonly #path: string;
  readonly #signIn: SignIn;

  constructor(address: URL, credentials: EwsCredentials, ca: string | undefined) {
    this.#http = new HttpClient({ origin: address.origin, ...(ca === undefined ? {} : { ca }) });
    this.#path = `${address.pathname}${address.search}`;
    this.#signIn = new SignIn(credentials);
  }

  /** Sends one operation as one mailbox's owner. */
  send(operation: Operation, body: Xml, mailbox: Mailbox, lane: string, call: Call): Promise<Answer> {
    return this.#exchange(
      { ...headersFor(operation), ...anchor(mailbox) },
      envelope(mailbox, body),
      mailbox,
      lane,
      call,
    );
  }

  /** Asks the directory about a mailbox, as the service account. */
  askDirectory(question: DirectoryQuestion, mailbox: Mailbox, lane: string, call: Call): Promise<Answer> {
    return this.#exchange(headersFor('ResolveNames'), directoryEnvelope(question), mailbox, lane, call);
  }

  async #exchange(headers: Headers, text: string, mailbox: Mailbox, lane: string, call: Call): Promise<Answer> {
    let subject: RequestSubject = { mailbox, lane, clientRequestId: randomUUID() };
    let attempts = 0;
    const deadline = Date.now() + call.timeoutMs;
    const post = (authorization: string): Promise<HttpResult> => {
      attempts += 1;
      // Each request has an id of its own: the one after a new token, too.
      if (attempts > 1) subject = { mailbox, lane, clientRequestId: randomUUID() };
      return this.#http.post({
        path: this.#path,
        headers: { ...headers, 'client-request-id': subject.clientRequestId, authorization },
        body: text,
        signal: call.signal,
        sendBy: call.sendBy,
        timeoutMs: Math.max(deadline - Date.now(), 0),
      });
    };
    try {
      const classified = classify(await this.#signIn.send(post, deadline, call.signal), subject);
      if (classified.kind === 'failure' && isOdd(classified.failure)) this.#http.leaveConnections();
      return { classified, subject };
    } catch (cause) {
      return { classified: { kind: 'failure', failure: withoutToken(cause, mailbox, call.signal) }, subject };
    }
  }

  async close(): Promise<void> {
    await this.#http.close();
  }
}

/** Not a word that Exchange would use: the server, or what stands before it, may not be done with its answer. */
function isOdd({ error }: Failure): boolean {
  const { httpStatus, code } = error.server ?? {};
  return error.code === 'response_unreadable' || (httpStatus === 500 && code === undefined);
}

type Headers = Readonly<Record<string, string>>;

function headersFor(operation: Operation): Headers {
  return {
    'content-type': 'text/xml; charset=utf-8',
    accept: 'text/xml',
    'user-agent': 'Appointed',
    soapaction: `"${ACTION}${operation}"`,
    'return-client-request-id': 'true',
  };
}

/** Routes the request to the server that holds the mailbox. It takes an address, which a SID is not. */
function anchor({ kind, id }: Mailbox): Headers {
  return kind !== 'sid' && PRINTABLE_ASCII.test(id) ? { 'x-anchormailbox': id } : {};
}

function withoutToken(cause: unknown, { id }: Mailbox, signal: AbortSignal): Failure {
  const text = cause instanceof Error ? cause.message : String(cause);
  const about = { mailbox: id, cause };
  if (signal.aborted) {
    return { kind: 'deferred', error: new AppointedError('aborted', `${id}: aborted before it was sent`, about) };
  }
  const error = new AppointedError('sign_in_failed', `${id}: no access token could be had: ${text}`, about);
  return { kind: 'rejected', error, scope: 'run' };
}
