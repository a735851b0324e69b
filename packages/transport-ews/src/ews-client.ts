import { AppointedError, type Failure, type Mailbox } from '@appointed/core';
import { classify, type Classified } from './classify/classify.js';
import type { RequestSubject } from './classify/request-subject.js';
import type { EwsCredentials } from './credentials/credentials.js';
import { NtlmCredentials } from './credentials/ntlm.js';
import { SignIn } from './credentials/sign-in.js';
import { AnswerReader } from './decode/answer-reader.js';
import type { Xml } from './encode/element.js';
import { directoryEnvelope, envelope } from './encode/envelope.js';
import type { DirectoryQuestion } from './encode/resolve-names.js';
import { HttpClient, type HttpResult } from './http/http-client.js';
import { RequestIds } from './request-ids.js';

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

/** For whom an operation is sent, and how long that may take. */
export interface Errand {
  readonly mailbox: Mailbox;
  readonly signal: AbortSignal;
  /** Milliseconds since the epoch: not sent later than this. */
  readonly sendBy: number;
  /** Milliseconds since the epoch: given up then. */
  readonly deadline: number;
}

/** Sends operations, signed in. */
export class EwsClient {
  readonly #http: HttpClient;
  readonly #path: string;
  readonly #signIn: SignIn;
  readonly #requestIds = new RequestIds();
  readonly #reader = new AnswerReader();

  constructor(address: URL, credentials: EwsCredentials, ca: string | undefined) {
    const signIn = credentials instanceof NtlmCredentials ? credentials : undefined;
    this.#http = new HttpClient({ origin: address.origin, ca, signIn });
    this.#path = `${address.pathname}${address.search}`;
    this.#signIn = new SignIn(credentials, address);
  }

  /** Sends one operation as one mailbox's owner. */
  send(operation: Operation, body: Xml, errand: Errand): Promise<Answer> {
    return this.#exchange(operation, envelope(errand.mailbox, body), errand, anchorOf(errand.mailbox));
  }

  /** Asks the directory about a mailbox, as the service account. */
  askDirectory(question: DirectoryQuestion, errand: Errand): Promise<Answer> {
    return this.#exchange('ResolveNames', directoryEnvelope(question), errand);
  }

  #exchange(operation: Operation, body: string, errand: Errand, anchor?: string): Promise<Answer> {
    const { mailbox, signal, sendBy, deadline } = errand;
    let subject: RequestSubject = { mailbox, clientRequestId: this.#requestIds.next() };
    let isFirst = true;
    const post = (authorization?: string): Promise<HttpResult> => {
      // Each request has an id of its own: the one after a new token, too.
      if (!isFirst) subject = { mailbox, clientRequestId: this.#requestIds.next() };
      isFirst = false;
      const headers = headersOf(operation, authorization, subject.clientRequestId, anchor);
      const timeoutMs = Math.max(deadline - Date.now(), 0);
      return this.#http.post({ path: this.#path, headers, body, signal, sendBy, timeoutMs });
    };
    return this.#signIn.send(post, deadline, signal).then(
      (result) => this.#read(result, subject),
      (cause: unknown) => ({ classified: { kind: 'failure', failure: notSignedIn(cause, mailbox, signal) }, subject }),
    );
  }

  #read(result: HttpResult, subject: RequestSubject): Answer {
    const classified = classify(result, subject, this.#reader);
    if (classified.kind === 'failure' && isOdd(classified.failure)) this.#http.leaveConnections();
    return { classified, subject };
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

function headersOf(
  operation: Operation,
  authorization: string | undefined,
  clientRequestId: string,
  anchor: string | undefined,
): string[] {
  const headers = [
    'content-type',
    'text/xml; charset=utf-8',
    'accept',
    'text/xml',
    'user-agent',
    'Appointed',
    'soapaction',
    `"${ACTION}${operation}"`,
    'client-request-id',
    clientRequestId,
    'return-client-request-id',
    'true',
  ];
  if (authorization !== undefined) headers.push('authorization', authorization);
  if (anchor !== undefined) headers.push('x-anchormailbox', anchor);
  return headers;
}

/** Routes the request to the server that holds the mailbox. It takes an address, which a SID is not. */
function anchorOf({ kind, id }: Mailbox): string | undefined {
  return kind !== 'sid' && PRINTABLE_ASCII.test(id) ? id : undefined;
}

function notSignedIn(cause: unknown, { id }: Mailbox, signal: AbortSignal): Failure {
  const text = cause instanceof Error ? cause.message : String(cause);
  const hint = AppointedError.is(cause) ? cause.hint : undefined;
  const about = { mailbox: id, cause, ...(hint === undefined ? {} : { hint }) };
  if (signal.aborted) {
    return { kind: 'deferred', error: new AppointedError('aborted', `${id}: aborted before it was sent`, about) };
  }
  const error = new AppointedError('sign_in_failed', `${id}: cannot sign in: ${text}`, about);
  return { kind: 'rejected', error, scope: 'run' };
}
