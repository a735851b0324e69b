import type { IncomingHttpHeaders } from 'node:http';
import {
  AppointedError,
  type ErrorCode,
  type Failure,
  type Mailbox,
  type Outcome,
  type ServerDetails,
} from '@appointed/core';
import type { HttpResult } from '../http/http-client.js';
import { type Meaning, meaningOf } from './error-meaning.js';
import { waitAskedFor } from './retry-after.js';

const LONGEST_QUOTE = 500;

/** What a request was about: what its errors name. */
export interface RequestSubject {
  readonly mailbox: Mailbox;
  /** The lane that a busy answer quiets. */
  readonly lane: string;
  readonly clientRequestId: string;
}

/** An answer that reports success. */
export interface Answer {
  /** What its body holds; of one without a body undefined. */
  readonly json: unknown;
  readonly server: ServerDetails;
}

/** Reads what HTTP brought. The one place where a raw response becomes an outcome. */
export function classify(result: HttpResult, subject: RequestSubject): Outcome<Answer> {
  if (result.kind === 'failure') return withoutAnswer(result, subject);
  const { status, headers, body } = result;
  const server = detailsOf(status, headers, subject);
  const json = parsed(body);
  if (status < 200 || status >= 300) return failed({ status, headers, json }, subject, server);
  if (json === undefined && body !== '') return unreadable('it is no JSON', subject.mailbox, server);
  return { kind: 'done', value: { json, server } };
}

/** An answer that reports success and cannot be read: what the server did is not known. */
export function unreadable(complaint: string, { id }: Mailbox, server: ServerDetails): Failure {
  const message = `${id}: the answer cannot be read: ${complaint}`;
  return { kind: 'unknown', error: new AppointedError('response_unreadable', message, { mailbox: id, server }) };
}

interface Refusal {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly json: unknown;
}

function failed({ status, headers, json }: Refusal, subject: RequestSubject, base: ServerDetails): Failure {
  const { code, message } = errorIn(json);
  const backOffMs = waitAskedFor(saidIn(headers, 'retry-after'));
  const server: ServerDetails = {
    ...base,
    ...(code === undefined ? {} : { code }),
    ...(message === undefined ? {} : { message }),
    ...(backOffMs === undefined ? {} : { backOffMs }),
  };
  const said = [code ?? `the server answered ${status}`, message].filter(Boolean).join(': ');
  const meaning = meaningOf(status, code);
  const error = errorAbout(ERRORS[meaning](status), said, subject, { server, ...hintFor(status, code) });
  if (meaning === 'unknown') return { kind: 'unknown', error };
  if (meaning !== 'deferred') return { kind: 'rejected', error, scope: meaning };
  return {
    kind: 'deferred',
    error,
    ...(backOffMs === undefined ? {} : { pause: { lane: subject.lane, ms: backOffMs } }),
  };
}

const ERRORS: Readonly<Record<Meaning, (status: number) => ErrorCode>> = {
  unknown: () => 'server_failed',
  deferred: () => 'server_busy',
  placement: () => 'server_rejected',
  mailbox: () => 'server_rejected',
  run: (status) => (status === 401 ? 'sign_in_failed' : 'server_rejected'),
};

function hintFor(status: number, code: string | undefined): { readonly hint?: string } {
  if (status === 401) return { hint: 'Check the credential: its tenant, and that its tokens are for Microsoft Graph.' };
  if (status >= 300 && status < 400) return { hint: 'Redirects are not followed. Correct baseUrl.' };
  if (code === 'ErrorAccessDenied' || code === 'Authorization_RequestDenied') {
    return { hint: 'Grant the application Calendars.ReadWrite, with this mailbox in its scope.' };
  }
  return code === 'MailboxNotEnabledForRESTAPI' ? { hint: 'It may live on premises: place it over EWS.' } : {};
}

function withoutAnswer(
  { reason, sent, cause }: Extract<HttpResult, { kind: 'failure' }>,
  subject: RequestSubject,
): Failure {
  // The server's log may know the request, even if no answer came.
  const about = { server: { clientRequestId: subject.clientRequestId }, cause };
  if (reason === 'closed') {
    const error = errorAbout('connection_failed', 'the transport was closed before', subject, about);
    return { kind: 'rejected', error, scope: 'run' };
  }
  if (reason === 'certificate') {
    const hint =
      'Who inspects TLS on the way has an authority of its own: name its certificate in NODE_EXTRA_CA_CERTS.';
    const error = errorAbout('connection_failed', `the certificate: ${cause.message}`, subject, { ...about, hint });
    return { kind: 'rejected', error, scope: 'run' };
  }
  const code = withoutAnswerCode(reason, sent);
  const said = sent ? `${cause.message}; the server may have done it` : cause.message;
  return { kind: sent ? 'unknown' : 'deferred', error: errorAbout(code, said, subject, about) };
}

function withoutAnswerCode(reason: string, sent: boolean): ErrorCode {
  if (reason === 'aborted') return 'aborted';
  if (reason === 'timeout' || reason === 'late') return 'timed_out';
  if (reason === 'too large') return 'response_unreadable';
  return sent ? 'connection_lost' : 'connection_failed';
}

function errorAbout(
  code: ErrorCode,
  said: string,
  { mailbox: { id } }: RequestSubject,
  about: { readonly server: ServerDetails; readonly hint?: string; readonly cause?: unknown },
): AppointedError {
  return new AppointedError(code, `${id}: ${said}`, { mailbox: id, ...about });
}

function detailsOf(status: number, headers: IncomingHttpHeaders, { clientRequestId }: RequestSubject): ServerDetails {
  const requestId = saidIn(headers, 'request-id');
  const diagnostics = saidIn(headers, 'x-ms-ags-diagnostic');
  return {
    httpStatus: status,
    clientRequestId,
    ...(requestId === undefined ? {} : { requestId: quote(requestId) }),
    ...(diagnostics === undefined ? {} : { diagnostics: quote(diagnostics) }),
  };
}

/** A header, the first one where gateways have added another: undici gives a list then, whatever its types say. */
function saidIn(headers: IncomingHttpHeaders, name: string): string | undefined {
  const value = headers[name];
  return Array.isArray(value) ? value[0] : value;
}

function errorIn(json: unknown): { readonly code?: string; readonly message?: string } {
  const { error } = (json ?? {}) as { readonly error?: Readonly<Record<string, unknown>> };
  const { code, message } = error ?? {};
  return {
    ...(typeof code === 'string' && code !== '' ? { code: quote(code) } : {}),
    ...(typeof message === 'string' && message !== '' ? { message: quote(message) } : {}),
  };
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

function quote(text: string): string {
  return text.length > LONGEST_QUOTE ? `${text.slice(0, LONGEST_QUOTE)}…` : text;
}
