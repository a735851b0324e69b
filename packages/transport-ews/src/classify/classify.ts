import type { IncomingHttpHeaders } from 'node:http';
import { AppointedError, type ErrorCode, type Failure, type ServerDetails } from '@appointed/core';
import type { AnswerReader } from '../decode/answer-reader.js';
import type { ResponseMessage, Verdict } from '../decode/soap-answer.js';
import type { XmlElement } from '../decode/xml-tree.js';
import type { HttpResult } from '../http/http-client.js';
import type { RequestSubject } from './request-subject.js';
import { MailboxLane } from '../mailbox-lane.js';
import { meaningOf } from './response-code.js';
import { noSafeWay } from './no-safe-way.js';
import { REFUSED_SIGN_IN_HINT, refusedSignIn } from './refused-sign-in.js';
import { waitAskedFor } from './retry-after.js';
import { unreadable } from './unreadable.js';

const LONGEST_QUOTE = 500;

/** An answer, read: each response message for itself, or what failed the request as a whole. */
export type Classified =
  | { readonly kind: 'failure'; readonly failure: Failure }
  | {
      readonly kind: 'messages';
      readonly messages: readonly ResponseMessage[];
      /** Of the envelope. */
      readonly header: XmlElement | undefined;
      readonly server: ServerDetails;
    };

/** Reads what HTTP brought. The one place where a raw response becomes an outcome. */
export function classify(result: HttpResult, subject: RequestSubject, reader: AnswerReader): Classified {
  if (result.kind === 'failure') return failed(withoutAnswer(result, subject));
  const server = serverDetails(result.status, result.headers, subject);
  if (isAnothers(result.headers, subject)) {
    return failed(unreadable('the answer belongs to another request', { subject, server }));
  }
  const answer = mayHoldSoap(result.status) ? reader.read(result.body) : undefined;
  if (answer === undefined) return failed(withoutSoap(result.status, result.headers, subject, server));
  if (answer.kind === 'messages') {
    return { kind: 'messages', messages: answer.messages, header: answer.header, server };
  }
  return failed(failureOf(answer.fault, subject, { ...server, ...backOff(undefined, result.headers) }));
}

/** What a response message or a fault that is no success means. */
export function failureOf(verdict: Verdict, subject: RequestSubject, server: ServerDetails): Failure {
  const { code } = verdict;
  const details: ServerDetails = {
    ...server,
    ...(code === undefined ? {} : { code }),
    ...(verdict.message === undefined ? {} : { message: quote(verdict.message) }),
    ...backOff(verdict.details.get('BackOffMilliseconds')),
  };
  // Exchange wraps its own busy answers now and then.
  const meant = verdict.details.get('InnerErrorResponseCode') === 'ErrorServerBusy' ? 'ErrorServerBusy' : code;
  if (meant === undefined) {
    const text = verdict.message ?? 'it does not say why';
    return unknown('server_failed', `the server failed: ${quote(text)}`, subject, details);
  }
  const said = `${meant}${verdict.message === undefined ? '' : `: ${quote(verdict.message)}`}`;
  const meaning = meaningOf(meant);
  if (meaning === 'unknown') return unknown('server_failed', said, subject, details);
  if (meaning === 'deferred') return busy(said, subject, details);
  return { ...rejected('server_rejected', said, subject, details, meaning), ...againOf(meant, verdict) };
}

function againOf(code: string, { details }: Verdict): { readonly again?: { readonly primaryAddress: string } } {
  const primaryAddress = details.get('Primary') ?? details.get('PrimarySmtpAddress');
  return code === 'ErrorNonPrimarySmtpAddress' && primaryAddress !== undefined ? { again: { primaryAddress } } : {};
}

/** The server sends our id back, as it was asked to: an answer with another one came to the wrong place. */
function isAnothers(headers: IncomingHttpHeaders, { clientRequestId }: RequestSubject): boolean {
  const echoed = headers['client-request-id'];
  return echoed !== undefined && echoed !== clientRequestId;
}

/** Other statuses come from what stands before Exchange, or from HTTP itself. */
function mayHoldSoap(status: number): boolean {
  return status === 200 || status >= 500;
}

function withoutAnswer(result: Extract<HttpResult, { kind: 'failure' }>, subject: RequestSubject): Failure {
  const { reason, sent, cause } = result;
  // Its log may know the request, even if no answer came.
  const server = { clientRequestId: subject.clientRequestId };
  if (reason === 'closed') {
    return rejected('connection_failed', 'the transport was closed before', subject, server, 'run', { cause });
  }
  if (reason === 'unusable') {
    const { said, hint } = noSafeWay(cause);
    return rejected('connection_failed', said, subject, server, 'run', { hint, cause });
  }
  const code = withoutAnswerCode(reason, sent);
  if (sent) return unknown(code, `${cause.message}; the server may have done it`, subject, server, cause);
  return { kind: 'deferred', error: errorAbout(code, cause.message, subject, server, { cause }) };
}

function withoutAnswerCode(reason: string, sent: boolean): ErrorCode {
  if (reason === 'aborted') return 'aborted';
  if (reason === 'timeout' || reason === 'late') return 'timed_out';
  if (reason === 'too_large') return 'response_unreadable';
  return sent ? 'connection_lost' : 'connection_failed';
}

function withoutSoap(
  status: number,
  headers: IncomingHttpHeaders,
  subject: RequestSubject,
  server: ServerDetails,
): Failure {
  if (status === 401) {
    const said = `the server refused to sign in (401)${refusedSignIn(headers)}`;
    return rejected('sign_in_failed', said, subject, server, 'run', { hint: REFUSED_SIGN_IN_HINT });
  }
  if (status === 429) return busy('too many requests (429)', subject, { ...server, ...backOff(undefined, headers) });
  if (status >= 300 && status < 400) {
    const hint = 'Redirects are not followed. Give the address of Exchange.asmx itself.';
    return rejected('server_rejected', `the server redirects${placeIn(headers)} (${status})`, subject, server, 'run', {
      hint,
    });
  }
  if (status >= 400 && status < 500) {
    return rejected('server_rejected', `the server answered ${status}`, subject, server, 'mailbox');
  }
  // A balancer's 502, 503 or 504, or a 500 that says nothing: the item may be stored behind it.
  if (status >= 500) return unknown('server_failed', `the server answered ${status} without SOAP`, subject, server);
  return unknown('response_unreadable', `the server answered ${status} without readable SOAP`, subject, server);
}

/** Where a redirect leads, without what may be secret in it. */
function placeIn({ location = '' }: IncomingHttpHeaders): string {
  if (!URL.canParse(location)) return '';
  const { origin, pathname } = new URL(location);
  return ` to ${quote(origin + pathname)}`;
}

function failed(failure: Failure): Classified {
  return { kind: 'failure', failure };
}

function busy(said: string, subject: RequestSubject, server: ServerDetails): Failure {
  const error = errorAbout('server_busy', said, subject, server);
  const ms = server.backOffMs;
  return {
    kind: 'deferred',
    error,
    ...(ms === undefined ? {} : { pause: { lane: new MailboxLane(subject.mailbox).id, ms } }),
  };
}

function unknown(
  code: ErrorCode,
  said: string,
  subject: RequestSubject,
  server: ServerDetails,
  cause?: Error,
): Failure {
  return { kind: 'unknown', error: errorAbout(code, said, subject, server, { cause }) };
}

function rejected(
  code: ErrorCode,
  said: string,
  subject: RequestSubject,
  server: ServerDetails,
  scope: 'placement' | 'mailbox' | 'run',
  more: { readonly hint?: string; readonly cause?: Error } = {},
): Extract<Failure, { kind: 'rejected' }> {
  return { kind: 'rejected', error: errorAbout(code, said, subject, server, more), scope };
}

function errorAbout(
  code: ErrorCode,
  said: string,
  { mailbox }: RequestSubject,
  server: ServerDetails,
  more: { readonly hint?: string; readonly cause?: unknown } = {},
): AppointedError {
  return new AppointedError(code, `${mailbox.id}: ${said}`, { mailbox: mailbox.id, server, ...more });
}

function serverDetails(
  status: number,
  headers: IncomingHttpHeaders,
  { clientRequestId }: RequestSubject,
): ServerDetails {
  const details: { -readonly [K in keyof ServerDetails]: ServerDetails[K] } = { httpStatus: status, clientRequestId };
  const { 'request-id': requestId, 'x-feserver': frontEnd, 'x-ms-diagnostics': diagnostics } = headers;
  if (typeof requestId === 'string') details.requestId = quote(requestId);
  if (typeof frontEnd === 'string') details.frontEnd = quote(frontEnd);
  if (typeof diagnostics === 'string') details.diagnostics = quote(diagnostics);
  return details;
}

function backOff(milliseconds: string | undefined, headers?: IncomingHttpHeaders): Pick<ServerDetails, 'backOffMs'> {
  // Where gateways have added another one there are several, whatever the types say.
  const [retryAfter] = [headers?.['retry-after'] ?? []].flat();
  const ms = waitAskedFor(milliseconds, retryAfter);
  return ms === undefined ? {} : { backOffMs: ms };
}

function quote(text: string): string {
  return text.length > LONGEST_QUOTE ? `${text.slice(0, LONGEST_QUOTE)}…` : text;
}
